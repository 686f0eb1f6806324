package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ANNA;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A client that disconnects before it was sent what it missed.
class DisconnectedClientTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final CountDownLatch readsGoOn = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init")
    private DialectServerFixture fixture;

    @BeforeEach
    void open() {
        fixture = DialectServerFixture.secured(data);
        for (var i = 0; i < DialectServerFixture.READERS; i++) {
            fixture.parts().core().blockingExecutor().execute(this::block);
        }
    }

    private void block() {
        try {
            readsGoOn.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        readsGoOn.countDown();
        fixture.close();
    }

    @Test
    void theRequestsThatWaitForItAreDiscarded() {
        var anna = fixture.connect("/realtime", Map.of("token", fixture.token(ANNA)), "");
        var session = fixture.clients().ofUser(ANNA.user()).findAny().orElseThrow();
        var accepted = 0;
        while (waits(session)) {
            accepted++;
        }
        assertThat(accepted).isEqualTo(ClientSession.WAITING_MAX);
        fixture.disconnect(anna, ANNA);
        assertThat(waits(session)).as("the others were discarded").isTrue();
    }

    private static boolean waits(ClientSession session) {
        var accepted = new CompletableFuture<Boolean>();
        session.socket.loop().execute(() -> accepted.complete(session.whenLive(() -> {})));
        return accepted.join();
    }
}
