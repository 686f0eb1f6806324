package waybill.socketio.netty;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A request to the engine and the response to it, which may come later and from another event loop.
/// [EngineHttpHandler] writes responses in the order of the requests. Belongs to the event loop of its HTTP
/// connection, but for [#respond].
final class HttpExchange implements PipelinedRequest {

    static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");

    private static final String JSON = "application/json";

    private final EngineHttpHandler httpHandler;
    private final ChannelHandlerContext ctx;
    private final HttpRequest request;
    private final EngineServer server;
    private final boolean keepAlive;
    private volatile boolean last; // the connection is closed behind the answer
    private @Nullable FullHttpResponse response;
    private volatile @Nullable EngineSocket pollingSocket; // of a pending poll

    HttpExchange(EngineHttpHandler httpHandler, ChannelHandlerContext ctx, HttpRequest request, EngineServer server) {
        this.httpHandler = httpHandler;
        this.ctx = ctx;
        this.request = request;
        this.server = server;
        this.keepAlive = HttpUtil.isKeepAlive(request);
    }

    HttpRequest request() {
        return request;
    }

    ChannelHandlerContext ctx() {
        return ctx;
    }

    /// The response, once there is one.
    @Nullable
    FullHttpResponse response() {
        return response;
    }

    /// The request waits as a poll of that connection. False where its own HTTP connection is gone already.
    boolean parkFor(EngineSocket socket) {
        pollingSocket = socket;
        return ctx.channel().isActive();
    }

    /// The HTTP connection is gone.
    void onConnectionLost() {
        var waiting = pollingSocket;
        if (waiting != null) {
            waiting.onLoop(() -> waiting.transports().pollAbandoned(this));
        }
    }

    /// Whether the connection is closed behind the answer.
    boolean closesConnection() {
        return last || !keepAlive;
    }

    /// Whether a part of the request may not have been read.
    boolean hasUnreadBody() {
        return last;
    }

    void ok(String text) {
        respond(HttpResponseStatus.OK, "text/plain; charset=UTF-8", text);
    }

    /// The same, with headers of the application.
    void ok(String text, Map<String, String> headers) {
        var full = newResponse(HttpResponseStatus.OK, "text/plain; charset=UTF-8", text);
        headers.forEach(full.headers()::set);
        respond(full);
    }

    void reject(EngineError refusal) {
        reject(refusal, refusal.message());
    }

    void reject(EngineError refusal, String message) {
        server.reportError(new ReportedError(refusal.reason(), message, address()));
        respond(refusal.status(), JSON, refusal.json(message));
    }

    /// Rejects bytes that are no HTTP request. What follows cannot be distinguished from the rest of it, so the
    /// connection is closed.
    void rejectMalformed(DecoderResult result) {
        last = true;
        var cause = result.cause();
        var reason = Objects.requireNonNullElse(cause.getMessage(), "no HTTP request");
        server.reportError(new ReportedError(ReportedError.Reason.BAD_REQUEST, reason, address()));
        var message = cause instanceof TooLongFrameException ? tooLong(reason) : EngineError.BAD_REQUEST.message();
        respond(statusOf(result), JSON, EngineError.BAD_REQUEST.json(message));
    }

    /// The codec's own sentence names the limit; it stops reading there, so how much would have come is not known.
    private static String tooLong(String message) {
        return message + " Send less, a long token as auth.token.";
    }

    /// The status for a request that could not be read.
    static HttpResponseStatus statusOf(DecoderResult result) {
        return switch (result.cause()) {
            case TooLongHttpHeaderException _ -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
            case TooLongHttpLineException _ -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
            default -> HttpResponseStatus.BAD_REQUEST;
        };
    }

    /// Refuses for now: the client may try again in a while.
    void rejectTemporarily(LimitRejection denial) {
        server.reportError(denial.error(address()));
        var full = newResponse(denial.status(), JSON, denial.json());
        if (denial.retryAfterMs() > 0) {
            full.headers().setInt(HttpHeaderNames.RETRY_AFTER, denial.retryAfterS());
        }
        respond(full);
    }

    /// The same, and closes the connection: the rest of the request is not read.
    void rejectAndClose(LimitRejection denial) {
        last = true;
        rejectTemporarily(denial);
    }

    private String address() {
        return server.addressOf(ctx.channel(), request);
    }

    /// From any thread, once.
    void respond(HttpResponseStatus status, String contentType, String text) {
        respond(newResponse(status, contentType, text));
    }

    private FullHttpResponse newResponse(HttpResponseStatus status, String contentType, String text) {
        var body = ByteBufUtil.writeUtf8(ctx.alloc(), text);
        var full = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        full.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        return full;
    }

    void respondToPreflight(FullHttpResponse full) {
        server.config().origins().writePreflightHeaders(request.headers(), full.headers());
        respond(full);
    }

    private void respond(FullHttpResponse full) {
        server.config().origins().writeHeaders(request.headers(), full.headers());
        HttpUtil.setKeepAlive(full.headers(), request.protocolVersion(), !closesConnection());
        if (!closesConnection()) {
            full.headers().set(KEEP_ALIVE, server.keepAliveHeader());
        }
        if (ctx.executor().inEventLoop()) {
            send(full);
        } else {
            ctx.executor().execute(() -> send(full));
        }
    }

    private void send(FullHttpResponse full) {
        if (response != null || ctx.isRemoved() || !ctx.channel().isActive()) {
            full.release();
            return;
        }
        response = full;
        httpHandler.writeResponsesInOrder(ctx);
    }
}
