package waybill.socketio.packet;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.JsonText;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.PacketLimits;
import waybill.socketio.adapter.PacketParser;
import waybill.socketio.adapter.ProtocolException;

/// The parser of clients that use `socket.io-msgpack-parser`: a packet, binary and all, is one binary message, a
/// MessagePack map of `type`, `nsp`, `data` and `id`.
public final class MsgpackParser implements PacketParser {

    private static final int CONNECT = 0;
    private static final int DISCONNECT = 1;
    private static final int EVENT = 2;
    private static final int ACK = 3;
    private static final int CONNECT_ERROR = 4;

    @Override
    public EncodedMessages encode(Packet packet) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("type", type(packet));
        fields.put("nsp", packet.namespace());
        switch (packet) {
            case Packet.Connect(var _, @Nullable String auth) -> {
                if (auth != null) {
                    fields.put("data", value(auth));
                }
            }
            case Packet.Disconnect _ -> {}
            case Packet.ConnectError(var _, var data) -> fields.put("data", value(data));
            case Packet.Event(var _, long id, var data, var attachments) -> put(fields, id, data, attachments);
            case Packet.AckPacket(var _, long id, var data, var attachments) -> put(fields, id, data, attachments);
        }
        var out = new ByteArrayOutputStream();
        new MsgpackWriter(out).value(fields);
        return new EncodedMessages("", List.of(out.toByteArray()));
    }

    private static long type(Packet packet) {
        return switch (packet) {
            case Packet.Connect _ -> CONNECT;
            case Packet.Disconnect _ -> DISCONNECT;
            case Packet.Event _ -> EVENT;
            case Packet.AckPacket _ -> ACK;
            case Packet.ConnectError _ -> CONNECT_ERROR;
        };
    }

    private static void put(Map<String, @Nullable Object> fields, long id, JsonText data, List<byte[]> attachments) {
        fields.put("data", JsonArray.ofTrusted("[" + data.json() + "]").value(0, attachments));
        if (id != Packet.NO_ACK) {
            fields.put("id", id);
        }
    }

    private static @Nullable Object value(String json) {
        return JsonArray.ofTrusted("[" + json + "]").value(0, List.of());
    }

    @Override
    public PacketStreamDecoder decoder(PacketLimits limits, NamespaceFilter admission) {
        return new PacketStreamDecoder() {
            @Override
            public Packet decodeText(String text) throws ProtocolException {
                throw new ProtocolException("text message (expected: binary ones)");
            }

            @Override
            public Packet decodeBinary(byte[] bytes) throws ProtocolException {
                return decode(MsgpackReader.fields(bytes, limits), limits);
            }
        };
    }

    private static Packet decode(MsgpackReader.PacketFields fields, PacketLimits limits) throws ProtocolException {
        var namespace = fields.namespace();
        var data = fields.data();
        return switch (fields.type()) {
            case CONNECT -> {
                if (data != null && data.length() > limits.authMax()) {
                    throw new ProtocolException(
                            "auth: " + data.length() + " characters (expected: at most " + limits.authMax() + ")");
                }
                if (data != null && data.charAt(0) != '{') {
                    throw new ProtocolException("auth: begins with '" + data.charAt(0) + "' (expected: an object)");
                }
                yield new Packet.Connect(namespace, data);
            }
            case DISCONNECT -> new Packet.Disconnect(namespace);
            case EVENT -> new Packet.Event(namespace, fields.id(), event(data, limits), fields.attachments());
            case ACK -> {
                if (fields.id() == Packet.NO_ACK) {
                    throw new ProtocolException("ack without an id (expected: a number)");
                }
                yield new Packet.AckPacket(namespace, fields.id(), array(data, limits), fields.attachments());
            }
            default -> throw new ProtocolException("packet type: " + fields.type() + " (expected: 0..3)");
        };
    }

    private static JsonArray array(@Nullable String data, PacketLimits limits) throws ProtocolException {
        return JsonArray.scan(data == null ? "" : data, limits.depthMax());
    }

    private static JsonArray event(@Nullable String json, PacketLimits limits) throws ProtocolException {
        PacketCodec.requireShortName(json == null ? "" : json, 0, limits.eventMax());
        var data = array(json, limits);
        if (data.size() == 0 || !data.isEventName(0)) {
            throw new ProtocolException(
                    "event without a name (expected: an array that begins with a string or a number)");
        }
        return data;
    }
}
