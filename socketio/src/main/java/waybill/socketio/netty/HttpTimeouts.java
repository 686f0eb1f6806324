package waybill.socketio.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Closes an HTTP connection whose client is too slow: with a request that has begun, with reading its answers, or
/// with the next request. While the server owes an answer, the client may wait. Belongs to the connection's event
/// loop.
final class HttpTimeouts implements Runnable {

    /// A client that reads an answer slower than this, in bytes per millisecond, does not read.
    private static final long DRAINED_PER_MS_MIN = 1;

    /// Says at which point a connection is.
    interface Turns {

        /// The client has begun a request, which the server waits to have whole.
        boolean isRequestComing();

        /// The server owes an answer.
        boolean isAnswerOwed();
    }

    private final ChannelHandlerContext ctx;
    private final Turns turns;
    private final long requestMs;
    private final long keepAliveMs;
    private long requestSinceMs;
    private long idleSinceMs;
    private boolean served; // one request was answered
    private boolean headComing; // bytes of a request came that are no whole head yet
    private boolean stuck; // the client does not read
    private long stuckSinceMs;
    private long stuckBytes;
    private @Nullable ScheduledFuture<?> timer;

    HttpTimeouts(ChannelHandlerContext ctx, Turns turns, EngineConfig config) {
        this.ctx = ctx;
        this.turns = turns;
        this.requestMs = config.requestTimeout().toMillis();
        this.keepAliveMs = config.keepAliveTimeout().toMillis();
        this.idleSinceMs = now();
        this.requestSinceMs = idleSinceMs;
        schedule(requestMs);
    }

    private long now() {
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
    void requestBegan() {
        headComing = false;
        requestSinceMs = now();
    }

    /// Bytes came that make no whole head yet.
    void headBegan() {
        if (!headComing) {
            headComing = true;
            requestSinceMs = now();
            stop();
            schedule(requestMs);
        }
    }

    /// An answer went out.
    void answered() {
        served = true;
        idleSinceMs = now();
    }

    /// The client has stopped to read, or has begun again.
    void writabilityChanged() {
        stuck = !ctx.channel().isWritable();
        stuckSinceMs = now();
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
        long leftMs = leftMs();
        if (leftMs <= 0) {
            ctx.close();
        } else {
            schedule(Math.min(leftMs, requestMs));
        }
    }

    private long leftMs() {
        long nowMs = now();
        if (stuck && nowMs - stuckSinceMs >= requestMs) {
            long drained = stuckBytes - unsentBytes(ctx.channel());
            if (drained < requestMs * DRAINED_PER_MS_MIN) {
                return 0;
            }
            writabilityChanged();
        }
        if (turns.isRequestComing() || headComing || (!served && !turns.isAnswerOwed())) {
            return requestSinceMs + requestMs - nowMs;
        }
        if (stuck || turns.isAnswerOwed()) {
            return requestMs;
        }
        return idleSinceMs + keepAliveMs - nowMs;
    }
}
