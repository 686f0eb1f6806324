package waybill.socketio.redis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import waybill.socketio.ValueCodec;
import waybill.socketio.adapter.BroadcastOptions;
import waybill.socketio.adapter.FrameKind;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.adapter.Target;

/// A broadcast on its way to the other nodes: the MessagePack of `[node, packet, options]`.
///
/// ```
/// ["x7Kq…", {type: 2, data: ["event", …], nsp: "/"}, {rooms: […], except: […], flags: {volatile: true, …}}]
/// ```
///
/// The flag `latest` is our own: the key of which slow sockets receive the newest alone. Other servers ignore it.
///
/// @param node the node that sends it, or `emitter`
record BroadcastFormat(String node, Packet.Event packet, BroadcastOptions options) {

    private static final long EVENT = 2;

    byte[] encode() {
        return ValueCodec.msgpack(List.of(node, packet(packet), options(options)));
    }

    /// @throws ProtocolException where it is malformed, or of another namespace: the name of one may be the beginning
    /// of the other's
    static BroadcastFormat decode(byte[] message, String namespace) throws ProtocolException {
        if (!(ValueCodec.parseMsgpack(message) instanceof List<?> parts) || parts.size() < 2) {
            throw new ProtocolException("broadcast: no array (expected: [node, packet, options])");
        }
        var packet = parsePacket(Fields.of(parts.get(1), "packet"), namespace, Packet.NO_ACK);
        var options = parts.size() > 2 ? Fields.of(parts.get(2), "options") : new Fields(Map.of());
        return new BroadcastFormat(String.valueOf(parts.get(0)), packet, parseOptions(options));
    }

    static Map<String, @Nullable Object> packet(Packet.Event packet) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("type", EVENT);
        fields.put("data", ValueCodec.values(packet));
        fields.put("nsp", packet.namespace());
        return fields;
    }

    static Packet.Event parsePacket(Fields packet, String namespace, long ackId) throws ProtocolException {
        var sentTo = packet.has("nsp") ? packet.text("nsp") : "/";
        if (!sentTo.equals(namespace)) {
            throw new ProtocolException("nsp: " + sentTo + " (expected: " + namespace + ")");
        }
        return parseEvent(packet.list("data"), namespace, ackId);
    }

    static Packet.Event parseEvent(List<?> data, String namespace, long ackId) throws ProtocolException {
        boolean named = !data.isEmpty() && (data.getFirst() instanceof String || data.getFirst() instanceof Number);
        if (!named) {
            throw new ProtocolException("data: no event (expected: an array that begins with its name)");
        }
        return ValueCodec.event(namespace, ackId, data);
    }

    static Map<String, @Nullable Object> options(BroadcastOptions options) {
        var flags = new LinkedHashMap<String, @Nullable Object>();
        switch (options.options().kind()) {
            case RELIABLE -> {}
            case VOLATILE -> flags.put("volatile", true);
            case LATEST -> flags.put("latest", options.options().key());
        }
        if (!options.options().compress()) {
            flags.put("compress", false);
        }
        var fields = target(options.target());
        fields.put("flags", flags);
        return fields;
    }

    static Map<String, @Nullable Object> target(Target target) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("rooms", new ArrayList<>(target.rooms()));
        fields.put("except", new ArrayList<>(target.except()));
        return fields;
    }

    static Target parseTarget(Fields options) throws ProtocolException {
        return new Target(options.names("rooms"), options.names("except"));
    }

    /// On this node alone, for the other nodes have received it too.
    static BroadcastOptions parseOptions(Fields options) throws ProtocolException {
        var flags = options.optionalObject("flags");
        var frame = new FrameOptions(FrameKind.RELIABLE, "", !Boolean.FALSE.equals(flags.value("compress")));
        if (flags.has("latest")) {
            frame = frame.withKey(flags.text("latest"));
        } else if (flags.isTrue("volatile")) {
            frame = frame.withKind(FrameKind.VOLATILE);
        }
        return new BroadcastOptions(parseTarget(options), frame, true);
    }
}
