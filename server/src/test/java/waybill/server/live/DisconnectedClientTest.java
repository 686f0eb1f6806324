package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ADMIN;
import static waybill.server.live.DialectServerFixture.ANNA;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.hub.HubCommands;
import waybill.messaging.ClientCheckpoint;
import waybill.order.Actor;
import waybill.order.EmitTarget;
import waybill.order.HubEvent;

/// A client for which the store has not been read yet: what it missed is unknown, and it may disconnect before.
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
    }

    private void holdReads() {
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
        holdReads();
        var anna = connect();
        var session = fixture.clients().ofUser(ANNA.user()).findAny().orElseThrow();
        var accepted = 0;
        while (waits(session)) {
            accepted++;
        }
        assertThat(accepted).isEqualTo(ClientSession.WAITING_MAX);
        fixture.disconnect(anna, ANNA);
        assertThat(waits(session)).as("the others were discarded").isTrue();
    }

    @Test
    void theFirstClientOfAUserIsSentTheEventsForAllFromItsConnectionOn() {
        holdReads();
        emitToAll("shop:before");
        var anna = connect();
        emitToAll("shop:during");
        readsGoOn.countDown();
        emitToAll("shop:last");
        assertThat(untilLast(anna)).containsExactly("shop:during");
    }

    @Test
    void soIsItsNextClientIfItDisconnectsBefore() {
        holdReads();
        fixture.place(ANNA, "acme");
        emitToAll("shop:before");
        fixture.disconnect(connect(), ANNA);
        emitToAll("shop:away");
        fixture.disconnect(connect(), ANNA);
        emitToAll("shop:away-again");
        readsGoOn.countDown();
        var back = connect();
        emitToAll("shop:last");
        assertThat(untilLast(back)).containsExactly("order:status_update", "shop:away", "shop:away-again");
    }

    @Test
    void soIsTheFirstClientInADialectOfAUserThatIsConnectedInAnother() {
        fixture.connect("/storefront", ANNA);
        fixture.place(ANNA, "acme");
        var checkpoint = new ClientCheckpoint(
                ANNA.user().toString(), "storefront", 0, false, fixture.clock().instant());
        fixture.store()
                .journal()
                .submit(unit -> {
                    unit.saveClientCheckpoint("this-node", checkpoint);
                    return true;
                })
                .join();
        fixture.awaitRelay();
        holdReads();
        var anna = connect();
        emitToAll("shop:during");
        readsGoOn.countDown();
        emitToAll("shop:last");
        assertThat(untilLast(anna)).containsExactly("shop:during");
    }

    private LiveTestClient connect() {
        return fixture.connect("/realtime", Map.of("token", fixture.token(ANNA)), "");
    }

    private void emitToAll(String name) {
        fixture.store()
                .journal()
                .submit(work -> HubCommands.emit(
                        work,
                        new HubEvent.BackendEmitted(new EmitTarget.AllUsers(), name, "{}"),
                        Actor.of(ADMIN),
                        fixture.clock().instant()))
                .join();
        fixture.awaitRelay();
    }

    private static List<String> untilLast(LiveTestClient socket) {
        return Stream.generate(() -> socket.nextEvent().event())
                .takeWhile(event -> !event.equals("shop:last"))
                .filter(event -> !event.equals("connected"))
                .toList();
    }

    private static boolean waits(ClientSession session) {
        var accepted = new CompletableFuture<Boolean>();
        session.socket.loop().execute(() -> accepted.complete(session.whenLive(() -> {})));
        return accepted.join();
    }
}
