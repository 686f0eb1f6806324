package waybill.socketio.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.Config;
import waybill.socketio.SocketServer;

/// A WebSocket on another event loop than its session, which handles less than the client sends.
class SlowSessionLoopTest {

    private static final int MESSAGES = 4_000;
    private static final String TEXT = "x".repeat(10_000);
    private static final long READ_MAX = 2L * 1024 * 1024; // what may be read of 40 MB

    private final SocketServer server = new SocketServer(Config.defaults());
    private final CompletableFuture<Long> readUntilPause = new CompletableFuture<>();
    private final TwoLoopServer loops = new TwoLoopServer(server, ReadCounter::new);
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch unhandled = new CountDownLatch(MESSAGES);

    @AfterEach
    void stop() {
        goOn.countDown();
        loops.close();
    }

    @Test
    void theClientIsNotReadFurtherUntilTheSessionsLoopHasHandledWhatArrived() throws Exception {
        server.of("/").on("message", (_, _, _) -> unhandled.countDown());
        server.of("/").on("block", (_, _, _) -> {
            blocked.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (var session = loops.openSession();
                var client = loops.openOnOtherLoop(session)) {
            client.sendText("2probe");
            assertThat(client.readFrame().text()).isEqualTo("3probe");
            client.sendText("5");
            client.sendText("40");
            assertThat(client.readFrame().text()).startsWith("40{");
            client.sendText("42[\"block\"]");
            blocked.await();
            var sender = Thread.startVirtualThread(() -> sendAll(client));
            assertThat(readUntilPause.get(RawClient.TIMEOUT_MS, TimeUnit.MILLISECONDS))
                    .isLessThan(READ_MAX);
            assertThat(unhandled.getCount()).isEqualTo(MESSAGES);
            goOn.countDown();
            sender.join();
            assertThat(unhandled.await(RawClient.TIMEOUT_MS, TimeUnit.MILLISECONDS))
                    .isTrue();
        }
    }

    private static void sendAll(RawClient client) {
        for (int i = 0; i < MESSAGES; i++) {
            client.sendText("42[\"message\",\"" + TEXT + "\"]");
        }
    }

    /// Counts the bytes that are read from a connection.
    private final class ReadCounter extends ChannelInboundHandlerAdapter {

        private long read;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            read += ((ByteBuf) message).readableBytes();
            ctx.fireChannelRead(message);
            if (!ctx.channel().config().isAutoRead()) {
                readUntilPause.complete(read);
            }
        }
    }
}
