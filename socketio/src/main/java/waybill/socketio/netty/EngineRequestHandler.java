package waybill.socketio.netty;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.engine.EngineCodec;
import waybill.socketio.engine.TransportKind;

/// Handles HTTP requests to the engine's path, or rejects them.
final class EngineRequestHandler {

    private static final String PROTOCOL = "4";

    private final EngineServer server;
    private final EngineSettings config;

    EngineRequestHandler(EngineServer server) {
        this.server = server;
        this.config = server.config();
    }

    boolean matches(HttpRequest request) {
        var uri = request.uri();
        int from = pathIndex(uri);
        var path = config.path();
        int bare = path.length() - 1; // without the slash at its end
        if (!uri.startsWith(path.substring(0, bare), from)) {
            return false;
        }
        int behind = from + bare;
        return uri.length() == behind || uri.charAt(behind) == '?' || uri.charAt(behind) == '/';
    }

    /// Where the path begins: behind the host, in a request that names it (`GET http://host/path`).
    private static int pathIndex(String uri) {
        if (uri.startsWith("/")) {
            return 0;
        }
        int scheme = uri.indexOf("://");
        int slash = scheme < 0 ? -1 : uri.indexOf('/', scheme + 3);
        return Math.max(0, slash);
    }

    /// Where the request's body goes: only that of a message to a session that exists is buffered.
    RequestBody body(HttpExchange exchange) {
        var request = exchange.request();
        var socket = request.method().equals(HttpMethod.POST) ? findSocket(request) : null;
        if (socket == null) {
            return RequestBody.discarding(config.maxHttpBufferSize());
        }
        return socket.isJoined()
                ? RequestBody.buffering(
                        exchange.ctx().alloc(), config.maxHttpBufferSize(), UnjoinedMemory.MemoryReservation.NONE)
                : RequestBody.buffering(
                        exchange.ctx().alloc(),
                        config.unjoinedMessageMax(),
                        server.unjoinedMemory().newReservation());
    }

    private @Nullable EngineSocket findSocket(HttpRequest request) {
        return server.socket(first(query(request), "sid"));
    }

    private static Map<String, List<String>> query(HttpRequest request) {
        try {
            return new QueryStringDecoder(request.uri()).parameters();
        } catch (IllegalArgumentException _) { // a broken escape
            return Map.of();
        }
    }

