package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.mailbox.Topic;
import waybill.order.Decision.Accepted;
import waybill.order.Decision.Refused;
import waybill.order.Decision.Repeated;

/// Random lives of an order, each a pure function of its seed: to study a failure, run that seed alone.
class OrderHistoriesTest {

    private static final int HISTORIES_PER_SEED = 100;
    private static final int COMMANDS = 40;
    private static final List<Actor> DRIVERS = List.of(
            new Actor(Actor.Kind.DRIVER, "kari"),
            new Actor(Actor.Kind.DRIVER, "ola"),
            new Actor(Actor.Kind.SOCKET, "s1"),
            new Actor(Actor.Kind.SOCKET, "s2"),
            new Actor(Actor.Kind.SOCKET, "s3"));

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverIsAskedTheStoreHearsEachThingAtMostOnceAndInOrder(long seed) {
        var random = new Random(seed);
        for (var i = 0; i < HISTORIES_PER_SEED; i++) {
            live(random);
        }
    }

    private static void live(Random random) {
        var order = Order.unplaced(new OrderId(new UUID(7, 7)), "acme-widgets", "m", "o");
        var connected = new HashSet<>(DRIVERS);
        var told = new ArrayList<Topic>();
        for (var i = 0; i < COMMANDS; i++) {
            if (random.nextInt(6) == 0) {
                connected.remove(DRIVERS.get(random.nextInt(DRIVERS.size()))); // and never comes back
            }
            var command = command(random);
            var by = DRIVERS.get(random.nextInt(DRIVERS.size()));
            var before = order;
            var decision = OrderMachine.decide(before, command, by, connected::contains);
            order = switch (decision) {
                case Accepted(var event, var next) -> {
                    event.topic().ifPresent(told::add);
                    assertMoves(before, next, by, connected);
                    yield next;
                }
                case Repeated(var same) -> same;
                case Refused refused -> {
                    assertThat(refused.message()).contains("order m");
                    yield before;
                }
            };
            assertThat(OrderMachine.decide(before, command, by, connected::contains))
                    .as("the same question has the same answer")
                    .isEqualTo(decision);
        }
        assertThat(told).as("told once, in order").isSorted().doesNotHaveDuplicates();
        assertThat(told.contains(Topic.DELIVERED)).isEqualTo(order.state() == OrderState.DELIVERED);
    }

    private static void assertMoves(Order before, Order next, Actor by, Set<Actor> connected) {
        assertThat(next.state()).isGreaterThanOrEqualTo(before.state());
        if (next.state() != OrderState.READY_FOR_PICKUP) {
            assertThat(next.holder()).contains(by);
        }
        var robbed = before.holder().filter(holder -> !holder.equals(by));
        assertThat(robbed.map(Actor::kind)).isIn(Optional.empty(), Optional.of(Actor.Kind.SOCKET));
        assertThat(robbed.filter(connected::contains))
                .as("a holder who is still there")
                .isEmpty();
    }

    private static OrderCommand command(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new OrderCommand.Place(new OrderId(new UUID(7, 7)), "o", "{}");
            case 1 -> new OrderCommand.Collect("{}");
            case 2 -> new OrderCommand.Deliver("{}");
            default -> new OrderCommand.Scan();
        };
    }
}
