package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TurnTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Actor SHOP = new Actor(Actor.Kind.MERCHANT, "mia");
    private static final Actor KARI = Actor.driver("kari");
    private static final Actor OLA = Actor.driver("ola");

    private final List<LogEntry> history = new ArrayList<>();
    private Order order = Samples.order(new OrderId(new UUID(1, 1)), NOON);

    /// What happened, and when somebody says that it did; the hub hears of it at `second`.
    private void happens(OrderEvent event, Actor by, int second, int occurredAtSecond) {
        var before = order.state();
        order = switch (event) {
            case OrderEvent.Placed(var as, var _) -> order.in(as);
            case OrderEvent.Moved(var to, var _, var _) -> order.in(to);
            case OrderEvent.Assigned(var driver, var _) -> order.with(driver);
            case OrderEvent.HandedOver(var driver, var _) -> order.with(driver);
            case OrderEvent.Paid(var amount, var _) -> order.paid(amount);
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

    private void happens(OrderEvent event, Actor by, int second) {
        happens(event, by, second, second);
    }

    private static OrderEvent moved(OrderState to) {
        return new OrderEvent.Moved(to, "", OrderEvent.NOTHING_SAID);
    }

    private static OrderEvent placed() {
        return new OrderEvent.Placed(OrderState.READY_FOR_PICKUP, OrderEvent.NOTHING_SAID);
    }

    private static Turn turn(Actor driver, int from, int until) {
        return new Turn(driver.id(), ms(from), ms(until));
    }

    private static long ms(int second) {
        return NOON.plusSeconds(second).toEpochMilli();
    }

    @Test
    void nobodysOrderHasNoTurn() {
        happens(placed(), SHOP, 0);
        assertThat(Turn.of(history)).isEmpty();
        assertThat(Turn.of(List.of())).isEmpty();
    }

    @Test
    void aDriverHasItFromItsAssignmentUntilItIsOver() {
        happens(placed(), SHOP, 0);
        happens(new OrderEvent.Assigned(KARI), SHOP, 10);
        assertThat(Turn.of(history)).containsExactly(new Turn("kari", ms(10), Turn.OPEN));
        happens(moved(OrderState.ASSIGNED_TO_DRIVER), SHOP, 10);
        happens(moved(OrderState.PICKED_UP), KARI, 20);
        happens(moved(OrderState.IN_TRANSIT), KARI, 30);
        happens(moved(OrderState.DELIVERED), KARI, 40);
        happens(new OrderEvent.Paid(new Money(100, "EUR"), "cash"), SHOP, 50);
        assertThat(Turn.of(history)).containsExactly(turn(KARI, 10, 40));
    }

    @Test
    void whatCouldNotBeDeliveredIsDrivenUntilItIsBack() {
        happens(placed(), SHOP, 0);
        happens(new OrderEvent.Assigned(KARI), KARI, 10);
        happens(moved(OrderState.FAILED), KARI, 20);
        assertThat(Turn.of(history)).containsExactly(new Turn("kari", ms(10), Turn.OPEN));
        happens(moved(OrderState.RETURNED), SHOP, 30);
        assertThat(Turn.of(history)).containsExactly(turn(KARI, 10, 30));
    }

    @Test
    void theTurnOfWhoIsReplacedEndsThere() {
        happens(placed(), SHOP, 0);
        happens(new OrderEvent.Assigned(KARI), SHOP, 10);
        happens(new OrderEvent.Assigned(OLA), SHOP, 20);
        happens(new OrderEvent.Assigned(KARI), SHOP, 30);
        happens(moved(OrderState.CANCELLED), SHOP, 40);
        assertThat(Turn.of(history)).containsExactly(turn(KARI, 10, 20), turn(OLA, 20, 30), turn(KARI, 30, 40));
    }

    @Test
    void onlyTheDriverMaySayThatItBeganEarlier() {
        happens(placed(), SHOP, 100);
        happens(new OrderEvent.Assigned(KARI), SHOP, 200, 150);
        assertThat(Turn.of(history)).containsExactly(new Turn("kari", ms(200), Turn.OPEN));
        history.removeLast();
        happens(new OrderEvent.Assigned(KARI), KARI, 200, 150);
        assertThat(Turn.of(history)).containsExactly(new Turn("kari", ms(150), Turn.OPEN));
        history.removeLast();
        happens(new OrderEvent.Assigned(KARI), KARI, 200, 50);
        assertThat(Turn.of(history))
                .as("not before it was placed")
                .containsExactly(new Turn("kari", ms(100), Turn.OPEN));
    }

    @Test
    void whatIsToldLateEndedWhenItDid() {
        happens(placed(), SHOP, 0);
        happens(new OrderEvent.Assigned(KARI), SHOP, 10);
        happens(moved(OrderState.DELIVERED), KARI, 90, 40);
        assertThat(Turn.of(history)).containsExactly(turn(KARI, 10, 40));
        history.removeLast();
        happens(moved(OrderState.DELIVERED), KARI, 90, 5);
        assertThat(Turn.of(history)).as("not before it began").containsExactly(turn(KARI, 10, 10));
    }

    @Test
    void whoIsKnownByAConnectionAloneHasNone() {
        happens(placed(), SHOP, 0);
        happens(new OrderEvent.Assigned(new Actor(Actor.Kind.SOCKET, "s1")), SHOP, 10);
        happens(new OrderEvent.HandedOver(KARI, OrderEvent.NOTHING_SAID), KARI, 20);
        assertThat(Turn.of(history)).containsExactly(new Turn("kari", ms(20), Turn.OPEN));
    }
}
