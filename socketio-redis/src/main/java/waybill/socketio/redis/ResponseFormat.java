package waybill.socketio.redis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.socketio.ValueCodec;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.adapter.SocketDetails;

/// Responses as objects with the id of their request, in JSON, or in MessagePack where they may hold binary.
final class ResponseFormat {

    private static final int CLIENT_COUNT = 8;
    private static final int CLIENT_ACK = 9;

    /// What other nodes need not know of a handshake, for it may be a secret.
    private static final Set<String> SECRET_HEADERS = Set.of("authorization", "cookie", "proxy-authorization");

    private ResponseFormat() {}

    static byte[] encode(NodeResponse response) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("requestId", response.id());
        switch (response) {
            case NodeResponse.SocketIds(var _, var sockets) -> fields.put("sockets", new ArrayList<>(sockets));
            case NodeResponse.Rooms(var _, var rooms) -> fields.put("rooms", new ArrayList<>(rooms));
            case NodeResponse.Sockets(var _, var sockets) ->
                fields.put(
                        "sockets", sockets.stream().map(ResponseFormat::fields).toList());
            case NodeResponse.Emitted(var _, @Nullable Object data) -> {
                fields.put("type", (long) RequestFormat.SERVER_SIDE_EMIT);
                fields.put("data", data);
            }
            case NodeResponse.ClientCount(var _, int sockets) -> {
                fields.put("type", (long) CLIENT_COUNT);
                fields.put("clientCount", (long) sockets);
            }
            case NodeResponse.ClientAck(var _, @Nullable Object argument) -> {
                fields.put("type", (long) CLIENT_ACK);
                fields.put("packet", argument);
            }
            case NodeResponse.Done _ -> {}
        }
        return RequestFormat.bytes(fields);
    }

    private static Map<String, @Nullable Object> fields(SocketDetails socket) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("id", socket.id());
        fields.put("handshake", handshake(socket));
        fields.put("rooms", new ArrayList<>(socket.rooms()));
        fields.put("data", data(socket));
        return fields;
    }

    /// Without secrets: `auth` is empty.
    private static Map<String, @Nullable Object> handshake(SocketDetails socket) {
        var shown = new LinkedHashMap<String, @Nullable Object>(socket.handshake());
        if (shown.get("headers") instanceof Map<?, ?> headers) {
            var harmless = new LinkedHashMap<Object, @Nullable Object>(headers);
            harmless.keySet().removeAll(SECRET_HEADERS);
            shown.put("headers", harmless);
        }
        shown.put("auth", Map.of());
        return shown;
    }

    /// What the application has put on the socket, or an empty object where that cannot be sent.
    private static @Nullable Object data(SocketDetails socket) {
        try {
            return socket.data() == null ? Map.of() : ValueCodec.parseJson(ValueCodec.json(socket.data()));
        } catch (IllegalArgumentException | ProtocolException _) {
            return Map.of();
        }
    }

    static NodeResponse decode(byte[] message) throws ProtocolException {
        var fields = Fields.parse(message);
        var id = fields.text("requestId");
        long type = fields.has("type") ? fields.number("type") : -1;
        if (type == CLIENT_COUNT) {
            return new NodeResponse.ClientCount(id, (int) fields.number("clientCount"));
        }
        if (type == CLIENT_ACK) {
            return new NodeResponse.ClientAck(id, fields.value("packet"));
        }
        if (type == RequestFormat.SERVER_SIDE_EMIT) {
            return new NodeResponse.Emitted(id, fields.value("data"));
        }
        if (fields.has("rooms")) {
            return new NodeResponse.Rooms(id, fields.names("rooms"));
        }
        return fields.has("sockets") ? sockets(id, fields.list("sockets")) : new NodeResponse.Done(id);
    }

    private static NodeResponse sockets(String id, List<?> sockets) throws ProtocolException {
        var all = new ArrayList<SocketDetails>();
        for (var socket : sockets) {
            all.add(socket(Fields.of(socket, "socket")));
        }
        return new NodeResponse.Sockets(id, all);
    }

    @SuppressWarnings("unchecked") // the names of an object are strings
    private static SocketDetails socket(Fields socket) throws ProtocolException {
        var handshake = (Map<String, @Nullable Object>)
                socket.optionalObject("handshake").members();
        return new SocketDetails(socket.text("id"), socket.names("rooms"), socket.value("data"), handshake);
    }
}
