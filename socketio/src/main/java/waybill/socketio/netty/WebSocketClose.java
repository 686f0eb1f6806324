package waybill.socketio.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import waybill.socketio.engine.CloseReason;

/// How WebSockets are closed, and the codes of their close frames.
final class WebSocketClose {

    /// How long a client may take to read what is before its close frame.
    private static final int CLOSE_MAX_MS = 5_000;

    static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int SERVICE_RESTART = 1012;

    private WebSocketClose() {}

    static int of(CloseReason reason) {
        return switch (reason) {
            case SERVER_SHUTTING_DOWN -> SERVICE_RESTART;
            case PARSE_ERROR, TRANSPORT_ERROR -> PROTOCOL_ERROR;
            case PING_TIMEOUT -> GOING_AWAY;
            case TRANSPORT_CLOSE, FORCED_CLOSE -> NORMAL;
        };
    }

    static String describe(Throwable cause) {
        return Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    }

    static ReportedError.Reason errorReason(WebSocketCloseStatus status) {
        if (status.equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)) {
            return ReportedError.Reason.TOO_LARGE;
        }
        return status.equals(WebSocketCloseStatus.TRY_AGAIN_LATER)
                ? ReportedError.Reason.MEMORY
                : ReportedError.Reason.PROTOCOL_ERROR;
    }

    /// Writes the last frame and closes the channel behind it, or when a client that does not read has had its
    /// time.
    static void closeAfter(ChannelHandlerContext ctx, ByteBuf lastFrame) {
        var written = ctx.writeAndFlush(lastFrame);
        written.addListener(ChannelFutureListener.CLOSE);
        if (!written.isDone()) {
            var timeout = ctx.executor().schedule(() -> ctx.close(), CLOSE_MAX_MS, TimeUnit.MILLISECONDS);
            ctx.channel().closeFuture().addListener(_ -> timeout.cancel(false));
        }
    }
}
