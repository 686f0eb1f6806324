package waybill.server.realtime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderBook;
import waybill.order.OrderCommand;
import waybill.order.Orders;
import waybill.order.Orders.Outcome;
import waybill.order.Orders.Which;
import waybill.order.Speaker;

/// Expires the orders that their stores have not accepted in time. The deadlines are in the books, so they outlive the
/// process; here is only when to look there again.
final class Deadlines {

    /// Orders that are expired at once.
    static final int BATCH_MAX = 100;

    /// When to try again what could not be done.
    private static final long RETRY_MS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    private final OrderBook book;
    private final Orders orders;
    private final Executor readers;
    private final InstantSource clock;
    private final AtomicLong nextMs = new AtomicLong(Long.MIN_VALUE);
    private final AtomicBoolean busy = new AtomicBoolean();

    Deadlines(OrderBook book, Orders orders, Executor readers, InstantSource clock) {
        this.book = book;
        this.orders = orders;
        this.readers = readers;
        this.clock = clock;
    }

    /// There is an order that must be accepted until then.
    void note(Instant until) {
        nextMs.accumulateAndGet(until.toEpochMilli(), Math::min);
    }

    /// Called often; costs nothing until something is due.
    void look() {
        if (clock.millis() < nextMs.get() || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            readers.execute(this::run);
        } catch (RejectedExecutionException _) {
            busy.set(false); // the next look tries again
        }
    }

    private void run() {
        nextMs.set(Long.MAX_VALUE); // before the books are read, so that what is noted meanwhile is not lost
        try {
            var now = clock.instant();
            var overdue = book.overdue(now, BATCH_MAX);
            expire(overdue, now).whenComplete((done, thrown) -> {
                if (thrown != null || done < overdue.size()) {
                    LOG.warn("{} orders are overdue, and could not all be expired", overdue.size(), thrown);
                    note(now.plusMillis(RETRY_MS));
                } else if (done > 0) {
                    note(now); // there may be more
                }
                busy.set(false);
            });
            if (overdue.isEmpty()) {
                book.nextDeadline().ifPresent(this::note);
            }
        } catch (RuntimeException e) {
            LOG.warn("deadlines could not be read", e);
            note(clock.instant().plusMillis(RETRY_MS));
            busy.set(false);
        }
    }

    /// How many of them are expired, or were accepted in the meantime.
    private CompletableFuture<Integer> expire(List<Order> overdue, Instant now) {
        var expired = overdue.stream().map(order -> expire(order, now)).toList();
        return CompletableFuture.allOf(expired.toArray(CompletableFuture[]::new))
                .thenApply(_ -> (int) expired.stream()
                        .map(CompletableFuture::join)
                        .filter(outcome -> outcome instanceof Outcome.Done || outcome instanceof Outcome.Duplicate)
                        .count());
    }

    private CompletableFuture<Outcome> expire(Order order, Instant now) {
        return orders.handle(new Orders.Request(
                new Which.ById(order.id()), new OrderCommand.Expire(), new Speaker.Believed(Actor.HUB), now, now));
    }
}
