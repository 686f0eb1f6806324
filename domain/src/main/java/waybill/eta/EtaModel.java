package waybill.eta;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// All that the hub has learnt about times: of legs, of preparation and handing over, and how good its ETAs were. Its
/// parts are thread-safe.
///
/// @param preparation from the acceptance of an order until it is ready, by store
/// @param pickupService from the arrival at a store, with a ready order, until the driver leaves, by store
/// @param dropoffService from the arrival at a customer until the driver leaves
public record EtaModel(
        LegTimeModel legs,
        StopTimeModel preparation,
        StopTimeModel pickupService,
        StopTimeModel dropoffService,
        Calibration calibration) {

    private static final int VERSION = 1;
    private static final double PREPARATION_MINUTES = 15;
    private static final double PICKUP_MINUTES = 2;
    private static final double DROPOFF_MINUTES = 2;

    /// A model that has learnt nothing.
    public static EtaModel create() {
        return new EtaModel(
                new LegTimeModel(),
                new StopTimeModel(PREPARATION_MINUTES),
                new StopTimeModel(PICKUP_MINUTES),
                new StopTimeModel(DROPOFF_MINUTES),
                new Calibration());
    }

    /// What it has learnt, as bytes: at most some four megabytes, for it has at most [LegTimeModel#DRIVERS_MAX]
    /// drivers.
    public byte[] encode() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            legs.write(out);
            preparation.write(out);
            pickupService.write(out);
            dropoffService.write(out);
            calibration.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory takes all that is written
        }
        return bytes.toByteArray();
    }

    /// The model of which these are the bytes.
    ///
    /// @throws IOException if they are those of another version, or damaged
    public static EtaModel decode(byte[] bytes) throws IOException {
        var model = create();
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var version = in.readInt();
            if (version != VERSION) {
                throw new IOException("version: " + version + " (expected: " + VERSION + ")");
            }
            model.legs.read(in);
            model.preparation.read(in);
            model.pickupService.read(in);
            model.dropoffService.read(in);
            model.calibration.read(in);
        }
        return model;
    }
}
