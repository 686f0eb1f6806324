package waybill.hub.position;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import waybill.tracking.Fix;
import waybill.tracking.Signal;

/// The drivers of a view in binary form, 16 bytes each, numbers little-endian:
///
///     0  Int32   the driver's index in the table
///     4  Int32   latitude in millionths of a degree
///     8  Int32   longitude in millionths of a degree
///     12 Uint8   heading in steps of 1.5 degrees clockwise from north; 255 unknown
///     13 Uint8   0 live, 1 stale, 2 lost; + 4 with an active order; + 8 on duty
///     14 Uint16  age of the position in seconds; 65535 for more
public final class FleetFrame {

    /// Drivers in one frame.
    public static final int DRIVERS_MAX = 5_000;

    static final int BYTES_PER_DRIVER = 16;

    private static final double MILLIONTHS = 1e6;
    private static final double HEADING_STEP = 1.5;
    private static final int HEADINGS = 240;
    private static final int HEADING_UNKNOWN = 255;
    private static final int WITH_ORDER = 4;
    private static final int ON_DUTY = 8;
    private static final int AGE_MAX = 0xFFFF;

    private final byte[] bytes;
    private final List<Integer> indexes;
    private final int total;

    private FleetFrame(byte[] bytes, List<Integer> indexes, int total) {
        this.bytes = bytes;
        this.indexes = indexes;
        this.total = total;
    }

    /// A driver of the fleet at this moment.
    public record Driver(int index, Fix fix, Signal signal, boolean hasOrder, boolean isOnDuty, long ageMs) {}

    public static FleetFrame of(FleetView view, List<Driver> fleet) {
        var inView = fleet.stream()
                .filter(driver -> view.contains(driver.fix.position()))
                .toList();
        var sent = inView.subList(0, Math.min(inView.size(), DRIVERS_MAX));
        var buffer = ByteBuffer.allocate(sent.size() * BYTES_PER_DRIVER).order(ByteOrder.LITTLE_ENDIAN);
        sent.forEach(driver -> put(buffer, driver));
        return new FleetFrame(buffer.array(), sent.stream().map(Driver::index).toList(), inView.size());
    }

    public byte[] bytes() {
        return bytes;
    }

    /// Of the drivers in the frame, in its order.
    public List<Integer> indexes() {
        return indexes;
    }

    /// The drivers in the view, of which a frame has at most [#DRIVERS_MAX].
    public int total() {
        return total;
    }

    private static void put(ByteBuffer buffer, Driver driver) {
        var position = driver.fix.position();
        buffer.putInt(driver.index)
                .putInt((int) Math.round(position.latitude() * MILLIONTHS))
                .putInt((int) Math.round(position.longitude() * MILLIONTHS))
                .put((byte) heading(driver.fix.heading()))
                .put((byte)
                        (signal(driver.signal) + (driver.hasOrder ? WITH_ORDER : 0) + (driver.isOnDuty ? ON_DUTY : 0)))
                .putShort((short) Math.clamp(driver.ageMs / 1_000, 0, AGE_MAX));
    }

    private static int signal(Signal signal) {
        return switch (signal) {
            case LIVE -> 0;
            case STALE -> 1;
            case LOST -> 2;
        };
    }

    private static int heading(double degrees) {
        return Fix.isKnown(degrees) ? (int) Math.round(degrees / HEADING_STEP) % HEADINGS : HEADING_UNKNOWN;
    }
}
