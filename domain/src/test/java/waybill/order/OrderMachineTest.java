package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import waybill.order.Decision.Accepted;
import waybill.order.Decision.Reason;
import waybill.order.Decision.Refused;
import waybill.order.Decision.Repeated;

class OrderMachineTest {

    private static final Actor KARI = new Actor(Actor.Kind.DRIVER, "kari");
    private static final Actor OLA = new Actor(Actor.Kind.DRIVER, "ola");
    private static final Actor SOMEBODY = new Actor(Actor.Kind.SOCKET, "s1");
    private static final Actor SOMEBODY_ELSE = new Actor(Actor.Kind.SOCKET, "s2");
    private static final Order READY = order().placed();

    /// Walks the whole square of states and commands, so that a row added or lost shows here.
    @Test
    void everyPairOfStateAndCommandIsDecided() {
        assertThat(grid()).isEqualTo("""
                                  Place            Collect          Deliver          Scan
                NEW               READY_FOR_PICKUP .                .                .
                READY_FOR_PICKUP  .                IN_TRANSIT       DELIVERED        DELIVERED
                IN_TRANSIT        .                IN_TRANSIT       DELIVERED        DELIVERED
                DELIVERED         .                .                .                .
                """);
    }

    @Test
    void theFirstDriverWins() {
        var collected = accepted(decide(READY, new OrderCommand.Collect("{}"), KARI));
        assertThat(collected.next().holder()).contains(KARI);
        assertThat(decide(collected.next(), new OrderCommand.Collect("{}"), OLA))
                .isInstanceOf(Refused.class);
        assertThat(decide(collected.next(), new OrderCommand.Deliver("{}"), OLA))
                .isEqualTo(new Refused(Reason.CONFLICT, "order m1 is another driver's"));
    }

    @Test
    void theSameDriverSayingItAgainChangesNothing() {
        var collected =
                accepted(decide(READY, new OrderCommand.Collect("{}"), KARI)).next();
        assertThat(decide(collected, new OrderCommand.Collect("{}"), KARI)).isEqualTo(new Repeated(collected));
        var delivered = accepted(decide(collected, new OrderCommand.Deliver("{}"), KARI))
                .next();
        assertThat(decide(delivered, new OrderCommand.Scan(), KARI)).isEqualTo(new Repeated(delivered));
        assertThat(decide(delivered, new OrderCommand.Collect("{}"), KARI)).isEqualTo(new Repeated(delivered));
    }

    @Test
    void aParcelNeverCollectedIsCollectedAndDeliveredInOneStep() {
        var delivered = accepted(decide(READY, new OrderCommand.Deliver("{}"), KARI));
        assertThat(delivered.event()).isEqualTo(new OrderEvent.Delivered("{}"));
        assertThat(delivered.next().state()).isEqualTo(OrderState.DELIVERED);
        assertThat(delivered.next().holder()).contains(KARI);
    }

    @Test
    void aDriverKnownByConnectionHoldsAParcelWhileItLives() {
        var held = accepted(decide(READY, new OrderCommand.Collect("{}"), SOMEBODY))
                .next();
        assertThat(OrderMachine.decide(held, new OrderCommand.Deliver("{}"), SOMEBODY_ELSE, _ -> true))
                .isInstanceOf(Refused.class);
        assertThat(OrderMachine.decide(held, new OrderCommand.Deliver("{}"), SOMEBODY_ELSE, _ -> false))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void aParcelOfADriverGoneForGoodIsHandedOver() {
        var held = accepted(decide(READY, new OrderCommand.Collect("{}"), SOMEBODY))
                .next();
        var handed = accepted(OrderMachine.decide(held, new OrderCommand.Collect("{}"), KARI, _ -> false));
        assertThat(handed.event()).isEqualTo(new OrderEvent.HandedOver("{}"));
        assertThat(handed.event().topic()).isEmpty();
        assertThat(handed.next().holder()).contains(KARI);
    }

    @Test
    void aDeliveryRepeatedOverANewConnectionIsARepeat() {
        var delivered = accepted(decide(READY, new OrderCommand.Deliver("{}"), SOMEBODY))
                .next();
        assertThat(OrderMachine.decide(delivered, new OrderCommand.Deliver("{}"), SOMEBODY_ELSE, _ -> false))
                .isEqualTo(new Repeated(delivered));
        assertThat(OrderMachine.decide(delivered, new OrderCommand.Collect("{}"), SOMEBODY_ELSE, _ -> false))
                .isEqualTo(new Refused(Reason.CONFLICT, "order m1: cannot collect what is delivered"));
    }

    @Test
    void aNamedDriverKeepsTheParcelWhetherConnectedOrNot() {
        var held = accepted(decide(READY, new OrderCommand.Collect("{}"), KARI)).next();
        assertThat(OrderMachine.decide(held, new OrderCommand.Deliver("{}"), OLA, _ -> false))
                .isInstanceOf(Refused.class);
    }

    private static String grid() {
        var commands = List.of(
                OrderCommand.Place.class,
                OrderCommand.Collect.class,
                OrderCommand.Deliver.class,
                OrderCommand.Scan.class);
        var grid = new StringBuilder(" ".repeat(18));
        commands.forEach(command -> grid.append(String.format("%-17s", command.getSimpleName())));
        for (var state : OrderState.values()) {
            grid.append(String.format("%n%-18s", state));
            commands.forEach(command -> grid.append(String.format(
                    "%-17s",
                    OrderMachine.next(state, command).map(OrderState::name).orElse("."))));
        }
        return grid.append('\n').toString().replaceAll(" +\n", "\n");
    }

    private static Decision decide(Order order, OrderCommand command, Actor by) {
        return OrderMachine.decide(order, command, by, _ -> true);
    }

    private static Accepted accepted(Decision decision) {
        assertThat(decision).isInstanceOf(Accepted.class);
        return (Accepted) decision;
    }

    private static Order order() {
        return Order.unplaced(new OrderId(new UUID(1, 1)), "acme-widgets", "m1", "o1");
    }
}
