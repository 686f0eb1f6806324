package waybill.socketio.netty;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/// One of the gate's own requests and the answer to it, which may come later and from another event loop. The gate
/// sends answers in the order of the requests. Belongs to the event loop of its HTTP connection, but for [#answer].
final class Exchange implements Turn {

    private final Gate gate;
    private final ChannelHandlerContext ctx;
    private final HttpRequest request;
    private final Origins origins;
    private @Nullable FullHttpResponse response;
    private volatile @Nullable EngineSocket holder; // whose poll this is, while it waits

    Exchange(Gate gate, ChannelHandlerContext ctx, HttpRequest request, Origins origins) {
        this.gate = gate;
        this.ctx = ctx;
        this.request = request;
        this.origins = origins;
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

    boolean isKeepAlive() {
        return HttpUtil.isKeepAlive(request);
    }

    void ok(String text) {
        answer(HttpResponseStatus.OK, "text/plain; charset=UTF-8", text);
    }

    void refuse(Refusal refusal) {
        answer(refusal.status(), "application/json", refusal.json());
    }

    /// Refuses for now: the client may try again in so many seconds.
    void putOff(String json, int seconds) {
        var full = full(HttpResponseStatus.SERVICE_UNAVAILABLE, "application/json", json);
        full.headers().setInt(HttpHeaderNames.RETRY_AFTER, seconds);
        answer(full);
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

    void answerPreflight(@Nullable String requestedHeaders, FullHttpResponse full) {
        origins.answerPreflight(requestedHeaders, full.headers());
        answer(full);
    }

    private void answer(FullHttpResponse full) {
        origins.answer(request.headers().get(HttpHeaderNames.ORIGIN), full.headers());
        if (!isKeepAlive()) {
            full.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
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
