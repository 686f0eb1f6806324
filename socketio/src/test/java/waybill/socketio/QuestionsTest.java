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
import waybill.socketio.wire.Peer;

/// Questions that a client does not answer are kept no longer than their answers are waited for.
class QuestionsTest {

    private static final long PATIENCE_S = 30;

    private final SocketServer server = new SocketServer(Config.defaults());
    private final LinkedBlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();
    private final Peer peer;

    QuestionsTest() {
        server.of("/").onConnection(sockets::add);
        int port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
        peer = Peer.webSocket(port, "/socket.io/?EIO=4&transport=websocket");
        assertThat(peer.hear().text()).startsWith("0{");
        peer.text("40");
        assertThat(peer.hear().text()).startsWith("40{");
    }

    @AfterEach
    void stop() {
        peer.close();
        server.close(Duration.ZERO);
    }

    private static int owed(Socket socket) throws Exception {
        return CompletableFuture.supplyAsync(socket::owedCount, socket.loop()).get(PATIENCE_S, TimeUnit.SECONDS);
    }

    @Test
    void aQuestionIsForgottenWhenItsTimeRunsOut() throws Exception {
        var socket = sockets.take();
        var longer = socket.emitWithAck("longer").toCompletableFuture();
        var alone = socket.timeout(Duration.ofMillis(20)).emitWithAck("alone").toCompletableFuture();
        var many = server.of("/")
                .timeout(Duration.ofMillis(20))
                .emitWithAck("many")
                .toCompletableFuture();
        assertThatThrownBy(() -> alone.get(PATIENCE_S, TimeUnit.SECONDS)).hasCauseInstanceOf(AckException.class);
        assertThatThrownBy(() -> many.get(PATIENCE_S, TimeUnit.SECONDS)).hasCauseInstanceOf(AckException.class);
        while (owed(socket) > 1) {
            Thread.onSpinWait(); // it is forgotten by a task of its own
        }
        assertThat(peer.hear().text()).isEqualTo("420[\"longer\"]");
        peer.text("430[\"here\"]");
        assertThat(longer.get(PATIENCE_S, TimeUnit.SECONDS).string(0)).isEqualTo("here");
        assertThat(owed(socket)).isZero();
    }
}
