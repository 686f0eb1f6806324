package waybill.socketio.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns an HTTP connection into a WebSocket: answers 101 and clears the pipeline of all that spoke HTTP.
final class WebSocketUpgrade {

    private static final String ENCODER = "wsencoder"; // the name that the handshaker gives it

    /// Under the official Java client. On a close frame it tells its owner nothing until it has been answered by
    /// hand, which that client never does: it would miss its server for a whole heartbeat. An end it sees at once.
    private static final String OKHTTP = "okhttp/";

    private final EngineServer server;
    private final Exchange exchange;

    private WebSocketUpgrade(EngineServer server, Exchange exchange) {
        this.server = server;
        this.exchange = exchange;
    }

    static WebSocketUpgrade of(EngineServer server, Exchange exchange) {
        return new WebSocketUpgrade(server, exchange);
    }

    /// Begins the handshake; `opened` gets the transport when it is done.
    void begin(Consumer<WebSocketTransport> opened) {
        var ctx = exchange.ctx();
        var request = exchange.request();
        if (!isWebSocket(request) || !((Gate) ctx.handler()).isAlone(exchange)) {
            exchange.refuse(Refusal.BAD_REQUEST);
            return;
        }
        var extension = server.config().isDeflating() ? deflate(request) : null;
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
            var handshaker =
                    new WebSocketServerHandshaker13(request.uri(), null, server.decoderConfig(extension != null));
            clearBehind(ctx);
            handshaker
                    .handshake(ctx.channel(), whole, headers, ctx.newPromise())
                    .addListener(done -> {
                        if (done.isSuccess()) {
                            opened.accept(install(ctx, extension));
                        } else {
                            ctx.close();
                        }
                    });
        } catch (WebSocketHandshakeException _) {
            ctx.close();
        }
    }

    private static boolean isWebSocket(HttpRequest request) {
        return request.method().equals(HttpMethod.GET)
                && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)
                && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13", false);
    }

    private WebSocketTransport install(ChannelHandlerContext gate, @Nullable WebSocketServerExtension extension) {
        var pipeline = gate.pipeline();
        if (extension == null) {
            pipeline.remove(ENCODER); // frames are written ready-made
        } else {
            pipeline.addBefore(gate.name(), null, extension.newExtensionDecoder());
            pipeline.addBefore(gate.name(), null, extension.newExtensionEncoder());
        }
        var agent = exchange.request().headers().get(HttpHeaderNames.USER_AGENT, "");
        var transport = new WebSocketTransport(server.config(), extension != null, agent.startsWith(OKHTTP));
        pipeline.replace(gate.handler(), "websocket", transport);
        return transport;
    }

    /// Takes out the handlers behind the gate: theirs is HTTP, and this connection has done with it.
    private static void clearBehind(ChannelHandlerContext gate) {
        ((Gate) gate.handler()).leave(gate);
        ChannelPipeline pipeline = gate.pipeline();
        var behind = new ArrayList<ChannelHandler>();
        boolean passed = false;
        for (var entry : pipeline) {
            if (passed && !(entry.getValue() instanceof HttpServerCodec)) {
                behind.add(entry.getValue());
            }
            passed |= entry.getKey().equals(gate.name());
        }
        behind.forEach(pipeline::remove);
    }

    private @Nullable WebSocketServerExtension deflate(HttpRequest request) {
        var offered = request.headers().getAsString(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
        if (offered == null) {
            return null;
        }
        var handshaker = new PerMessageDeflateServerExtensionHandshaker(
                6, true, 15, true, true, server.config().maxHttpBufferSize());
        for (var one : WebSocketExtensionUtil.extractExtensions(offered)) {
            var extension = handshaker.handshakeExtension(one);
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
