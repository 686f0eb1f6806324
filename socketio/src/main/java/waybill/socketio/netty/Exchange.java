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

/// One of the gate's own requests and the answer to it, which may come later and from another event loop. The gate
/// sends answers in the order of the requests. Belongs to the event loop of its HTTP connection, but for [#answer].
final class Exchange implements Turn {

    static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");

    private static final String JSON = "application/json";

    private final Gate gate;
    private final ChannelHandlerContext ctx;
    private final HttpRequest request;
    private final EngineServer server;
    private final boolean keepAlive;
    private volatile boolean last; // the connection is closed behind the answer
    private @Nullable FullHttpResponse response;
    private volatile @Nullable EngineSocket holder; // whose poll this is, while it waits

    Exchange(Gate gate, ChannelHandlerContext ctx, HttpRequest request, EngineServer server) {
        this.gate = gate;
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
    boolean holdFor(EngineSocket socket) {
        holder = socket;
        return ctx.channel().isActive();
    }

    /// The HTTP connection is gone.
    void abandon() {
        var waiting = holder;
        if (waiting != null) {
            waiting.onLoop(() -> waiting.pollAbandoned(this));
        }
    }

    /// Whether the connection is closed behind the answer.
    boolean isLast() {
        return last || !keepAlive;
    }

    /// Whether a part of the request may not have been read.
    boolean isUnread() {
        return last;
    }

    void ok(String text) {
        answer(HttpResponseStatus.OK, "text/plain; charset=UTF-8", text);
    }

    /// The same, with headers of the application.
    void ok(String text, Map<String, String> headers) {
        var full = full(HttpResponseStatus.OK, "text/plain; charset=UTF-8", text);
        headers.forEach(full.headers()::set);
        answer(full);
    }

    void refuse(Refusal refusal) {
        refuse(refusal, refusal.message());
    }

    void refuse(Refusal refusal, String saying) {
        server.report(new ConnectionError(refusal.reason(), saying, address()));
        answer(refusal.status(), JSON, refusal.json(saying));
    }

    /// Refuses bytes that are no HTTP request. What comes behind them cannot be told from the rest of it, so the
    /// connection ends.
    void refuseMalformed(DecoderResult result) {
        last = true;
        var cause = result.cause();
        var message = Objects.requireNonNullElse(cause.getMessage(), "no HTTP request");
        server.report(new ConnectionError(ConnectionError.Reason.BAD_REQUEST, message, address()));
        var saying = cause instanceof TooLongFrameException ? tooLong(message) : Refusal.BAD_REQUEST.message();
        answer(statusOf(result), JSON, Refusal.BAD_REQUEST.json(saying));
    }

    /// The codec's own sentence names the limit; it stops reading there, so how much would have come is not known.
    private static String tooLong(String message) {
        return message + " Send less, a long token as auth.token.";
    }

    /// What HTTP says of a request that could not be read.
    static HttpResponseStatus statusOf(DecoderResult result) {
        return switch (result.cause()) {
            case TooLongHttpHeaderException _ -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
            case TooLongHttpLineException _ -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
            default -> HttpResponseStatus.BAD_REQUEST;
        };
    }

    /// Refuses for now: the client may try again in a while.
    void putOff(Denial denial) {
        server.report(denial.error(address()));
        var full = full(denial.status(), JSON, denial.json());
        if (denial.retryAfterMs() > 0) {
            full.headers().setInt(HttpHeaderNames.RETRY_AFTER, denial.retryAfterS());
        }
        answer(full);
    }

    /// The same, and closes the connection: the rest of the request is not read.
    void close(Denial denial) {
        last = true;
        putOff(denial);
    }

    private String address() {
        return server.addressOf(ctx.channel(), request);
    }

    /// From any thread, once.
    void answer(HttpResponseStatus status, String contentType, String text) {
        answer(full(status, contentType, text));
    }

    private FullHttpResponse full(HttpResponseStatus status, String contentType, String text) {
        var body = ByteBufUtil.writeUtf8(ctx.alloc(), text);
        var full = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        full.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        return full;
    }

    void answerPreflight(FullHttpResponse full) {
        server.config().origins().answerPreflight(request.headers(), full.headers());
        answer(full);
    }

    private void answer(FullHttpResponse full) {
        server.config().origins().answer(request.headers(), full.headers());
        HttpUtil.setKeepAlive(full.headers(), request.protocolVersion(), !isLast());
        if (!isLast()) {
            full.headers().set(KEEP_ALIVE, server.keepAlive());
        }
        if (ctx.executor().inEventLoop()) {
            ready(full);
        } else {
            ctx.executor().execute(() -> ready(full));
        }
    }

    private void ready(FullHttpResponse full) {
        if (response != null || ctx.isRemoved() || !ctx.channel().isActive()) {
            full.release();
            return;
        }
        response = full;
        gate.answerInTurn(ctx);
    }
}
