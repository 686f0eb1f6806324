package waybill.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.realtime.House.ANNA;
import static waybill.server.realtime.House.BEN;
import static waybill.server.realtime.House.KARI;
import static waybill.server.realtime.House.SHOP;
import static waybill.server.realtime.LiveSocket.json;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.order.OrderCommand;
import waybill.order.OrderState;

/// `sync`, in every dialect.
class MissedTest {

    private static final List<String> NAMESPACES = List.of("/realtime", "/marketplace", "/storefront");

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
    void whoWasAwayGetsWhatWhoStayedHasHeard() {
        for (var namespace : NAMESPACES) {
            for (var principal : List.of(ANNA, SHOP, KARI)) {
                var since = house.store().log().head();
                var stayed = house.connect(namespace, principal);
                stayed.heardSoFar();
                house.does(house.drivenBy(KARI), new OrderCommand.Deliver(), KARI);
                house.place(BEN, "flowers");
                house.settle();
                var heard = stayed.heardSoFar().stream()
                        .filter(one -> one.ack() == null) // what must be confirmed is said apart
                        .map(one -> one.event() + " " + one.payload())
                        .toList();
                var answer = house.connect(namespace, principal).ask("sync", json("since", since));
                assertThat(answer.optBoolean("complete")).isTrue();
                assertThat(events(answer)).containsAll(heard);
                assertThat(heard).isNotEmpty();
            }
        }
    }

    @Test
    void nobodyGetsWhatIsNotForThem() {
        house.place(ANNA, "acme");
        house.settle();
        for (var namespace : NAMESPACES) {
            var answer = house.connect(namespace, BEN).ask("sync", json("since", 0));
            assertThat(events(answer)).isEmpty();
            assertThat(answer.optBoolean("complete")).isTrue();
        }
    }

    @Test
    void anIdThatIsAheadOfTheLogIsNotOfThisHub() {
        house.place(ANNA, "acme");
        var answer = house.connect("/realtime", ANNA).ask("sync", json("since", 1_000));
        assertThat(answer.optBoolean("ok")).isTrue();
        assertThat(answer.optBoolean("complete", true)).isFalse();
    }

    @Test
    void whoHasMissedTooMuchReadsAnew() {
        for (var i = 0; i <= Missed.EVENTS_MAX; i++) {
            house.place(ANNA, "acme");
        }
        var anna = house.connect("/realtime", ANNA);
        var answer = anna.ask("sync", json("since", 0));
        assertThat(answer.optBoolean("complete", true)).isFalse();
        assertThat(events(answer)).isEmpty();
        assertThat(anna.ask("sync", json("since", 1)).optBoolean("complete")).isTrue();
    }

    @Test
    void nothingFallsBetweenWhatWasMissedAndWhatIsHeard() {
        for (var round = 0; round < 20; round++) {
            var since = house.store().log().head();
            var writer = Thread.ofPlatform().start(() -> {
                for (var i = 0; i < 20; i++) {
                    house.place(ANNA, "acme");
                }
            });
            var anna = house.connect("/realtime", ANNA);
            var answer = anna.ask("sync", json("since", since));
            join(writer);
            house.settle();
            var ids = new HashSet<Long>();
            events(answer).forEach(event -> ids.add(eventId(event)));
            anna.heardSoFar().forEach(one -> ids.add(one.payload().optLong("eventId")));
            ids.remove(0L); // the greeting has none
            assertThat(ids)
                    .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(
                                    since + 1, house.store().log().head())
                            .boxed()
                            .toList());
            anna.close();
        }
    }

    @Test
    void whatIsMissedIsOnesOwn() {
        var order = house.place(ANNA, "acme", OrderState.READY_FOR_PICKUP);
        house.settle();
        Principal[] parties = {ANNA, SHOP};
        for (var party : parties) {
            assertThat(events(house.connect("/realtime", party).ask("sync", json("since", 0)))
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

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
