package waybill.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.mailbox.Queue;
import waybill.mailbox.Topic;
import waybill.order.Actor;
import waybill.order.Details;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.order.Orders;
import waybill.order.Speaker;
import waybill.storage.Limits;
import waybill.storage.Store;

/// Parcels that no driver collects, and those whose driver does not come back, have an end.
class AbandonedTest {

    private static final Actor ACME = new Actor(Actor.Kind.STORE, "acme");
    private static final Duration MONTH = Duration.ofDays(30);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final MovableClock clock = new MovableClock();
    private final AtomicLong elapsedMs = new AtomicLong(1_000_000);

    @SuppressWarnings("NullAway.Init")
    private Store store;

    @SuppressWarnings("NullAway.Init")
    private Orders orders;

    @BeforeEach
    void open() {
        store = Store.open(directory, Limits.defaults(), () -> {});
        orders = new Orders(store.journal(), _ -> true, new Orders.Rules("WB", Optional.empty(), _ -> "{}"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void look(Duration after) {
        var abandoned = new Abandoned(
                store.book(),
                store.journal(),
                orders,
                Runnable::run,
                new Abandoned.Limit(after, clock),
                elapsedMs::get);
        abandoned.look();
        store.journal().submit(_ -> true).join();
    }

    @Test
    void whatNobodyTouchesForThatLongIsCancelledAndLeavesItsQueue() {
        place("uncollected");
        place("on its way");
        say("on its way", new OrderCommand.Collect(Actor.driver("kari"), "{}"));
        clock.pass(MONTH);
        place("young");
        look(MONTH);
        assertThat(states()).containsExactly("ready_for_pickup", "in_transit", "ready_for_pickup");
        clock.pass(Duration.ofSeconds(1));
        look(Duration.ZERO);
        assertThat(states()).as("never").containsExactly("ready_for_pickup", "in_transit", "ready_for_pickup");
        look(MONTH);
        assertThat(states()).containsExactly("cancelled", "cancelled", "ready_for_pickup");
        assertThat(store.mailboxes().page(new Queue("acme", Topic.PICKUP), "nobody", 0, Long.MAX_VALUE, 10))
                .extracting(letter -> letter.messageId())
                .containsExactly("young");
        assertThat(last("uncollected"))
                .isEqualTo(new OrderEvent.Moved(
                        OrderState.CANCELLED,
                        "abandoned: nothing happened to it for 30 days",
                        OrderEvent.NOTHING_SAID));
    }

    @Test
    void whatCouldNotBeDeliveredCountsAsReturned() {
        place("failed");
        say("failed", new OrderCommand.Collect(Actor.driver("kari"), "{}"));
        say("failed", new OrderCommand.Fail("no such door"));
        clock.pass(MONTH.plusSeconds(1));
        look(MONTH);
        assertThat(states()).containsExactly("returned");
    }

    @Test
    void moreThanOneBatchIsEndedBatchByBatch() {
        for (var i = 0; i < Abandoned.BATCH_MAX + 1; i++) {
            place("m" + i);
        }
        clock.pass(MONTH.plusSeconds(1));
        look(MONTH);
        assertThat(states()).filteredOn("ready_for_pickup"::equals).hasSize(1);
        look(MONTH);
        assertThat(states()).containsOnly("cancelled");
    }

    private List<String> states() {
        return store.log().after(0, 10_000).stream()
                .filter(entry -> entry.event() instanceof OrderEvent.Placed)
                .map(entry -> state(entry).word())
                .toList();
    }

    private OrderState state(LogEntry placed) {
        return placed.order()
                .map(Order::id)
                .flatMap(store.book()::byId)
                .map(Order::state)
                .orElseThrow();
    }

    private OrderEvent last(String name) {
        return (OrderEvent) store.log().history(id(name)).getLast().event();
    }

    private static OrderId id(String name) {
        return new OrderId(new UUID(1, name.hashCode()));
    }

    private void place(String name) {
        say(
                name,
                new OrderCommand.Place(
                        id(name), name, OrderState.READY_FOR_PICKUP, Details.ofParcel("Nils", "Storgata 1"), "{}"));
    }

    private void say(String name, OrderCommand command) {
        var now = clock.instant();
        orders.handle(new Orders.Request(
                        new Orders.Which.Named("acme", name), command, new Speaker.Believed(ACME), now, now))
                .join();
    }
}
