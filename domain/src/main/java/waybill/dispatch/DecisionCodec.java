package waybill.dispatch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import waybill.directory.Vehicle;
import waybill.dispatch.DispatchDecision.Reason;
import waybill.geo.Area;
import waybill.geo.Position;
import waybill.order.OrderId;

/// A decision as bytes, which are on operators' disks: another layout needs another version.
public final class DecisionCodec {

    private static final int VERSION = 1;
    private static final String NOTHING = "";

    /// Writes an element of a list.
    private interface Writer<T> {
        void write(T element, DataOutputStream out) throws IOException;
    }

    /// Reads one.
    private interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    private DecisionCodec() {}

    public static byte[] encode(StoredDecision decision) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            writeId(decision.order(), out);
            out.writeLong(decision.decidedAtMs());
            writeWeights(decision.weights(), out);
            out.writeUTF(decision.reason().name());
            out.writeUTF(decision.driver().orElse(NOTHING));
            writeList(decision.trip(), DecisionCodec::writeId, out);
            writeList(decision.candidates(), DecisionCodec::writeCandidate, out);
            writeList(decision.orders(), DecisionCodec::writeOrder, out);
            writeList(decision.drivers(), DecisionCodec::writeDriver, out);
            writeList(List.copyOf(decision.tentative().entrySet()), DecisionCodec::writePair, out);
            writeList(List.copyOf(decision.excluded().entrySet()), DecisionCodec::writeExcluded, out);
        } catch (IOException e) {
            throw new AssertionError(e); // an array takes everything
        }
        return bytes.toByteArray();
    }

    /// Throws an [IllegalArgumentException] for other bytes.
    public static StoredDecision decode(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("version: " + version + " (expected: " + VERSION + ")");
            }
            var order = readId(in);
            var decidedAtMs = in.readLong();
            var weights = readWeights(in);
            var reason = Reason.valueOf(in.readUTF());
            var driver = in.readUTF();
            return new StoredDecision(
                    order,
                    decidedAtMs,
                    weights,
                    reason,
                    driver.isEmpty() ? null : driver,
                    readList(DecisionCodec::readId, in),
                    readList(DecisionCodec::readCandidate, in),
                    readList(DecisionCodec::readOrder, in),
                    readList(DecisionCodec::readDriver, in),
                    readPairs(in),
                    readExcluded(in));
        } catch (IOException e) {
            throw new IllegalArgumentException("decision: cut off (expected: all of it)", e);
        }
    }

    private static <T> void writeList(List<T> all, Writer<T> writer, DataOutputStream out) throws IOException {
        out.writeShort(all.size());
        for (var one : all) {
            writer.write(one, out);
        }
    }

    private static <T> List<T> readList(Reader<T> reader, DataInputStream in) throws IOException {
        var count = in.readUnsignedShort();
        var all = new ArrayList<T>();
        for (var i = 0; i < count; i++) {
            all.add(reader.read(in));
        }
        return all;
    }

    private static void writeId(OrderId id, DataOutputStream out) throws IOException {
        out.writeLong(id.value().getMostSignificantBits());
        out.writeLong(id.value().getLeastSignificantBits());
    }

    private static OrderId readId(DataInputStream in) throws IOException {
        return new OrderId(new UUID(in.readLong(), in.readLong()));
    }

    private static void writeWeights(DispatchWeights weights, DataOutputStream out) throws IOException {
        out.writeDouble(weights.emptyDriving());
        out.writeDouble(weights.waiting());
        out.writeDouble(weights.unassigned());
        out.writeDouble(weights.ageing());
        out.writeDouble(weights.rematching());
        out.writeDouble(weights.bundling());
    }

    private static DispatchWeights readWeights(DataInputStream in) throws IOException {
        return new DispatchWeights(
                in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
    }

    private static void writeCandidate(StoredDecision.Candidate candidate, DataOutputStream out) throws IOException {
        out.writeUTF(candidate.driver());
        out.writeLong(candidate.startAtMs());
        out.writeLong(candidate.pickupAtMs());
        out.writeLong(candidate.deliveredAtMs());
        out.writeDouble(candidate.cost().delay());
        out.writeDouble(candidate.cost().empty());
        out.writeDouble(candidate.cost().waiting());
    }

    private static StoredDecision.Candidate readCandidate(DataInputStream in) throws IOException {
        return new StoredDecision.Candidate(
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                new TripCost(in.readDouble(), in.readDouble(), in.readDouble()));
    }

    private static void writePosition(Position position, DataOutputStream out) throws IOException {
        out.writeDouble(position.latitude());
        out.writeDouble(position.longitude());
    }

    private static Position readPosition(DataInputStream in) throws IOException {
        return new Position(in.readDouble(), in.readDouble());
    }

    private static void writeOrder(WaitingOrder order, DataOutputStream out) throws IOException {
        writeId(order.id(), out);
        out.writeUTF(order.store());
        writePosition(order.pickup(), out);
        writePosition(order.dropoff(), out);
        out.writeLong(order.readyAtMs());
        out.writeLong(order.promisedByMs());
    }

    private static WaitingOrder readOrder(DataInputStream in) throws IOException {
        return new WaitingOrder(
                readId(in), in.readUTF(), readPosition(in), readPosition(in), in.readLong(), in.readLong());
    }

    private static void writeDriver(AvailableDriver driver, DataOutputStream out) throws IOException {
        out.writeUTF(driver.id());
        writePosition(driver.position(), out);
        out.writeLong(driver.freeAtMs());
        out.writeLong(driver.offDutyAtMs());
        out.writeShort(driver.capacity());
        out.writeUTF(driver.vehicle().wireName());
        writeArea(driver.areaOrNone(), out);
    }

    private static AvailableDriver readDriver(DataInputStream in) throws IOException {
        return new AvailableDriver(
                in.readUTF(),
                readPosition(in),
                in.readLong(),
                in.readLong(),
                in.readUnsignedShort(),
                Vehicle.parse(in.readUTF()).orElse(Vehicle.DEFAULT),
                readArea(in));
    }

    /// The number of corners of a polygon; 1 and a radius for a circle; 0 for no area.
    private static void writeArea(@Nullable Area area, DataOutputStream out) throws IOException {
        switch (area) {
            case null -> out.writeByte(0);
            case Area.Circle(var centre, var radius) -> {
                out.writeByte(1);
                writePosition(centre, out);
                out.writeDouble(radius);
            }
            case Area.Polygon(var corners) -> {
                out.writeByte(corners.size());
                for (var corner : corners) {
                    writePosition(corner, out);
                }
            }
        }
    }

    private static @Nullable Area readArea(DataInputStream in) throws IOException {
        var corners = in.readUnsignedByte();
        if (corners == 0) {
            return null;
        }
        if (corners == 1) {
            return new Area.Circle(readPosition(in), in.readDouble());
        }
        var ring = new ArrayList<Position>();
        for (var i = 0; i < corners; i++) {
            ring.add(readPosition(in));
        }
        return new Area.Polygon(ring);
    }

    private static void writePair(Map.Entry<OrderId, String> pair, DataOutputStream out) throws IOException {
        writeId(pair.getKey(), out);
        out.writeUTF(pair.getValue());
    }

    private static Map<OrderId, String> readPairs(DataInputStream in) throws IOException {
        var pairs = new HashMap<OrderId, String>();
        var count = in.readUnsignedShort();
        for (var i = 0; i < count; i++) {
            pairs.put(readId(in), in.readUTF());
        }
        return pairs;
    }

    private static void writeExcluded(Map.Entry<OrderId, Set<String>> pair, DataOutputStream out) throws IOException {
        writeId(pair.getKey(), out);
        writeList(List.copyOf(pair.getValue()), (name, to) -> to.writeUTF(name), out);
    }

    private static Map<OrderId, Set<String>> readExcluded(DataInputStream in) throws IOException {
        var all = new HashMap<OrderId, Set<String>>();
        var count = in.readUnsignedShort();
        for (var i = 0; i < count; i++) {
            all.put(readId(in), Set.copyOf(readList(from -> from.readUTF(), in)));
        }
        return all;
    }
}
