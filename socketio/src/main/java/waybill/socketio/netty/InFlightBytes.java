package waybill.socketio.netty;

import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.atomic.AtomicInteger;

/// The bytes of messages that are on their way from a WebSocket's event loop to its session's. Beyond a limit the
/// WebSocket is not read, so that a client which sends faster than the session's loop takes does not fill the
/// memory. Thread-safe.
@SuppressWarnings("serial")
final class InFlightBytes extends AtomicInteger {

    private static final int BYTES_MAX = 256 * 1024;

    /// What a task takes beside its message.
    private static final int TASK_BYTES = 100;

    /// Runs `action` on the session's event loop, and counts the `bytes` of its message until then.
    void dispatch(ChannelHandlerContext ctx, EngineSocket session, int bytes, Runnable action) {
        int held = bytes + TASK_BYTES;
        if (addAndGet(held) > BYTES_MAX) {
            ctx.channel().config().setAutoRead(false);
        }
        session.loop().execute(() -> {
            action.run();
            int left = addAndGet(-held);
            if (left <= BYTES_MAX && left + held > BYTES_MAX) {
                ctx.executor().execute(() -> resumeReading(ctx));
            }
        });
    }

    private void resumeReading(ChannelHandlerContext ctx) {
        if (get() <= BYTES_MAX) {
            ctx.channel().config().setAutoRead(true);
        }
    }
}
