package waybill.hub.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.order.Actor;
import waybill.order.OrderState;
import waybill.tracking.FixStatus;

/// Drivers that arrive at the stops of their orders, as their positions are reported.
class ArrivalTrackerTest extends ArrivalScenario {

    @Test
    void aDriverArrivesOnceAtTheStoreAndOnceAtTheCustomer() {
        var order = order("m1", OrderState.ASSIGNED_TO_DRIVER, STORE, ANNA);
        drive(north(STORE, -1_000), 1);
        stay(STORE, 60);
        assertThat(events).containsExactly("m1 arriving PICKUP", "m1 arrived PICKUP 10");

        pickUp(order);
        drive(north(STORE, 1_500), 5);
        stay(ANNA, 60);
        drive(north(STORE, 1_500), 5);
        stay(ANNA, 60);
        assertThat(events.subList(2, events.size())).containsExactly("m1 arriving DROPOFF", "m1 arrived DROPOFF 80");
        assertThat(requests).as("one for each event").isEqualTo(4);
    }

    @Test
    void severalOrdersAtOneCustomerHaveAnEventEach() {
        order("m1", OrderState.IN_TRANSIT, STORE, ANNA);
        order("m2", OrderState.PICKED_UP, STORE, north(ANNA, 10));
        order("m3", OrderState.PICKED_UP, STORE, BEN);
        stay(ANNA, 60);
        assertThat(events)
                .containsExactlyInAnyOrder(
                        "m1 arriving DROPOFF", "m2 arriving DROPOFF", "m1 arrived DROPOFF 0", "m2 arrived DROPOFF 0");
    }

    @Test
    void noCustomerIsToldOfADriverThatGoesToAnotherBefore() {
        var first = order("m1", OrderState.IN_TRANSIT, STORE, ANNA);
        order("m2", OrderState.IN_TRANSIT, STORE, BEN);
        stay(BEN, 60);
        assertThat(events).isEmpty();

        active.apply(first.withState(OrderState.DELIVERED).withSequence(++sequence));
        stay(BEN, 60);
        assertThat(events).containsExactly("m2 arriving DROPOFF", "m2 arrived DROPOFF 60");
    }

    @Test
    void aStoreIsNotToldOfADriverThatPassesOnItsWayToACustomer() {
        order("m1", OrderState.IN_TRANSIT, STORE, ANNA);
        order("m2", OrderState.ASSIGNED_TO_DRIVER, STORE, BEN);
        drive(north(STORE, 300), 10);
        assertThat(events).isEmpty();
        stay(STORE, 60);
        assertThat(events).as("it has come all the same").containsExactly("m2 arrived PICKUP 10");
    }

    @Test
    void aStopWithoutCoordinatesHasNoArrivals() {
        order("m1", OrderState.IN_TRANSIT, STORE, null);
        stay(ANNA, 60);
        assertThat(events).isEmpty();
    }

    @Test
    void anotherDriverArrivesAnew() {
        var order = order("m1", OrderState.ASSIGNED_TO_DRIVER, STORE, ANNA);
        stay(STORE, 60);
        active.apply(active.byId(order.id())
                .orElseThrow()
                .withDriver(Actor.driver("ola"))
                .withSequence(++sequence));
        tracker.startStop(order.id(), atMs(second));
        stay(STORE, 60);
        for (var i = 0; i < 60; i++) {
            tracker.accept(fix("ola", STORE, second++), FixStatus.ACCEPTED, now());
        }
        assertThat(events)
                .containsExactly(
                        "m1 arriving PICKUP", "m1 arrived PICKUP 0", "m1 arriving PICKUP", "m1 arrived PICKUP 120");
    }

    @Test
    void aDriverThatGetsAnOrderBackArrivesAnew() {
        var order = order("m1", OrderState.ASSIGNED_TO_DRIVER, STORE, ANNA);
        stay(STORE, 60);
        for (var driver : List.of("ola", "kari")) {
            active.apply(active.byId(order.id())
                    .orElseThrow()
                    .withDriver(Actor.driver(driver))
                    .withSequence(++sequence));
            tracker.startStop(order.id(), atMs(second));
        }
        stay(STORE, 60);
        assertThat(events).hasSize(4).endsWith("m1 arrived PICKUP 60");
    }
}
