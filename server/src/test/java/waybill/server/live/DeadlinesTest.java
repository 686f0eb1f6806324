package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
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
import waybill.hub.schedule.Deadlines;
import waybill.hub.schedule.InMemoryLeases;
import waybill.hub.schedule.Leases;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.OfferPolicy;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.storage.Store;
import waybill.storage.sql.StoreLimits;

/// A store has as long as it was given to accept an order, whatever becomes of the clock meanwhile.
class DeadlinesTest {

    private static final OrderId ID = new OrderId(new UUID(1, 1));
    private static final Actor ACME = new Actor(Actor.Kind.STORE, "acme");

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
                new OrderCommandHandler.OrderPolicy(
                        "WB", Optional.of(Duration.ofSeconds(60)), OfferPolicy.TO_ALL, ParcelQueues::route));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Deadlines deadlines() {
        return deadlines(new InMemoryLeases(new NodeId("one"), () -> 0));
    }

    private Deadlines deadlines(Leases leases) {
        return new Deadlines(store.orderQueries(), orders, Runnable::run, clock, elapsedMs::get, leases);
    }

    @Test
    void oneOfTwoNodesExpiresOrdersAndTheOtherContinuesWhenItCloses() {
        var leases = new InMemoryLeases(new NodeId("one"), () -> 0);
        var others = leases.of(new NodeId("two"));
        var deadlines = deadlines(leases);
        var otherDeadlines = deadlines(others);
        assertThat(others.acquire("deadlines")).isTrue();
        deadlines.update(place());
        pass(deadlines, 60_000);
        assertThat(state()).as("the other node has the lease").isEqualTo(OrderState.PENDING);
        others.release();
        pass(deadlines, 0);
        assertThat(state()).isEqualTo(OrderState.EXPIRED);
        var last = store.eventLog().lastSequence();
        pass(otherDeadlines, 60_000);
        assertThat(store.eventLog().lastSequence()).isEqualTo(last);
    }

    @Test
    void aClockThatGoesForwardExpiresNothing() {
        var deadlines = deadlines();
        deadlines.update(place());
        clock.advance(Duration.ofHours(1));
        deadlines.runDue();
        assertThat(state()).isEqualTo(OrderState.PENDING);
        pass(deadlines, 59_999);
        assertThat(state()).isEqualTo(OrderState.PENDING);
        pass(deadlines, 1);
        assertThat(state()).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void aClockThatGoesBackDelaysNoExpiry() {
        var deadlines = deadlines();
        deadlines.update(place());
        clock.advance(Duration.ofHours(-1));
        pass(deadlines, 60_000);
        assertThat(state()).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void aDeadlineOutlivesTheProcess() {
        place();
        clock.advance(Duration.ofSeconds(20));
        var afterRestart = deadlines();
        afterRestart.runDue(); // which reads
        pass(afterRestart, 39_999);
        assertThat(state()).isEqualTo(OrderState.PENDING);
        pass(afterRestart, 1);
        assertThat(state()).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void afterARestartWithAClockThatIsBehindTheStoreHasNoMoreTimeThanItWasGiven() {
        place();
        clock.advance(Duration.ofDays(-1));
        var afterRestart = deadlines();
        afterRestart.runDue();
        pass(afterRestart, 60_000);
        assertThat(state()).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void whatIsAcceptedInTimeDoesNotExpire() {
        var deadlines = deadlines();
        deadlines.update(place());
        execute(new OrderCommand.Accept());
        deadlines.update(order());
        pass(deadlines, 60_000);
        assertThat(state()).isEqualTo(OrderState.ACCEPTED);
    }

    private void pass(Deadlines deadlines, long ms) {
        elapsedMs.addAndGet(ms);
        deadlines.runDue();
    }

    private Order place() {
        execute(new OrderCommand.Place(ID, "m1", OrderState.PENDING, OrderDetails.ofParcel("Nils", "Storgata 1")));
        return order();
    }

    private void execute(OrderCommand command) {
        var now = clock.instant();
        orders.handle(new OrderCommandHandler.OrderRequest(
                        new OrderCommandHandler.OrderReference.ByStoreReference("acme", "m1"),
                        command,
                        new Caller.Trusted(ACME),
                        now,
                        now))
                .join();
    }

    private Order order() {
        return store.orderQueries().findOrder(ID).orElseThrow();
    }

    /// Once all that was submitted is written.
    private OrderState state() {
        store.journal().submit(_ -> true).join();
        return order().state();
    }
}
