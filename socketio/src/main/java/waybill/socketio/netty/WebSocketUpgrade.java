package waybill.socketio.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.compression.ZlibCodecFactory;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns an HTTP connection into a WebSocket: responds 101 and removes the HTTP handlers from the pipeline.
final class WebSocketUpgrade {

    private static final int LEVEL = 6;
    private static final String WINDOW_BITS = "15";
    private static final String ENCODER = "wsencoder"; // the name that the handshaker gives it

    /// The HTTP library of the official Java client. On a close frame it does not notify the client until the
    /// client has answered, which it never does: it would notice the end after a whole heartbeat. A closed
    /// connection it notices at once.
    private static final String OKHTTP = "okhttp/";

    private final EngineServer server;
    private final HttpExchange exchange;
    private final Map<String, String> extraHeaders;

    private WebSocketUpgrade(EngineServer server, HttpExchange exchange, Map<String, String> extraHeaders) {
        this.server = server;
        this.exchange = exchange;
        this.extraHeaders = extraHeaders;
    }

    static WebSocketUpgrade of(EngineServer server, HttpExchange exchange, Map<String, String> headers) {
        return new WebSocketUpgrade(server, exchange, headers);
    }

    /// Begins the handshake; `opened` gets the transport when it is done, or `failed` is run.
    void begin(Consumer<WebSocketTransport> opened, Runnable failed) {
        var ctx = exchange.ctx();
        var request = exchange.request();
        if (!isWebSocket(request) || !((EngineHttpHandler) ctx.handler()).isOnlyPending(exchange)) {
            failed.run();
            exchange.reject(EngineError.BAD_REQUEST);
            return;
        }
        request.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET); // of several that were offered
        var extension = server.config().isCompressing() ? deflate(request) : null;
        try {
            var whole = new DefaultFullHttpRequest(
                    request.protocolVersion(),
                    request.method(),
                    request.uri(),
                    Unpooled.EMPTY_BUFFER,
                    request.headers(),
                    EmptyHttpHeaders.INSTANCE);
            var headers = new DefaultHttpHeaders();
            if (extension != null) {
                headers.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, asHeader(extension));
            }
            extraHeaders.forEach(headers::set);
            var handshaker = new Handshaker(request.uri(), server.decoderConfig(extension != null));
            removeHandlersBehind(ctx);
            handshaker
                    .handshake(ctx.channel(), whole, headers, ctx.newPromise())
                    .addListener(done -> {
                        if (done.isSuccess()) {
                            opened.accept(install(ctx, extension, handshaker.decoder));
                        } else {
                            failed.run();
                            ctx.close();
                        }
                    });
        } catch (WebSocketHandshakeException _) {
            failed.run();
            ctx.close();
        }
    }

    /// One with a frame decoder of its own limits.
    private final class Handshaker extends WebSocketServerHandshaker13 {

        private final FrameDecoder decoder;

        Handshaker(String url, WebSocketDecoderConfig config) {
            super(url, null, config);
            decoder = new FrameDecoder(
                    config,
                    server.config().unjoinedMessageMax(),
                    server.unjoinedMemory().newReservation());
        }

        @Override
        protected WebSocketFrameDecoder newWebsocketDecoder() {
            return decoder;
        }
    }

    private static boolean isWebSocket(HttpRequest request) {
        return request.method().equals(HttpMethod.GET)
                && request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)
                && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13", false);
    }

    private WebSocketTransport install(
            ChannelHandlerContext httpContext, @Nullable WebSocketServerExtension extension, FrameDecoder decoder) {
        var pipeline = httpContext.pipeline();
        if (extension == null) {
            pipeline.remove(ENCODER); // frames are written ready-made
        } else {
            pipeline.addBefore(httpContext.name(), null, extension.newExtensionDecoder());
            pipeline.addBefore(httpContext.name(), null, extension.newExtensionEncoder());
        }
        var agent = exchange.request().headers().get(HttpHeaderNames.USER_AGENT, "");
        var transport = new WebSocketTransport(
                server,
                decoder,
                extension != null,
                EngineRequestHandler.wantsBase64(exchange.request()),
                agent.startsWith(OKHTTP));
        pipeline.replace(httpContext.handler(), "websocket", transport);
        return transport;
    }

    /// Removes the handlers behind the engine's: they handle HTTP, which this connection has ended.
    private static void removeHandlersBehind(ChannelHandlerContext httpContext) {
        ((EngineHttpHandler) httpContext.handler()).detach(httpContext);
        ChannelPipeline pipeline = httpContext.pipeline();
        var behind = new ArrayList<ChannelHandler>();
        boolean passed = false;
        for (var entry : pipeline) {
            if (passed && !(entry.getValue() instanceof HttpServerCodec)) {
                behind.add(entry.getValue());
            }
            passed |= entry.getKey().equals(httpContext.name());
        }
        behind.forEach(pipeline::remove);
    }

    private @Nullable WebSocketServerExtension deflate(HttpRequest request) {
        var offered = request.headers().getAsString(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
        if (offered == null) {
            return null;
        }
        for (var one : WebSocketExtensionUtil.extractExtensions(offered)) {
            // A client may ask for a smaller window than the compressor can do without JZlib: 15 bits.
            boolean window = ZlibCodecFactory.isSupportingWindowSizeAndMemLevel()
                    || WINDOW_BITS.equals(one.parameters().get("server_max_window_bits"));
            var extension = new PerMessageDeflateServerExtensionHandshaker(
                            LEVEL, window, 15, true, true, server.config().maxHttpBufferSize())
                    .handshakeExtension(one);
            if (extension != null) {
                return extension;
            }
        }
        return null;
    }

    private static String asHeader(WebSocketServerExtension extension) {
        var data = extension.newReponseData();
        return data.name()
                + data.parameters().entrySet().stream()
                        .map(p -> "; " + p.getKey() + (p.getValue() == null ? "" : "=" + p.getValue()))
                        .collect(Collectors.joining());
    }
}
