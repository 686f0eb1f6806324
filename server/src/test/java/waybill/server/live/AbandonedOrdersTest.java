package waybill.server.live;

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
import waybill.hub.NodeId;
import waybill.hub.OrderCommandHandler;
import waybill.hub.ParcelQueues;
import waybill.hub.schedule.AbandonedOrders;
import waybill.hub.schedule.InMemoryLeases;
import waybill.journal.LogEntry;
import waybill.messaging.Queue;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.OfferPolicy;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.storage.Store;
import waybill.storage.sql.StoreLimits;

/// Parcels that no driver collects, and those whose driver does not come back, have an end.
class AbandonedOrdersTest {

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
    private OrderCommandHandler orders;

    @BeforeEach
    void open() {
        store = Store.open(directory, StoreLimits.defaults(), () -> {});
        orders = new OrderCommandHandler(
                store.journal(),
                _ -> true,
                new OrderCommandHandler.OrderPolicy("WB", Optional.empty(), OfferPolicy.TO_ALL, ParcelQueues::route));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void look(Duration after) {
        var abandoned = new AbandonedOrders(
                store.orderQueries(),
                store.journal(),
                orders,
                Runnable::run,
                new AbandonedOrders.Limit(after, clock),
                elapsedMs::get,
                new InMemoryLeases(new NodeId("one"), () -> 0));
        abandoned.runDue();
        store.journal().submit(_ -> true).join();
    }

    @Test
    void anOrderWithoutAnEventForThatLongIsCancelledAndLeavesItsQueue() {
        place("uncollected");
        place("on its way");
        say("on its way", new OrderCommand.CollectParcel(Actor.driver("kari"), "{}"));
        clock.advance(MONTH);
        place("young");
        look(MONTH);
        assertThat(states()).containsExactly("ready_for_pickup", "in_transit", "ready_for_pickup");
        clock.advance(Duration.ofSeconds(1));
        look(Duration.ZERO);
        assertThat(states()).as("never").containsExactly("ready_for_pickup", "in_transit", "ready_for_pickup");
        look(MONTH);
        assertThat(states()).containsExactly("cancelled", "cancelled", "ready_for_pickup");
        assertThat(store.messageQueues()
                        .listMessages(new Queue("acme", Topic.PICKUP), "no-reader", 0, Long.MAX_VALUE, 10))
                .extracting(letter -> letter.messageId())
                .containsExactly("young");
        assertThat(last("uncollected"))
                .isEqualTo(new OrderEvent.StateChanged(
                        OrderState.CANCELLED, "abandoned: nothing happened to it for 30 days", OrderEvent.NO_DOCUMENT));
    }

    @Test
    void whatCouldNotBeDeliveredCountsAsReturned() {
        place("failed");
        say("failed", new OrderCommand.CollectParcel(Actor.driver("kari"), "{}"));
        say("failed", new OrderCommand.Fail("no such door"));
        clock.advance(MONTH.plusSeconds(1));
        look(MONTH);
        assertThat(states()).containsExactly("returned");
    }

    @Test
    void moreThanOneBatchIsEndedBatchByBatch() {
        for (var i = 0; i < AbandonedOrders.BATCH_MAX + 1; i++) {
            place("m" + i);
        }
        clock.advance(MONTH.plusSeconds(1));
        look(MONTH);
        assertThat(states()).filteredOn("ready_for_pickup"::equals).hasSize(1);
        look(MONTH);
        assertThat(states()).containsOnly("cancelled");
    }

    private List<String> states() {
        return store.eventLog().listAfter(0, 10_000).stream()
                .filter(entry -> entry.event() instanceof OrderEvent.Placed)
                .map(entry -> state(entry).wireName())
                .toList();
    }

    private OrderState state(LogEntry placed) {
        return placed.order()
                .map(Order::id)
                .flatMap(store.orderQueries()::findOrder)
                .map(Order::state)
                .orElseThrow();
    }

    private OrderEvent last(String name) {
        return (OrderEvent) store.eventLog().listHistory(id(name)).getLast().event();
    }

    private static OrderId id(String name) {
        return new OrderId(new UUID(1, name.hashCode()));
    }

    private void place(String name) {
        say(
                name,
                new OrderCommand.Place(
                        id(name),
                        name,
                        OrderState.READY_FOR_PICKUP,
                        OrderDetails.ofParcel("Nils", "Storgata 1").withDocument("{}")));
    }

    private void say(String name, OrderCommand command) {
        var now = clock.instant();
        orders.handle(new OrderCommandHandler.OrderRequest(
                        new OrderCommandHandler.OrderReference.ByStoreReference("acme", name),
                        command,
                        new Caller.Trusted(ACME),
                        now,
                        now))
                .join();
    }
}
