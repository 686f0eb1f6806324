package waybill.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.realtime.House.ADMIN;
import static waybill.server.realtime.House.ANNA;
import static waybill.server.realtime.House.BEN;
import static waybill.server.realtime.House.KARI;
import static waybill.server.realtime.House.SHOP;
import static waybill.server.realtime.LiveSocket.json;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.order.Actor;
import waybill.order.OrderCommand;

/// What a client is sent on connecting that it missed, in every dialect.
class ReplayTest {

    private static final List<String> NAMESPACES = List.of("/realtime", "/marketplace", "/storefront", "/");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private House house;

    @BeforeEach
    void open() {
        house = House.secured(data);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aClientThatWasAwayIsSentWhatItMissedWithoutAsking() {
        for (var namespace : NAMESPACES) {
            var order = house.place(ANNA, "acme");
            var anna = house.connect(namespace, ANNA);
            house.does(order, new OrderCommand.Accept(), SHOP);
            house.settle();
            assertThat(statuses(anna.heardSoFar())).endsWith("accepted");
            house.leave(anna, ANNA);
            house.does(order, new OrderCommand.MarkReady(), SHOP);
            house.does(order, new OrderCommand.Claim(Actor.of(KARI)), KARI);
            house.does(order, new OrderCommand.PickUp(), KARI);
            house.settle();
            var back = house.connect(namespace, ANNA);
            house.does(order, new OrderCommand.Depart(), KARI);
            house.settle();
            assertThat(statuses(back.heardSoFar()))
                    .as(namespace)
                    .containsExactly("ready_for_pickup", "assigned_to_driver", "picked_up", "in_transit");
            house.leave(back, ANNA);
        }
    }

    @Test
    void itIsSentTheSameAfterTheHubWasStartedAgain() {
        var order = house.place(ANNA, "acme");
        var anna = house.connect("/realtime", ANNA);
        house.settle();
        anna.heardSoFar();
        house.restart();
        house.does(order, new OrderCommand.Accept(), SHOP);
        house.settle();
        var back = house.connect("/realtime", ANNA);
        assertThat(statuses(List.of(back.next("order:status_update")))).containsExactly("accepted");
    }

    @Test
    void anAdministratorAndAStoreMissNothingEither() {
        for (var principal : List.of(ADMIN, SHOP)) {
            house.leave(house.connect("/realtime", principal), principal);
            var order = house.place(ANNA, "acme");
            house.settle();
            var back = house.connect("/realtime", principal);
            assertThat(back.next("order:new").text("orderId"))
                    .isEqualTo(order.id().toString());
            assertThat(back.next("order:status_update").text("status")).isEqualTo("pending");
        }
    }

    @Test
    void aClientMaySayItselfWhatItKnows() {
        house.place(ANNA, "acme");
        house.place(ANNA, "acme");
        house.place(ANNA, "acme");
        house.settle();
        var anna = house.connect("/realtime", Map.of("token", house.token(ANNA), "since", "1"), "");
        assertThat(ids(anna.heardSoFar())).containsExactly(2L, 3L);
    }

    @Test
    void aClientWhoseIdIsOfAnotherLogIsToldOfTheGap() {
        house.place(ANNA, "acme");
        house.settle();
        var anna = house.connect("/realtime", Map.of("token", house.token(ANNA), "since", "17"), "");
        var gap = anna.next("sync:gap").payload();
        assertThat(gap.optBoolean("complete", true)).isFalse();
        assertThat(gap.optLong("since")).isEqualTo(17);
    }

    @Test
    void aClientThatMissedTooMuchIsToldOfTheGap() {
        house.leave(house.connect("/realtime", ANNA), ANNA);
        for (var i = 0; i <= Replay.EVENTS_MAX + Replay.PAGE_MAX; i++) {
            house.place(ANNA, "acme");
        }
        house.settle();
        var anna = house.connect("/realtime", ANNA);
        var gap = anna.next("sync:gap").payload();
        assertThat(gap.optBoolean("complete", true)).isFalse();
        var last = house.place(ANNA, "acme");
        assertThat(anna.next("order:status_update").text("orderId"))
                .isEqualTo(last.id().toString());
    }

    @Test
    void theFirstClientOfAUserIsSentWhatIsStillUnderWayAndNoMore() {
        var over = house.place(ANNA, "acme");
        house.does(over, new OrderCommand.Decline("closed"), SHOP);
        var active = house.place(ANNA, "acme");
        house.does(active, new OrderCommand.Accept(), SHOP);
        house.does(active, new OrderCommand.Assign(Actor.of(KARI)), SHOP);
        house.settle();
        var anna = house.connect("/realtime", ANNA).heardSoFar();
        assertThat(statuses(anna)).containsExactly("pending", "accepted", "accepted"); // and assigned
        assertThat(house.connect("/realtime", KARI).eventsSoFar()).contains("driver:new_assignment");
        assertThat(house.connect("/realtime", BEN).eventsSoFar()).containsExactly("connected");
        assertThat(house.connect("/realtime", ADMIN).eventsSoFar()).containsExactly("connected");
    }

    @Test
    void whatWasReceivedIsNotSentAgain() {
        house.place(ANNA, "acme");
        house.settle();
        var anna = house.connect("/realtime", ANNA);
        assertThat(ids(anna.heardSoFar())).containsExactly(1L);
        house.leave(anna, ANNA);
        assertThat(house.connect("/realtime", ANNA).eventsSoFar()).containsExactly("connected");
    }

    @Test
    void anotherClientOfAUserWhoIsHereBeginsNow() {
        house.place(ANNA, "acme");
        house.settle();
        var first = house.connect("/realtime", ANNA);
        assertThat(ids(first.heardSoFar())).containsExactly(1L);
        house.received(ANNA);
        var second = house.connect("/realtime", ANNA);
        house.place(ANNA, "acme");
        house.settle();
        assertThat(ids(second.heardSoFar())).containsExactly(2L);
    }

    @Test
    void aClientThatWatchedAnOrderHearsItsPositionsAgain() {
        var order = house.drivenBy(KARI);
        var anna = house.connect("/realtime", ANNA);
        anna.ask("subscribe:order", json("orderId", order.id().toString()));
        house.leave(anna, ANNA);
        house.restart();
        var back = house.connect("/realtime", ANNA);
        back.heardSoFar();
        house.connect("/realtime", KARI).ask("driver:location", json("latitude", 59.91, "longitude", 10.75));
        assertThat(back.next("driver:location_update").text("orderId"))
                .isEqualTo(order.id().toString());
    }

    @Test
    void whatIsMissedComesBeforeWhatIsNewAndNothingFallsBetween() {
        house.leave(house.connect("/realtime", ANNA), ANNA);
        for (var round = 0; round < 10; round++) {
            var since = house.store().log().head();
            var order = house.place(ANNA, "acme");
            var writer = Thread.ofPlatform().start(() -> {
                for (var i = 0; i < 30; i++) {
                    house.place(ANNA, "acme");
                }
            });
            var anna = house.connect("/realtime", ANNA);
            join(writer);
            house.settle();
            anna.ask("unsubscribe:order", json("orderId", order.id().toString())); // answered behind what was missed
            assertThat(ids(anna.heardSoFar()))
                    .containsExactlyElementsOf(LongStream.rangeClosed(
                                    since + 1, house.store().log().head())
                            .boxed()
                            .toList());
            house.leave(anna, ANNA);
        }
    }

    @Test
    void whatIsAskedMeanwhileIsAnsweredBehindWhatWasMissed() {
        var order = house.place(ANNA, "acme");
        house.settle();
        var anna = house.connect("/realtime", ANNA);
        var answer = anna.ask("subscribe:order", json("orderId", order.id().toString()));
        assertThat(answer.optBoolean("ok")).isTrue();
        assertThat(ids(anna.heardSoFar())).containsExactly(1L);
    }

    @Test
    void theNewestSocketMayTakeThePlaceOfTheOldest() {
        house.close();
        house = House.secured(
                data.resolve("newest"),
                LiveLimits.defaults().withSocketsPerUser(1).withNewestWins(true));
        var first = house.connect("/realtime", ANNA);
        house.place(ANNA, "acme");
        house.settle();
        assertThat(ids(first.heardSoFar())).containsExactly(1L);
        house.received(ANNA);
        var second = house.connect("/realtime", ANNA);
        assertThat(first.next("auth:replaced").text("code")).isEqualTo("conflict");
        first.awaitDisconnect();
        house.place(ANNA, "acme");
        house.settle();
        assertThat(ids(second.heardSoFar())).containsExactly(2L);
    }

    private static List<String> statuses(List<LiveSocket.Heard> heard) {
        return heard.stream()
                .filter(one -> one.event().matches("order:status[:_]update"))
                .map(one -> one.text("status"))
                .toList();
    }

    /// Of the events that have one, each once.
    private static List<Long> ids(List<LiveSocket.Heard> heard) {
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
