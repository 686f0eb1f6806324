package waybill.server.realtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderBook;
import waybill.order.OrderCommand;
import waybill.order.OrderId;
import waybill.order.Orders;
import waybill.order.Orders.Outcome;
import waybill.order.Orders.Which;
import waybill.order.Speaker;

/// Expires the orders that their stores have not accepted in time. The deadlines are in the books, so they outlive the
/// process; here they are counted down by time that passes, so that a clock that is set neither ends an order too early
/// nor keeps it. A monitor.
final class Deadlines {

    /// Orders that are expired at once.
    static final int BATCH_MAX = 100;

    /// Deadlines in memory. When there are more, the later ones are read again once half of these are over.
    private static final int TIMERS_MAX = 10_000;

    /// When to try again what could not be done.
    private static final long RETRY_MS = 1_000;

    private static final Instant END_OF_TIME = Instant.ofEpochMilli(Long.MAX_VALUE);

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    private final OrderBook book;
    private final Orders orders;
    private final Executor readers;
    private final InstantSource clock;
    private final LongSupplier elapsedMs;

    private final Map<OrderId, Timer> timers = new HashMap<>();
    private final TreeSet<Timer> byTime =
            new TreeSet<>(Comparator.comparingLong(Timer::dueMs).thenComparing(timer -> timer.order.value()));
    private boolean unread = true; // there may be deadlines in the books that are not here
    private long readAtMs = Long.MIN_VALUE;
    private boolean busy;

    private record Timer(OrderId order, long dueMs) {}

    /// `elapsedMs` counts the time that passes, whatever becomes of the clock.
    Deadlines(OrderBook book, Orders orders, Executor readers, InstantSource clock, LongSupplier elapsedMs) {
        this.book = book;
        this.orders = orders;
        this.readers = readers;
        this.clock = clock;
        this.elapsedMs = elapsedMs;
    }

    /// This is how an order stands now.
    synchronized void note(Order order) {
        if (!order.state().awaitsAcceptance() || order.acceptBy().isEmpty()) {
            drop(order.id());
        } else if (timers.size() >= TIMERS_MAX) {
            unread |= !timers.containsKey(order.id());
        } else if (!timers.containsKey(order.id())) {
            add(new Timer(
                    order.id(),
                    elapsedMs.getAsLong() + leftMs(order, order.acceptBy().get())));
        }
    }

    /// What is left by the clock, which may be wrong: never more than the store was given.
    private long leftMs(Order order, Instant acceptBy) {
        var given = Duration.between(order.placedAt(), acceptBy).toMillis();
        return Math.clamp(Duration.between(clock.instant(), acceptBy).toMillis(), 0, given);
    }

    /// Called often; costs nothing until something is due.
    void look() {
        var due = due();
        for (var order : due) {
            expire(order).whenComplete((_, thrown) -> {
                if (thrown != null) {
                    LOG.warn("order {} is overdue, and could not be expired yet: {}", order, thrown.getMessage());
                    retry(order);
                }
            });
        }
        if (due.isEmpty() && isToRead()) {
            read();
        }
    }

    private synchronized List<OrderId> due() {
        var now = elapsedMs.getAsLong();
        var due = new ArrayList<OrderId>();
        while (due.size() < BATCH_MAX && !byTime.isEmpty() && byTime.first().dueMs <= now) {
            due.add(byTime.first().order);
            drop(byTime.first().order);
        }
        return due;
    }

    private synchronized void retry(OrderId order) {
        drop(order);
        add(new Timer(order, elapsedMs.getAsLong() + RETRY_MS));
    }

    private void add(Timer timer) {
        timers.put(timer.order, timer);
        byTime.add(timer);
    }

    private void drop(OrderId order) {
        var timer = timers.remove(order);
        if (timer != null) {
            byTime.remove(timer);
        }
    }

    private synchronized boolean isToRead() {
        if (!unread || busy || timers.size() >= TIMERS_MAX / 2 || elapsedMs.getAsLong() < readAtMs) {
            return false;
        }
        busy = true;
        unread = false;
        return true;
    }

    private void read() {
        try {
            readers.execute(() -> {
                try {
                    var awaiting = book.overdue(END_OF_TIME, TIMERS_MAX);
                    awaiting.forEach(this::note);
                    haveRead(awaiting.size() == TIMERS_MAX);
                } catch (RuntimeException e) {
                    LOG.warn("deadlines could not be read, and are read again: {}", e.getMessage());
                    haveRead(true);
                }
            });
        } catch (RejectedExecutionException _) {
            haveRead(true);
        }
    }

    private synchronized void haveRead(boolean isMore) {
        busy = false;
        unread |= isMore;
        readAtMs = elapsedMs.getAsLong() + RETRY_MS;
    }

    private CompletableFuture<Outcome> expire(OrderId order) {
        var now = clock.instant();
        return orders.handle(new Orders.Request(
                new Which.ById(order), new OrderCommand.Expire(), new Speaker.Believed(Actor.HUB), now, now));
    }
}