    /// Responds to the request, now or later.
    void handle(HttpExchange exchange, ByteBuf body) {
        var request = exchange.request();
        var query = query(request);
        var transport = first(query, "transport");
        boolean upgrade = isWebSocketUpgrade(request);
        if (request.method().equals(HttpMethod.OPTIONS)) {
            exchange.respondToPreflight(
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT));
        } else if (!config.origins().allows(request.headers())) {
            exchange.reject(
                    EngineError.FORBIDDEN,
                    "origin: " + request.headers().get(HttpHeaderNames.ORIGIN)
                            + " (expected: one that the server allows)");
        } else if (!isTransport(transport)) {
            exchange.reject(EngineError.TRANSPORT_UNKNOWN);
        } else if (!PROTOCOL.equals(first(query, "EIO"))) {
            exchange.reject(EngineError.PROTOCOL_UNSUPPORTED);
        } else if (upgrade != transport.equals("websocket")) {
            exchange.reject(EngineError.BAD_REQUEST);
        } else if (query.containsKey("sid")) {
            handleSession(exchange, first(query, "sid"), upgrade, body);
        } else if (!request.method().equals(HttpMethod.GET)) {
            exchange.reject(EngineError.BAD_HANDSHAKE_METHOD);
        } else {
            handshake(exchange, upgrade);
        }
    }

    private boolean isTransport(String name) {
        return (name.equals("polling") && config.allows(TransportKind.POLLING))
                || (name.equals("websocket") && config.allows(TransportKind.WEBSOCKET));
    }

    private void handshake(HttpExchange exchange, boolean upgrade) {
        var handshakeRequest = server.handshakeOf(exchange);
        var denial = server.admitSession(handshakeRequest);
        if (denial != null) {
            exchange.rejectTemporarily(denial);
            return;
        }
        var decision = config.hooks().allowRequest().apply(handshakeRequest).toCompletableFuture();
        if (decision.isDone()) {
            onAllowRequestDecided(
                    exchange,
                    handshakeRequest,
                    upgrade,
                    decision.exceptionally(EngineRequestHandler::onAllowRequestFailed)
                            .join());
            return;
        }
        decision.whenComplete((refusal, error) -> exchange.ctx()
                .executor()
                .execute(() -> onAllowRequestDecided(
                        exchange, handshakeRequest, upgrade, error == null ? refusal : onAllowRequestFailed(error))));
    }

    private static Optional<String> onAllowRequestFailed(Throwable error) {
        EngineServer.LOG.error("allowRequest failed, so the handshake is refused", error);
        return Optional.of("Internal error");
    }

    private void onAllowRequestDecided(
            HttpExchange exchange, OpeningRequest handshakeRequest, boolean upgrade, Optional<String> refusal) {
        if (refusal.isPresent() || !exchange.ctx().channel().isActive()) {
            server.admission().sessionEnded(handshakeRequest);
            refusal.ifPresent(why -> exchange.reject(EngineError.FORBIDDEN, why));
            return;
        }
        var id = server.newSessionId();
        var headers = server.initialHeaders(id, handshakeRequest);
        if (upgrade) {
            WebSocketUpgrade.of(server, exchange, headers)
                    .begin(
                            transport -> server.open(id, handshakeRequest, transport),
                            () -> server.admission().sessionEnded(handshakeRequest));
            return;
        }
        var socket = server.open(id, handshakeRequest, exchange.ctx().channel().eventLoop());
        if (socket == null) {
            exchange.rejectTemporarily(LimitRejection.MEMORY);
        } else {
            exchange.ok(EngineCodec.encode(socket.openPacket()), headers);
        }
    }

    private void handleSession(HttpExchange exchange, String sid, boolean upgrade, ByteBuf body) {
        var socket = server.socket(sid);
        if (socket == null) {
            exchange.reject(EngineError.SESSION_UNKNOWN);
            return;
        }
        var method = exchange.request().method();
        if (upgrade) {
            probe(exchange, socket);
            return;
        }
        if (method.equals(HttpMethod.GET)) {
            socket.onLoop(() -> socket.transports().poll(exchange));
        } else if (method.equals(HttpMethod.POST)) {
            post(exchange, socket, body);
        } else {
            exchange.reject(EngineError.BAD_REQUEST);
        }
    }

    private static void post(HttpExchange exchange, EngineSocket socket, ByteBuf body) {
        try {
            var packets = EngineCodec.decodePayload(Utf8.decode(body));
            socket.onLoop(() -> socket.transports().post(packets, exchange));
        } catch (ProtocolException e) {
            var why = Objects.requireNonNullElse(e.getMessage(), "payload");
            socket.onLoop(() -> socket.malformed(why));
            exchange.reject(EngineError.BAD_REQUEST);
        }
    }

    /// A session that cannot be taken over is no reason to refuse the WebSocket: it is opened and then closed, so
    /// that the client gets a close frame.
    private void probe(HttpExchange exchange, EngineSocket socket) {
        if (!config.allowsUpgrades()) {
            exchange.reject(EngineError.BAD_REQUEST);
            return;
        }
        var probe = socket.transports().probe();
        socket.onLoop(() -> probe.onRequest(exchange)); // before the client knows, and before a poll that it sends then
        var headers = config.hooks().headersFor(socket.request(), false);
        WebSocketUpgrade.of(server, exchange, headers)
                .begin(
                        transport -> transport.probe(socket, exchange),
                        () -> socket.onLoop(() -> probe.onFailed(exchange)));
    }

    private static boolean isWebSocketUpgrade(HttpRequest request) {
        return request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    static boolean wantsBase64(HttpRequest request) {
        return !first(query(request), "b64").isEmpty();
    }

    private static String first(Map<String, List<String>> query, String name) {
        return query.getOrDefault(name, List.of("")).getFirst();
    }
}
