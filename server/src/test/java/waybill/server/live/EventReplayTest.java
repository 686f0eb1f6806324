package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ADMIN;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.BEN;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import waybill.order.Actor;
import waybill.order.OrderCommand;
import waybill.server.socket.SocketLimits;

/// What a client is sent on connecting that it missed, in every dialect.
class EventReplayTest extends SecuredHubTest {

    private static final List<String> NAMESPACES = List.of("/realtime", "/marketplace", "/storefront", "/");

    @Test
    void aClientThatWasAwayIsSentWhatItMissedWithoutAsking() {
        for (var namespace : NAMESPACES) {
            var order = fixture.place(ANNA, "acme");
            var anna = fixture.connect(namespace, ANNA);
            fixture.execute(order, new OrderCommand.Accept(), SHOP);
            fixture.awaitRelay();
            assertThat(statuses(anna.receivedEvents())).endsWith("accepted");
            fixture.disconnect(anna, ANNA);
            fixture.execute(order, new OrderCommand.MarkReady(), SHOP);
            fixture.execute(order, new OrderCommand.Claim(Actor.of(KARI)), KARI);
            fixture.execute(order, new OrderCommand.PickUp(), KARI);
            fixture.awaitRelay();
            var back = fixture.connect(namespace, ANNA);
            fixture.execute(order, new OrderCommand.StartTransit(), KARI);
            fixture.awaitRelay();
            assertThat(statuses(back.receivedEvents()))
                    .as(namespace)
                    .containsExactly("ready_for_pickup", "assigned_to_driver", "picked_up", "in_transit");
            fixture.disconnect(back, ANNA);
        }
    }

    @Test
    void itIsSentTheSameAfterTheHubWasStartedAgain() {
        var order = fixture.place(ANNA, "acme");
        var anna = fixture.connect("/realtime", ANNA);
        fixture.awaitRelay();
        anna.receivedEvents();
        fixture.restart();
        fixture.execute(order, new OrderCommand.Accept(), SHOP);
        fixture.awaitRelay();
        var back = fixture.connect("/realtime", ANNA);
        assertThat(statuses(List.of(back.nextEvent("order:status_update")))).containsExactly("accepted");
    }

    @Test
    void anAdministratorAndAStoreMissNothingEither() {
        for (var principal : List.of(SHOP, ADMIN)) { // a store is also sent orders that it has not confirmed
            var first = fixture.connect("/realtime", principal);
            fixture.awaitLive(principal);
            fixture.disconnect(first, principal);
            var order = fixture.place(ANNA, "acme");
            fixture.awaitRelay();
            var back = fixture.connect("/realtime", principal);
            assertThat(back.nextEvent("order:new").text("orderId"))
                    .isEqualTo(order.id().toString());
            assertThat(back.nextEvent("order:status_update").text("status")).isEqualTo("pending");
        }
    }

    @Test
    void aClientMaySetItsOwnStartEvent() {
        fixture.place(ANNA, "acme");
        fixture.place(ANNA, "acme");
        fixture.place(ANNA, "acme");
        fixture.awaitRelay();
        var anna = fixture.connect("/realtime", Map.of("token", fixture.token(ANNA), "since", "1"), "");
        assertThat(ids(anna.receivedEvents())).containsExactly(2L, 3L);
    }

    @Test
    void anEventIdOfAnotherLogSendsAGap() {
        fixture.place(ANNA, "acme");
        fixture.awaitRelay();
        var anna = fixture.connect("/realtime", Map.of("token", fixture.token(ANNA), "since", "17"), "");
        var gap = anna.nextEvent("sync:gap").payload();
        assertThat(gap.optBoolean("complete", true)).isFalse();
        assertThat(gap.optLong("since")).isEqualTo(17);
    }

    @Test
    void aReplayOverTheLimitSendsAGap() {
        fixture.disconnect(fixture.connect("/realtime", ANNA), ANNA);
        for (var i = 0; i <= EventReplay.EVENTS_MAX + EventReplay.PAGE_MAX; i++) {
            fixture.place(ANNA, "acme");
        }
        fixture.awaitRelay();
        var anna = fixture.connect("/realtime", ANNA);
        var gap = anna.nextEvent("sync:gap").payload();
        assertThat(gap.optBoolean("complete", true)).isFalse();
        var last = fixture.place(ANNA, "acme");
        assertThat(anna.nextEvent("order:status_update").text("orderId"))
                .isEqualTo(last.id().toString());
    }

    @Test
    void theFirstClientOfAUserIsSentWhatIsStillUnderWayAndNoMore() {
        var over = fixture.place(ANNA, "acme");
        fixture.execute(over, new OrderCommand.Decline("closed"), SHOP);
        var active = fixture.place(ANNA, "acme");
        fixture.execute(active, new OrderCommand.Accept(), SHOP);
        fixture.execute(active, new OrderCommand.Assign(Actor.of(KARI)), SHOP);
        fixture.awaitRelay();
        var anna = fixture.connect("/realtime", ANNA).receivedEvents();
        assertThat(statuses(anna)).containsExactly("pending", "accepted", "accepted"); // and assigned
        assertThat(fixture.connect("/realtime", KARI).receivedEventNames()).contains("driver:new_assignment");
        assertThat(fixture.connect("/realtime", BEN).receivedEventNames()).containsExactly("connected");
        assertThat(fixture.connect("/realtime", ADMIN).receivedEventNames()).containsExactly("connected");
    }

