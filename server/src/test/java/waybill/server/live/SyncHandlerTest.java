package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.BEN;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import waybill.access.Principal;
import waybill.order.OrderCommand;
import waybill.order.OrderState;

/// `sync`, in every dialect.
class SyncHandlerTest extends SecuredHubTest {

    private static final List<String> NAMESPACES = List.of("/realtime", "/marketplace", "/storefront");

    @Test
    void syncReturnsWhatAConnectedClientReceived() {
        for (var namespace : NAMESPACES) {
            for (var principal : List.of(ANNA, SHOP, KARI)) {
                var since = fixture.store().eventLog().lastSequence();
                var stayed = fixture.connect(namespace, principal);
                stayed.receivedEvents();
                fixture.execute(fixture.placeInTransit(KARI), new OrderCommand.Deliver(), KARI);
                fixture.place(BEN, "flowers");
                fixture.awaitRelay();
                var heard = stayed.receivedEvents().stream()
                        .filter(one -> one.ack() == null) // what must be confirmed is said apart
                        .map(one -> one.event() + " " + one.payload())
                        .toList();
                var answer = fixture.connect(namespace, principal).emitWithAck("sync", json("since", since));
                assertThat(answer.optBoolean("complete")).isTrue();
                assertThat(events(answer)).containsAll(heard);
                assertThat(heard).isNotEmpty();
            }
        }
    }

    @Test
    void syncReturnsOnlyEventsForTheUser() {
        fixture.place(ANNA, "acme");
        fixture.awaitRelay();
        for (var namespace : NAMESPACES) {
            var answer = fixture.connect(namespace, BEN).emitWithAck("sync", json("since", 0));
            assertThat(events(answer)).isEmpty();
            assertThat(answer.optBoolean("complete")).isTrue();
        }
    }

    @Test
    void anIdThatIsAheadOfTheLogIsNotOfThisHub() {
        fixture.place(ANNA, "acme");
        var answer = fixture.connect("/realtime", ANNA).emitWithAck("sync", json("since", 1_000));
        assertThat(answer.optBoolean("ok")).isTrue();
        assertThat(answer.optBoolean("complete", true)).isFalse();
    }

    @Test
    void aSyncOverTheLimitIsIncomplete() {
        for (var i = 0; i <= SyncHandler.EVENTS_MAX; i++) {
            fixture.place(ANNA, "acme");
        }
        var anna = fixture.connect("/realtime", ANNA);
        var answer = anna.emitWithAck("sync", json("since", 0));
        assertThat(answer.optBoolean("complete", true)).isFalse();
        assertThat(events(answer)).isEmpty();
        assertThat(anna.emitWithAck("sync", json("since", 1)).optBoolean("complete"))
                .isTrue();
    }

    @Test
    void aSyncOfTooManyCharactersIsIncomplete() {
        var shop = fixture.connect("/realtime", SHOP);
        for (var characters = 0; characters <= SyncHandler.CHARACTERS_MAX; characters += 200_000) {
            fixture.placeLarge(ANNA);
        }
        fixture.awaitRelay();
        var answer = shop.emitWithAck("sync", json("since", 0));
        assertThat(answer.optBoolean("complete", true)).isFalse();
        assertThat(events(answer)).isEmpty();
        var newest = fixture.store().eventLog().lastSequence() - 1;
        assertThat(shop.emitWithAck("sync", json("since", newest)).optBoolean("complete"))
                .isTrue();
    }

    @Test
    void theSyncsOfOneUserTakeTurns() throws InterruptedException {
        var sockets = Stream.generate(() -> fixture.connect("/realtime", ANNA))
                .limit(5)
                .toList();
        sockets.forEach(socket -> socket.emitWithAck("sync", json("since", 0))); // what it missed was read before
        var readers = (ThreadPoolExecutor) fixture.parts().core().blockingExecutor();
        var blocked = new CountDownLatch(DialectServerFixture.READERS);
        var goOn = new CountDownLatch(1);
        for (var i = 0; i < DialectServerFixture.READERS; i++) {
            readers.execute(() -> {
                blocked.countDown();
                await(goOn);
            });
        }
        blocked.await();
        try {
            var answers = sockets.stream()
                    .flatMap(socket -> Stream.of(1, 2).map(_ -> socket.emitAsync("sync", json("since", 0))))
                    .toList();
            sockets.forEach(socket -> socket.error("sync", json("since", 0))); // a third of the same socket
            assertThat(readers.getQueue())
                    .filteredOn(task -> task.getClass().getSimpleName().equals("AsyncRun")) // no deadline, no due job
                    .hasSize(SyncHandler.SYNCS_AT_ONCE_OF_USER_MAX);
            goOn.countDown();
            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(answer.join().optBoolean("complete")).isTrue());
        } finally {
            goOn.countDown();
        }
    }

    @Test
    void noEventIsLostBetweenSyncAndBroadcast() {
        for (var round = 0; round < 20; round++) {
            var since = fixture.store().eventLog().lastSequence();
            var writer = Thread.ofPlatform().start(() -> {
                for (var i = 0; i < 20; i++) {
                    fixture.place(ANNA, "acme");
                }
            });
            var anna = fixture.connect("/realtime", ANNA);
            var answer = anna.emitWithAck("sync", json("since", since));
            join(writer);
            fixture.awaitRelay();
            var ids = new HashSet<Long>();
            events(answer).forEach(event -> ids.add(eventId(event)));
            anna.receivedEvents().forEach(one -> ids.add(one.payload().optLong("eventId")));
            ids.remove(0L); // the greeting has none
            assertThat(ids)
                    .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(
                                    since + 1, fixture.store().eventLog().lastSequence())
                            .boxed()
                            .toList());
            anna.close();
        }
    }

    @Test
    void whatIsMissedIsOnesOwn() {
        var order = fixture.place(ANNA, "acme", OrderState.READY_FOR_PICKUP);
        fixture.awaitRelay();
        Principal[] parties = {ANNA, SHOP};
        for (var party : parties) {
            assertThat(events(fixture.connect("/realtime", party).emitWithAck("sync", json("since", 0)))
                            .toString())
                    .contains(order.id().toString());
        }
    }

    private static long eventId(String event) {
        var at = event.indexOf("\"eventId\":") + "\"eventId\":".length();
        var end = at;
        while (end < event.length() && Character.isDigit(event.charAt(end))) {
            end++;
        }
        return Long.parseLong(event, at, end, 10);
    }

    private static List<String> events(JSONObject answer) {
        var events = new ArrayList<String>();
        var list = answer.optJSONArray("events");
        for (var i = 0; i < list.length(); i++) {
            var one = list.optJSONObject(i);
            events.add(one.optString("event") + " " + one.optJSONObject("data"));
        }
        return events;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
