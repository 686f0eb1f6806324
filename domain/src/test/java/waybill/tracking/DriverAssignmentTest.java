package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.Money;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderSamples;
import waybill.order.OrderState;

class DriverAssignmentTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Actor SHOP = new Actor(Actor.Kind.MERCHANT, "mia");
    private static final Actor KARI = Actor.driver("kari");
    private static final Actor OLA = Actor.driver("ola");

    private final List<LogEntry> history = new ArrayList<>();
    private Order order = OrderSamples.order(new OrderId(new UUID(1, 1)), NOON);

    /// Appends an event that occurred at `occurredAtSecond` and is received at `second`.
    private void append(OrderEvent event, Actor by, int second, int occurredAtSecond) {
        var before = order.state();
        order = switch (event) {
            case OrderEvent.Placed(var as) -> order.withState(as);
            case OrderEvent.StateChanged(var to, var _, var _) -> order.withState(to);
            case OrderEvent.Assigned(var driver, var _) -> order.withDriver(driver);
            case OrderEvent.DriverTakenOver(var driver, var _) -> order.withDriver(driver);
            case OrderEvent.HandedBack _ -> order.withoutDriver();
            case OrderEvent.Paid(var amount, var _) -> order.paid(amount);
            case OrderEvent.DriverArriving _, OrderEvent.DriverArrived _, OrderEvent.ArrivalCorrected _ -> order;
            case OrderEvent.Offered _, OrderEvent.OfferDeclined _, OrderEvent.OfferClosed _ -> order;
            case OrderEvent.ProofRecorded _, OrderEvent.OfTimes _, OrderEvent.OfLinks _ -> order;
        };
        history.add(new LogEntry(
                history.size() + 1,
                order,
                before,
                event,
                by,
                NOON.plusSeconds(occurredAtSecond),
                NOON.plusSeconds(second)));
    }

    private void append(OrderEvent event, Actor by, int second) {
        append(event, by, second, second);
    }

    private static OrderEvent stateChanged(OrderState to) {
        return new OrderEvent.StateChanged(to, "", OrderEvent.NO_DOCUMENT);
    }

    private static OrderEvent orderPlaced() {
        return new OrderEvent.Placed(OrderState.READY_FOR_PICKUP);
    }

    private static DriverAssignment assignment(Actor driver, int from, int until) {
        return new DriverAssignment(driver.id(), ms(from), ms(until));
    }

    private static long ms(int second) {
        return NOON.plusSeconds(second).toEpochMilli();
    }

    @Test
    void anOrderWithoutADriverHasNoAssignment() {
        append(orderPlaced(), SHOP, 0);
        assertThat(DriverAssignment.fromHistory(history)).isEmpty();
        assertThat(DriverAssignment.fromHistory(List.of())).isEmpty();
    }

    @Test
    void anAssignmentLastsUntilTheOrderEnds() {
        append(orderPlaced(), SHOP, 0);
        append(new OrderEvent.Assigned(KARI), SHOP, 10);
        assertThat(DriverAssignment.fromHistory(history))
                .containsExactly(new DriverAssignment("kari", ms(10), DriverAssignment.ONGOING));
        append(stateChanged(OrderState.ASSIGNED_TO_DRIVER), SHOP, 10);
        append(stateChanged(OrderState.PICKED_UP), KARI, 20);
        append(stateChanged(OrderState.IN_TRANSIT), KARI, 30);
        append(stateChanged(OrderState.DELIVERED), KARI, 40);
        append(new OrderEvent.Paid(new Money(100, "EUR"), "cash"), SHOP, 50);
        assertThat(DriverAssignment.fromHistory(history)).containsExactly(assignment(KARI, 10, 40));
    }

    @Test
    void anAssignmentOfAFailedOrderLastsUntilItsReturn() {
        append(orderPlaced(), SHOP, 0);
        append(new OrderEvent.Assigned(KARI), KARI, 10);
        append(stateChanged(OrderState.FAILED), KARI, 20);
        assertThat(DriverAssignment.fromHistory(history))
                .containsExactly(new DriverAssignment("kari", ms(10), DriverAssignment.ONGOING));
        append(stateChanged(OrderState.RETURNED), SHOP, 30);
        assertThat(DriverAssignment.fromHistory(history)).containsExactly(assignment(KARI, 10, 30));
    }

    @Test
    void theAssignmentOfAReplacedDriverEnds() {
        append(orderPlaced(), SHOP, 0);
        append(new OrderEvent.Assigned(KARI), SHOP, 10);
        append(new OrderEvent.Assigned(OLA), SHOP, 20);
        append(new OrderEvent.Assigned(KARI), SHOP, 30);
        append(stateChanged(OrderState.CANCELLED), SHOP, 40);
        assertThat(DriverAssignment.fromHistory(history))
                .containsExactly(assignment(KARI, 10, 20), assignment(OLA, 20, 30), assignment(KARI, 30, 40));
    }

    @Test
    void onlyTheDriverMayBackdateTheStart() {
        append(orderPlaced(), SHOP, 100);
        append(new OrderEvent.Assigned(KARI), SHOP, 200, 150);
        assertThat(DriverAssignment.fromHistory(history))
                .containsExactly(new DriverAssignment("kari", ms(200), DriverAssignment.ONGOING));
        history.removeLast();
        append(new OrderEvent.Assigned(KARI), KARI, 200, 150);
        assertThat(DriverAssignment.fromHistory(history))
                .containsExactly(new DriverAssignment("kari", ms(150), DriverAssignment.ONGOING));
        history.removeLast();
        append(new OrderEvent.Assigned(KARI), KARI, 200, 50);
        assertThat(DriverAssignment.fromHistory(history))
                .as("not before it was placed")
                .containsExactly(new DriverAssignment("kari", ms(100), DriverAssignment.ONGOING));
    }

    @Test
    void aLateReportEndsTheAssignmentAtItsOwnTime() {
        append(orderPlaced(), SHOP, 0);
        append(new OrderEvent.Assigned(KARI), SHOP, 10);
        append(stateChanged(OrderState.DELIVERED), KARI, 90, 40);
        assertThat(DriverAssignment.fromHistory(history)).containsExactly(assignment(KARI, 10, 40));
        history.removeLast();
        append(stateChanged(OrderState.DELIVERED), KARI, 90, 5);
        assertThat(DriverAssignment.fromHistory(history))
                .as("not before it began")
                .containsExactly(assignment(KARI, 10, 10));
    }

    @Test
    void anAnonymousDriverHasNoAssignment() {
        append(orderPlaced(), SHOP, 0);
        append(new OrderEvent.Assigned(new Actor(Actor.Kind.SOCKET, "s1")), SHOP, 10);
        append(new OrderEvent.DriverTakenOver(KARI, OrderEvent.NO_DOCUMENT), KARI, 20);
        assertThat(DriverAssignment.fromHistory(history))
                .containsExactly(new DriverAssignment("kari", ms(20), DriverAssignment.ONGOING));
    }
}