    @Test
    void whatWasReceivedIsNotSentAgain() {
        fixture.place(ANNA, "acme");
        fixture.awaitRelay();
        var anna = fixture.connect("/realtime", ANNA);
        assertThat(ids(anna.receivedEvents())).containsExactly(1L);
        fixture.disconnect(anna, ANNA);
        assertThat(fixture.connect("/realtime", ANNA).receivedEventNames()).containsExactly("connected");
    }

    @Test
    void aSecondSocketOfAConnectedUserStartsAtTheCurrentEvent() {
        fixture.place(ANNA, "acme");
        fixture.awaitRelay();
        var first = fixture.connect("/realtime", ANNA);
        assertThat(ids(first.receivedEvents())).containsExactly(1L);
        fixture.awaitReceived(ANNA);
        var second = fixture.connect("/realtime", ANNA);
        fixture.place(ANNA, "acme");
        fixture.awaitRelay();
        assertThat(ids(second.receivedEvents())).containsExactly(2L);
    }

    @Test
    void aReplayRestoresOrderSubscriptions() {
        var order = fixture.placeInTransit(KARI);
        var anna = fixture.connect("/realtime", ANNA);
        anna.emitWithAck("subscribe:order", json("orderId", order.id().toString()));
        fixture.disconnect(anna, ANNA);
        fixture.restart();
        var back = fixture.connect("/realtime", ANNA);
        back.receivedEvents();
        fixture.connect("/realtime", KARI).emitWithAck("driver:location", json("latitude", 59.91, "longitude", 10.75));
        assertThat(back.nextEvent("driver:location_update").text("orderId"))
                .isEqualTo(order.id().toString());
    }

    @Test
    void whatIsMissedComesBeforeWhatIsNewAndNothingFallsBetween() {
        fixture.disconnect(fixture.connect("/realtime", ANNA), ANNA);
        for (var round = 0; round < 10; round++) {
            var since = fixture.store().eventLog().lastSequence();
            var order = fixture.place(ANNA, "acme");
            var writer = Thread.ofPlatform().start(() -> {
                for (var i = 0; i < 30; i++) {
                    fixture.place(ANNA, "acme");
                }
            });
            var anna = fixture.connect("/realtime", ANNA);
            join(writer);
            fixture.awaitRelay();
            anna.emitWithAck(
                    "unsubscribe:order", json("orderId", order.id().toString())); // answered behind what was missed
            assertThat(ids(anna.receivedEvents()))
                    .containsExactlyElementsOf(LongStream.rangeClosed(
                                    since + 1, fixture.store().eventLog().lastSequence())
                            .boxed()
                            .toList());
            fixture.disconnect(anna, ANNA);
        }
    }

    @Test
    void whatIsAskedMeanwhileIsAnsweredBehindWhatWasMissed() {
        var order = fixture.place(ANNA, "acme");
        fixture.awaitRelay();
        var anna = fixture.connect("/realtime", ANNA);
        var answer =
                anna.emitWithAck("subscribe:order", json("orderId", order.id().toString()));
        assertThat(answer.optBoolean("ok")).isTrue();
        assertThat(ids(anna.receivedEvents())).containsExactly(1L);
    }

    @Test
    void theNewestSocketMayTakeThePlaceOfTheOldest() {
        fixture.close();
        fixture = DialectServerFixture.secured(
                data.resolve("newest"),
                SocketLimits.defaults().withSocketsPerUser(1).withNewestWins(true));
        var first = fixture.connect("/realtime", ANNA);
        fixture.place(ANNA, "acme");
        fixture.awaitRelay();
        assertThat(ids(first.receivedEvents())).containsExactly(1L);
        fixture.awaitReceived(ANNA);
        var second = fixture.connect("/realtime", ANNA);
        assertThat(first.nextEvent("auth:replaced").text("code")).isEqualTo("conflict");
        first.awaitDisconnect();
        fixture.place(ANNA, "acme");
        fixture.awaitRelay();
        assertThat(ids(second.receivedEvents())).containsExactly(2L);
    }

    private static List<String> statuses(List<LiveTestClient.ReceivedEvent> heard) {
        return heard.stream()
                .filter(one -> one.event().matches("order:status[:_]update"))
                .map(one -> one.text("status"))
                .toList();
    }

    /// Of the events that have one, each once.
    private static List<Long> ids(List<LiveTestClient.ReceivedEvent> heard) {
        var ids = new ArrayList<Long>();
        for (var one : heard) {
            var id = one.payload().optLong("eventId");
            if (id > 0) {
                ids.add(id);
            }
        }
        return ids;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
