package waybill.socketio.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.socketio.ValueCodec;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.adapter.Target;

/// Requests as objects with a `type`, in JSON, or in MessagePack where they may hold binary.
///
/// ```
/// {"type":5,"uid":"x7Kq…","requestId":"p2…","opts":{"rooms":["kitchen"],"except":[]}}
/// ```
final class RequestFormat {

    private static final int SOCKETS = 0;
    private static final int ALL_ROOMS = 1;
    private static final int JOIN = 2;
    private static final int LEAVE = 3;
    private static final int DISCONNECT = 4;
    private static final int FETCH = 5;
    static final int SERVER_SIDE_EMIT = 6;
    private static final int BROADCAST = 7;

    private RequestFormat() {}

    static byte[] encode(NodeRequest request) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        if (!request.node().isEmpty()) {
            fields.put("uid", request.node());
        }
        if (!request.id().isEmpty()) {
            fields.put("requestId", request.id());
        }
        int type = switch (request) {
            case NodeRequest.SocketIds(var _, var _, var target) -> {
                fields.put("rooms", new ArrayList<>(target.rooms()));
                yield SOCKETS;
            }
            case NodeRequest.AllRooms _ -> ALL_ROOMS;
            case NodeRequest.Join(var _, var _, var target, var rooms) -> {
                fields.put("opts", BroadcastFormat.target(target));
                fields.put("rooms", new ArrayList<>(rooms));
                yield JOIN;
            }
            case NodeRequest.Leave(var _, var _, var target, var rooms) -> {
                fields.put("opts", BroadcastFormat.target(target));
                fields.put("rooms", new ArrayList<>(rooms));
                yield LEAVE;
            }
            case NodeRequest.Disconnect(var _, var _, var target, boolean close) -> {
                fields.put("opts", BroadcastFormat.target(target));
                fields.put("close", close);
                yield DISCONNECT;
            }
            case NodeRequest.FetchSockets(var _, var _, var target) -> {
                fields.put("opts", BroadcastFormat.target(target));
                yield FETCH;
            }
            case NodeRequest.ServerSideEmit(var _, var _, var data) -> {
                fields.put("data", data);
                yield SERVER_SIDE_EMIT;
            }
            case NodeRequest.BroadcastWithAck(var _, var _, var packet, var options) -> {
                fields.put("packet", BroadcastFormat.packet(packet));
                fields.put("opts", BroadcastFormat.options(options));
                yield BROADCAST;
            }
        };
        fields.put("type", (long) type);
        return bytes(fields);
    }

    /// JSON, which every version of the other adapters reads, or MessagePack where there is binary.
    static byte[] bytes(Map<String, @Nullable Object> fields) {
        return Binary.isIn(fields)
                ? ValueCodec.msgpack(fields)
                : ValueCodec.json(fields).getBytes(StandardCharsets.UTF_8);
    }

    static NodeRequest decode(byte[] message, String namespace) throws ProtocolException {
        var fields = Fields.parse(message);
        var node = fields.text("uid");
        var id = fields.text("requestId");
        long type = fields.number("type");
        return switch ((int) type) {
            case SOCKETS -> new NodeRequest.SocketIds(node, id, new Target(fields.names("rooms"), Set.of()));
            case ALL_ROOMS -> new NodeRequest.AllRooms(node, id);
            case JOIN -> new NodeRequest.Join(node, id, target(fields), rooms(fields));
            case LEAVE -> new NodeRequest.Leave(node, id, target(fields), rooms(fields));
            case DISCONNECT -> new NodeRequest.Disconnect(node, id, target(fields), fields.isTrue("close"));
            case FETCH -> new NodeRequest.FetchSockets(node, id, target(fields));
            case SERVER_SIDE_EMIT -> {
                var data = new ArrayList<@Nullable Object>(fields.list("data"));
                BroadcastFormat.parseEvent(data, namespace, Packet.NO_ACK);
                yield new NodeRequest.ServerSideEmit(node, id, data);
            }
            case BROADCAST ->
                new NodeRequest.BroadcastWithAck(
                        node,
                        id,
                        BroadcastFormat.parsePacket(fields.object("packet"), namespace, Packet.NO_ACK),
                        BroadcastFormat.parseOptions(fields.object("opts")));
            default -> throw new ProtocolException("type: " + type + " (expected: 0..7)");
        };
    }

    /// Older nodes name one socket and one room instead.
    private static Target target(Fields request) throws ProtocolException {
        if (request.has("opts")) {
            return BroadcastFormat.parseTarget(request.object("opts"));
        }
        var socket = request.text("sid");
        if (socket.isEmpty()) {
            throw new ProtocolException("opts: nothing (expected: an object)");
        }
        return new Target(Set.of(socket), Set.of());
    }

    private static Set<String> rooms(Fields request) throws ProtocolException {
        return request.has("opts") ? request.names("rooms") : Set.of(request.text("room"));
    }
}
