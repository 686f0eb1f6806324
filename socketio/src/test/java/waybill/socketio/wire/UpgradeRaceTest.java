package waybill.socketio.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.Config;
import waybill.socketio.SocketServer;

/// Two WebSockets for one session that polls, on two event loops, where that of the first falls behind.
class UpgradeRaceTest {

    private final SocketServer server = new SocketServer(Config.defaults());
    private final CountDownLatch secondIsOpen = new CountDownLatch(1);
    private final TwoLoopServer loops = new TwoLoopServer(server, UpgradeDelay::new);

    @AfterEach
    void stop() {
        secondIsOpen.countDown();
        loops.close();
    }

    @Test
    void theWebSocketThatWasAskedForFirstTakesTheSessionOver() {
        server.of("/");
        try (var session = loops.openSession();
                var first = loops.openOnOtherLoop(session);
                var second = loops.openOnSessionLoop(session)) {
            assertThat(session.post("40").body()).isEqualTo("ok"); // behind the second WebSocket on their loop
            secondIsOpen.countDown();
            first.sendText("2probe");
            assertThat(first.readFrame().text()).isEqualTo("3probe");
            first.sendText("5");
            assertThat(first.readFrame().text()).startsWith("40{");
            assertThat(second.readFrame().opcode()).isEqualTo(RawClient.CLOSE);
        }
    }

    /// Blocks the event loop, once the response to the first WebSocket is on the wire, until the second is open.
    private final class UpgradeDelay extends ChannelOutboundHandlerAdapter {

        private boolean upgraded;

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            upgraded |= message instanceof ByteBuf bytes
                    && bytes.toString(ISO_8859_1).startsWith("HTTP/1.1 101");
            ctx.write(message, promise);
        }

        @Override
        public void flush(ChannelHandlerContext ctx) {
            ctx.flush();
            if (upgraded && secondIsOpen.getCount() > 0) {
                try {
                    assertThat(secondIsOpen.await(RawClient.TIMEOUT_MS, TimeUnit.MILLISECONDS))
                            .isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
