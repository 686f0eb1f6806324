package waybill.socketio;

import java.io.ByteArrayOutputStream;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.packet.JsonArray;
import waybill.socketio.packet.JsonWriter;
import waybill.socketio.packet.MsgpackDocument;

/// Packets as Java values, and values as JSON and MessagePack: for adapters that send packets to other nodes. A value
/// is null, a `Boolean`, `Long`, `Double`, `String` or `byte[]`, or a `List` or a `Map` of values.
public final class ValueCodec {

    private ValueCodec() {}

    /// The event's name and its arguments. Binary parts are `byte[]` and must not be modified.
    public static List<@Nullable Object> values(Packet.Event packet) {
        return values(JsonArray.of(packet.data()), packet.attachments());
    }

    /// The arguments of an ack.
    public static List<@Nullable Object> values(Packet.AckPacket packet) {
        return values(JsonArray.of(packet.data()), packet.attachments());
    }

    private static List<@Nullable Object> values(JsonArray data, List<byte[]> attachments) {
        return new AbstractList<>() {
            @Override
            public @Nullable Object get(int index) {
                return data.value(index, attachments);
            }

            @Override
            public int size() {
                return data.size();
            }
        };
    }

    /// A packet of the event's name and its arguments.
    public static Packet.Event event(String namespace, long ackId, List<? extends @Nullable Object> values) {
        var written = ack(namespace, ackId, values);
        return new Packet.Event(namespace, ackId, written.data(), written.attachments());
    }

    /// An ack with these arguments.
    public static Packet.AckPacket ack(String namespace, long ackId, List<? extends @Nullable Object> values) {
        return JsonWriter.ack(namespace, ackId, values.toArray());
    }

    /// A value as JSON, and whatever else may be emitted.
    ///
    /// @throws IllegalArgumentException where it holds binary, or an object that cannot be emitted
    public static String json(@Nullable Object value) {
        return JsonWriter.json(value);
    }

    public static @Nullable Object parseJson(String json) throws ProtocolException {
        return JsonArray.only(json, MsgpackDocument.DEPTH_MAX).value(0, List.of());
    }

    public static byte[] msgpack(@Nullable Object value) {
        var out = new ByteArrayOutputStream();
        MsgpackDocument.write(value, out);
        return out.toByteArray();
    }

    public static @Nullable Object parseMsgpack(byte[] bytes) throws ProtocolException {
        return MsgpackDocument.read(bytes);
    }
}
