package waybill.socketio.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/// Closes an HTTP connection of which a part of a request is not read. The client is read from for a moment after
/// the response: closed at once, the network would discard a response that the client has not read yet.
final class LingeringClose {

    /// How long a client may take to see that its connection ends.
    private static final int LINGER_MS = 2_000;

    private LingeringClose() {}

    /// Closes the connection of an exchange whose response, its last one, has been written.
    static void closeAfter(HttpExchange exchange) {
        var ctx = exchange.ctx();
        if (exchange.hasUnreadBody()) {
            close(ctx, ctx.newPromise());
        } else {
            ctx.close();
        }
    }

    static void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (ctx.channel() instanceof DuplexChannel channel && channel.isActive()) {
            channel.config().setAutoRead(true);
            channel.shutdownOutput();
            ctx.executor().schedule(() -> ctx.close(promise), LINGER_MS, TimeUnit.MILLISECONDS);
        } else {
            ctx.close(promise);
        }
    }
}
