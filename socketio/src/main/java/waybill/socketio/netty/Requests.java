package waybill.socketio.netty;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Map;
import waybill.socketio.engine.EngineCodec;
import waybill.socketio.engine.Session.Transport;
import waybill.socketio.packet.ProtocolException;

/// What an HTTP request to the engine's path asks for, and whether it may.
final class Requests {

    private static final String PROTOCOL = "4";

    private final EngineServer server;
    private final EngineConfig config;

    Requests(EngineServer server) {
        this.server = server;
        this.config = server.config();
    }

    boolean isOurs(HttpRequest request) {
        var uri = request.uri();
        var path = config.path();
        int bare = path.length() - 1; // without the slash at its end
        if (!uri.startsWith(path.substring(0, bare))) {
            return false;
        }
        return uri.length() == bare || uri.charAt(bare) == '?' || uri.charAt(bare) == '/';
    }

    /// Answers the request, now or later.
    void handle(Exchange exchange, ByteBuf body) {
        var request = exchange.request();
        var remote = config.remoteAddress()
                .of(exchange.ctx().channel(), request.headers()::getAll)
                .orElse(null);
        var asked = new HandshakeRequest(request, remote, server.handshakeTexts());
        var query = asked.query();
        var transport = first(query, "transport");
        boolean upgrade = isWebSocketUpgrade(request);
        if (request.method().equals(HttpMethod.OPTIONS)) {
            preflight(exchange);
        } else if (!config.origins().allows(asked.header("Origin"))) {
            exchange.refuse(Refusal.FORBIDDEN);
        } else if (!isTransport(transport)) {
            exchange.refuse(Refusal.TRANSPORT_UNKNOWN);
        } else if (!PROTOCOL.equals(first(query, "EIO"))) {
            exchange.refuse(Refusal.PROTOCOL_UNSUPPORTED);
        } else if (upgrade != transport.equals("websocket")) {
            exchange.refuse(Refusal.BAD_REQUEST);
        } else if (query.containsKey("sid")) {
            known(exchange, first(query, "sid"), upgrade, body);
        } else if (!request.method().equals(HttpMethod.GET)) {
            exchange.refuse(Refusal.BAD_HANDSHAKE_METHOD);
        } else {
            handshake(exchange, asked, upgrade);
        }
    }

    private boolean isTransport(String name) {
        return (name.equals("polling") && config.allows(Transport.POLLING))
                || (name.equals("websocket") && config.allows(Transport.WEBSOCKET));
    }

    private void handshake(Exchange exchange, HandshakeRequest asked, boolean upgrade) {
        if (server.isClosing() || server.isFull()) {
            var why = server.isClosing() ? "Closing" : "Too many connections";
            exchange.putOff(Refusal.FORBIDDEN.json(why), server.retryAfterS());
            return;
        }
        var refusal = config.refusal(asked);
        if (refusal != null) {
            exchange.answer(Refusal.FORBIDDEN.status(), "application/json", Refusal.FORBIDDEN.json(refusal));
            return;
        }
        var loop = exchange.ctx().channel().eventLoop();
        if (upgrade) {
            WebSocketUpgrade.of(server, exchange)
                    .begin(transport ->
                            server.open(asked, loop, Transport.WEBSOCKET).openOn(transport));
            return;
        }
        var socket = server.open(asked, loop, Transport.POLLING);
        exchange.ok(EngineCodec.encode(socket.openPacket()));
    }

    private void known(Exchange exchange, String sid, boolean upgrade, ByteBuf body) {
        var socket = server.socket(sid);
        if (socket == null) {
            exchange.refuse(Refusal.SESSION_UNKNOWN);
            return;
        }
        var method = exchange.request().method();
        if (upgrade) {
            probe(exchange, socket);
            return;
        }
        if (method.equals(HttpMethod.GET)) {
            socket.onLoop(() -> socket.poll(exchange));
        } else if (method.equals(HttpMethod.POST)) {
            post(exchange, socket, body);
        } else {
            exchange.refuse(Refusal.BAD_REQUEST);
        }
    }

    private static void post(Exchange exchange, EngineSocket socket, ByteBuf body) {
        try {
            var packets = EngineCodec.decodePayload(Utf8.decode(body));
            socket.onLoop(() -> socket.post(packets, exchange));
        } catch (ProtocolException _) {
            socket.onLoop(socket::nonsense);
            exchange.refuse(Refusal.BAD_REQUEST);
        }
    }

    /// A session that cannot be taken over is no reason to refuse the WebSocket: it is opened and then closed, so that
    /// the client is told in the way it understands.
    private void probe(Exchange exchange, EngineSocket socket) {
        if (!config.upgrades()) {
            exchange.refuse(Refusal.BAD_REQUEST);
            return;
        }
        WebSocketUpgrade.of(server, exchange).begin(transport -> transport.probe(socket));
    }

    private static void preflight(Exchange exchange) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT);
        var requested = exchange.request().headers().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        exchange.answerPreflight(requested, response);
    }

    private static boolean isWebSocketUpgrade(HttpRequest request) {
        return request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    private static String first(Map<String, List<String>> query, String name) {
        return query.getOrDefault(name, List.of("")).getFirst();
    }
}
