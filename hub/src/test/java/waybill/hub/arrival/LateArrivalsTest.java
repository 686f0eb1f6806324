package waybill.hub.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.order.Actor;
import waybill.order.OrderState;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.FixStatus;

/// Arrivals of which the tracker learns late, or that are stored late.
class LateArrivalsTest extends ArrivalScenario {

    @Test
    void anArrivalThatTheJournalDoesNotTakeIsStoredWithTheNextFix() {
        order("m1", OrderState.IN_TRANSIT, STORE, ANNA);
        isJournalOpen = false;
        stay(ANNA, 60);
        assertThat(events).isEmpty();
        assertThat(tracker.postponedCount()).isPositive();

        isJournalOpen = true;
        stay(ANNA, 2);
        assertThat(events).containsExactly("m1 arrived DROPOFF 0");
    }

    @Test
    void reportsInFlightAreLimitedAndNoneIsSentTwice() {
        isJournalSlow = true;
        var drivers = ArrivalReports.IN_FLIGHT_MAX + 10;
        for (var i = 0; i < drivers; i++) {
            order("m" + i, OrderState.IN_TRANSIT, STORE, ANNA, Actor.driver("d" + i));
        }
        for (var round = 0; round < 4; round++) {
            second++;
            for (var i = 0; i < drivers; i++) {
                tracker.accept(fix("d" + i, north(ANNA, 200), second), FixStatus.ACCEPTED, now());
            }
        }
        assertThat(waiting).hasSize(ArrivalReports.IN_FLIGHT_MAX);

        isJournalSlow = false;
        IntStream.range(0, waiting.size()).forEach(i -> answers.get(i).complete(decide(waiting.get(i))));
        second++;
        for (var i = 0; i < drivers; i++) {
            tracker.accept(fix("d" + i, north(ANNA, 200), second), FixStatus.ACCEPTED, now());
        }
        assertThat(events).hasSize(drivers).doesNotHaveDuplicates();
    }

    @Test
    void afterARestartTheTrackerContinuesFromTheOrdersArrivals() {
        order("m1", OrderState.ASSIGNED_TO_DRIVER, STORE, ANNA);
        drive(north(STORE, -200), 10);
        tracker = tracker();
        stay(STORE, 60);
        tracker = tracker();
        stay(STORE, 60);
        assertThat(events).containsExactly("m1 arriving PICKUP", "m1 arrived PICKUP 10");
    }

    @Test
    void fixesFromBeforeTheAssignmentAreNoArrival() {
        var order = order("m1", OrderState.ASSIGNED_TO_DRIVER, STORE, ANNA);
        tracker.startStop(order.id(), atMs(100));
        stay(STORE, 90);
        assertThat(events).isEmpty();
        second = 100;
        stay(STORE, 30);
        assertThat(events).containsExactly("m1 arriving PICKUP", "m1 arrived PICKUP 100");
    }

    @Test
    void anOfflineBufferHasAnArrivalAndNoAnnouncementOfThePast() {
        order("m1", OrderState.IN_TRANSIT, STORE, ANNA);
        var buffer = new ArrayList<ClassifiedFix>();
        for (var i = 0; i < 60; i++) {
            var place = i < 20 ? north(ANNA, 2_000 - i * 100) : i < 40 ? ANNA : north(ANNA, (i - 40) * 100);
            buffer.add(new ClassifiedFix(fix("kari", place, i * 5), FixStatus.ACCEPTED));
        }
        tracker.acceptAll("kari", buffer, atMs(3_600));
        assertThat(events).containsExactly("m1 arrived DROPOFF 100");
    }

    @Test
    void lateFixesCorrectAnArrivalAndMakeNoSecondOne() {
        order("m1", OrderState.IN_TRANSIT, STORE, ANNA);
        second = 100;
        stay(ANNA, 60);
        assertThat(events).containsExactly("m1 arriving DROPOFF", "m1 arrived DROPOFF 100");
        var late = IntStream.range(40, 100)
                .mapToObj(i -> new ClassifiedFix(fix("kari", i < 60 ? north(ANNA, 900) : ANNA, i), FixStatus.STALE))
                .toList();
        tracker.acceptAll("kari", late, now());
        tracker.accept(fix("kari", ANNA, 59), FixStatus.STALE, now());
        tracker.accept(fix("kari", ANNA, 58), FixStatus.IMPLAUSIBLE, now());
        assertThat(events.subList(2, events.size())).containsExactly("m1 corrected DROPOFF 60");
    }
}
