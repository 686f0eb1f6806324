package waybill.server.realtime;

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
import waybill.order.Actor;
import waybill.order.Details;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.order.Orders;
import waybill.order.Speaker;
import waybill.storage.Limits;
import waybill.storage.Store;

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
    private Orders orders;

    @BeforeEach
    void open() {
        store = Store.open(directory, Limits.defaults(), () -> {});
        orders = new Orders(
                store.journal(), _ -> true, new Orders.Rules("WB", Optional.of(Duration.ofSeconds(60)), _ -> "{}"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Deadlines deadlines() {
        return new Deadlines(store.book(), orders, Runnable::run, clock, elapsedMs::get);
    }

    @Test
    void aClockThatGoesForwardExpiresNothing() {
        var deadlines = deadlines();
        deadlines.note(place());
        clock.pass(Duration.ofHours(1));
        deadlines.look();
        assertThat(state()).isEqualTo(OrderState.PENDING);
        pass(deadlines, 59_999);
        assertThat(state()).isEqualTo(OrderState.PENDING);
        pass(deadlines, 1);
        assertThat(state()).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void aClockThatGoesBackKeepsNothingAlive() {
        var deadlines = deadlines();
        deadlines.note(place());
        clock.pass(Duration.ofHours(-1));
        pass(deadlines, 60_000);
        assertThat(state()).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void aDeadlineOutlivesTheProcess() {
        place();
        clock.pass(Duration.ofSeconds(20));
        var afterRestart = deadlines();
        afterRestart.look(); // which reads
        pass(afterRestart, 39_999);
        assertThat(state()).isEqualTo(OrderState.PENDING);
        pass(afterRestart, 1);
        assertThat(state()).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void afterARestartWithAClockThatIsBehindTheStoreHasNoMoreTimeThanItWasGiven() {
        place();
        clock.pass(Duration.ofDays(-1));
        var afterRestart = deadlines();
        afterRestart.look();
        pass(afterRestart, 60_000);
        assertThat(state()).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void whatIsAcceptedInTimeDoesNotExpire() {
        var deadlines = deadlines();
        deadlines.note(place());
        say(new OrderCommand.Accept());
        deadlines.note(order());
        pass(deadlines, 60_000);
        assertThat(state()).isEqualTo(OrderState.ACCEPTED);
    }

    private void pass(Deadlines deadlines, long ms) {
        elapsedMs.addAndGet(ms);
        deadlines.look();
    }

    private Order place() {
        say(new OrderCommand.Place(
                ID, "m1", OrderState.PENDING, Details.ofParcel("Nils", "Storgata 1"), OrderEvent.NOTHING_SAID));
        return order();
    }

    private void say(OrderCommand command) {
        var now = clock.instant();
        orders.handle(new Orders.Request(
                        new Orders.Which.Named("acme", "m1"), command, new Speaker.Believed(ACME), now, now))
                .join();
    }

    private Order order() {
        return store.book().byId(ID).orElseThrow();
    }

    /// Once all that was submitted is written.
    private OrderState state() {
        store.journal().submit(_ -> true).join();
        return order().state();
    }
}
