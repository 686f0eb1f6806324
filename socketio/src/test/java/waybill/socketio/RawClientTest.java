package waybill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import waybill.socketio.wire.ServerFixture;

/// A test of an application's side of the main namespace, with raw clients on the other side.
abstract class RawClientTest {

    static final long TIMEOUT_S = 30;

    final ServerFixture wired = new ServerFixture(Config.defaults().withEngine(engine -> engine.withLoops(2)));
    final Namespace main = wired.server().of("/");
    final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();

    RawClientTest() {
        main.onConnection(sockets::add);
    }

    @AfterEach
    void stop() {
        wired.close();
    }

    /// The socket of the client that connected next.
    final Socket socket() throws InterruptedException {
        var socket = sockets.poll(TIMEOUT_S, TimeUnit.SECONDS);
        assertThat(socket).isNotNull();
        return socket;
    }

    /// What the application received next.
    final @Nullable Object next() throws InterruptedException {
        return received.poll(TIMEOUT_S, TimeUnit.SECONDS);
    }
}
