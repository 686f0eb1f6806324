package waybill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.wire.RawClient;

/// Questions that a client does not answer are kept no longer than their answers are waited for.
class AckTimeoutTest {

    private static final long TIMEOUT_S = 30;

    private final SocketServer server = new SocketServer(Config.defaults());
    private final LinkedBlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();
    private final RawClient peer;

    AckTimeoutTest() {
        server.of("/").onConnection(sockets::add);
        int port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
        peer = RawClient.openWebSocket(port, "/socket.io/?EIO=4&transport=websocket");
        assertThat(peer.readFrame().text()).startsWith("0{");
        peer.sendText("40");
        assertThat(peer.readFrame().text()).startsWith("40{");
    }

    @AfterEach
    void stop() {
        peer.close();
        server.close(Duration.ZERO);
    }

    private static int pendingAcks(Socket socket) throws Exception {
        return CompletableFuture.supplyAsync(socket::pendingAckCount, socket.loop())
                .get(TIMEOUT_S, TimeUnit.SECONDS);
    }

    @Test
    void aPendingAckIsRemovedOnTimeout() throws Exception {
        var socket = sockets.take();
        var longer = socket.emitWithAck("longer").toCompletableFuture();
        var alone = socket.timeout(Duration.ofMillis(20)).emitWithAck("alone").toCompletableFuture();
        var many = server.of("/")
                .timeout(Duration.ofMillis(20))
                .emitWithAck("many")
                .toCompletableFuture();
        assertThatThrownBy(() -> alone.get(TIMEOUT_S, TimeUnit.SECONDS)).hasCauseInstanceOf(AckException.class);
        assertThatThrownBy(() -> many.get(TIMEOUT_S, TimeUnit.SECONDS)).hasCauseInstanceOf(AckException.class);
        while (pendingAcks(socket) > 1) {
            Thread.onSpinWait(); // it is removed by a task of its own
        }
        assertThat(peer.readFrame().text()).isEqualTo("420[\"longer\"]");
        peer.sendText("430[\"here\"]");
        assertThat(longer.get(TIMEOUT_S, TimeUnit.SECONDS).string(0)).isEqualTo("here");
        assertThat(pendingAcks(socket)).isZero();
    }
}
