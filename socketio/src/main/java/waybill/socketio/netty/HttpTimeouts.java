package waybill.socketio.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Closes an HTTP connection whose client is too slow: with a request that has begun, with reading its answers, or
/// with the next request. While a response is pending, the client may wait. Belongs to the connection's event
/// loop.
final class HttpTimeouts implements Runnable {

    /// A client that reads an answer slower than this, in bytes per millisecond, does not read.
    private static final long DRAINED_PER_MS_MIN = 1;

    /// What a connection is doing.
    interface RequestState {

        /// The client has begun a request, which the server waits to have whole.
        boolean isReceivingRequest();

        /// A response is pending.
        boolean hasPendingResponse();
    }

    private final ChannelHandlerContext ctx;
    private final RequestState state;
    private final long requestMs;
    private final long keepAliveMs;
    private long requestSinceMs;
    private long idleSinceMs;
    private boolean served; // one request was answered
    private boolean receivingHead; // bytes of a request came that are no whole head yet
    private boolean stuck; // the client does not read
    private long stuckSinceMs;
    private long stuckBytes;
    private @Nullable ScheduledFuture<?> timer;

    HttpTimeouts(ChannelHandlerContext ctx, RequestState turns, EngineSettings config) {
        this.ctx = ctx;
        this.state = turns;
        this.requestMs = config.requestTimeout().toMillis();
        this.keepAliveMs = config.keepAliveTimeout().toMillis();
        this.idleSinceMs = nowMs();
        this.requestSinceMs = idleSinceMs;
        schedule(requestMs);
    }

    private long nowMs() {
        return EngineServer.nowMs(ctx.executor());
    }

    private void schedule(long delayMs) {
        timer = ctx.executor().schedule(this, delayMs, TimeUnit.MILLISECONDS);
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /// The head of a request is there.
    void onRequestStarted() {
        receivingHead = false;
        requestSinceMs = nowMs();
    }

    /// Bytes came that make no whole head yet.
    void onHeadStarted() {
        if (!receivingHead) {
            receivingHead = true;
            requestSinceMs = nowMs();
            stop();
            schedule(requestMs);
        }
    }

    /// An answer went out.
    void onResponded() {
        served = true;
        idleSinceMs = nowMs();
    }

    /// The client has stopped to read, or has begun again.
    void onWritabilityChanged() {
        stuck = !ctx.channel().isWritable();
        stuckSinceMs = nowMs();
        stuckBytes = unsentBytes(ctx.channel());
    }

    private static long unsentBytes(Channel channel) {
        var buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }

    @Override
    public void run() {
        if (!ctx.channel().isActive()) {
            return;
        }
        long leftMs = remainingMs();
        if (leftMs <= 0) {
            ctx.close();
        } else {
            schedule(Math.min(leftMs, requestMs));
        }
    }

    private long remainingMs() {
        long nowMs = nowMs();
        if (stuck && nowMs - stuckSinceMs >= requestMs) {
            long drained = stuckBytes - unsentBytes(ctx.channel());
            if (drained < requestMs * DRAINED_PER_MS_MIN) {
                return 0;
            }
            onWritabilityChanged();
        }
        if (state.isReceivingRequest() || receivingHead || (!served && !state.hasPendingResponse())) {
            return requestSinceMs + requestMs - nowMs;
        }
        if (stuck || state.hasPendingResponse()) {
            return requestMs;
        }
        return idleSinceMs + keepAliveMs - nowMs;
    }
}
