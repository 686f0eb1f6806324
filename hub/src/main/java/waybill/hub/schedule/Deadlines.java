package waybill.hub.schedule;

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
import waybill.hub.OrderCommandHandler;
import waybill.hub.OrderCommandHandler.OrderReference;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderId;
import waybill.order.OrderQueries;

/// Expires orders that their stores have not accepted in time. The deadlines are in the store, so they outlive the
/// process; here they are counted down by elapsed time, so that setting the clock neither shortens nor extends a
/// deadline. Guarded by its monitor.
public final class Deadlines {

    /// Orders expired in one batch.
    static final int BATCH_MAX = 100;

    /// Deadlines in memory. Later ones are read again once half of these have passed.
    private static final int TIMERS_MAX = 10_000;

    /// The delay after a failure.
    private static final long RETRY_MS = 1_000;

    private static final String TASK = "deadlines";

    private static final Instant END_OF_TIME = Instant.ofEpochMilli(Long.MAX_VALUE);

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    private final OrderQueries orderQueries;
    private final OrderCommandHandler orders;
    private final Executor blockingExecutor;
    private final InstantSource clock;
    private final LongSupplier elapsedMs;
    private final Leases leases;

    private final Map<OrderId, Timer> timers = new HashMap<>();
    private final TreeSet<Timer> byTime =
            new TreeSet<>(Comparator.comparingLong(Timer::dueMs).thenComparing(timer -> timer.order.value()));
    private boolean mayHaveMore = true; // the store may have deadlines that are not in memory
    private long readAtMs = Long.MIN_VALUE;
    private boolean isReading;

    private record Timer(OrderId order, long dueMs) {}

    /// `elapsedMs` counts elapsed time, independent of the clock.
    public Deadlines(
            OrderQueries orderQueries,
            OrderCommandHandler orders,
            Executor blockingExecutor,
            InstantSource clock,
            LongSupplier elapsedMs,
            Leases leases) {
        this.orderQueries = orderQueries;
        this.orders = orders.withJournal(journal -> leases.fence(TASK, journal));
        this.blockingExecutor = blockingExecutor;
        this.clock = clock;
        this.elapsedMs = elapsedMs;
        this.leases = leases;
    }

    /// Updates the deadline of an order from its current state.
    public synchronized void update(Order order) {
        if (!order.state().awaitsAcceptance() || order.acceptBy().isEmpty()) {
            remove(order.id());
        } else if (timers.size() >= TIMERS_MAX) {
            mayHaveMore |= !timers.containsKey(order.id());
        } else if (!timers.containsKey(order.id())) {
            add(new Timer(
                    order.id(),
                    elapsedMs.getAsLong() + leftMs(order, order.acceptBy().get())));
        }
    }

    /// The remaining time by the clock, which may be wrong: at most the time that the store was given.
    private long leftMs(Order order, Instant acceptBy) {
        var given = Duration.between(order.placedAt(), acceptBy).toMillis();
        return Math.clamp(Duration.between(clock.instant(), acceptBy).toMillis(), 0, given);
    }

    /// Called often; cheap until something is due. Each node counts the deadlines; one of them expires the orders.
    public void runDue() {
        if (!leases.acquire(TASK)) {
            return;
        }
        var due = due();
        for (var order : due) {
            expire(order).whenComplete((_, thrown) -> {
                if (thrown != null) {
                    LOG.warn(
                            "order {} is overdue and could not be expired; it is retried: {}",
                            order,
                            thrown.getMessage());
                    retry(order);
                }
            });
        }
        if (due.isEmpty() && needsRead()) {
            read();
        }
    }

    private synchronized List<OrderId> due() {
        var now = elapsedMs.getAsLong();
        var due = new ArrayList<OrderId>();
        while (due.size() < BATCH_MAX && !byTime.isEmpty() && byTime.first().dueMs <= now) {
            due.add(byTime.first().order);
            remove(byTime.first().order);
        }
        return due;
    }

    private synchronized void retry(OrderId order) {
        remove(order);
        add(new Timer(order, elapsedMs.getAsLong() + RETRY_MS));
    }

    private void add(Timer timer) {
        timers.put(timer.order, timer);
        byTime.add(timer);
    }

    private void remove(OrderId order) {
        var timer = timers.remove(order);
        if (timer != null) {
            byTime.remove(timer);
        }
    }

    private synchronized boolean needsRead() {
        if (!mayHaveMore || isReading || timers.size() >= TIMERS_MAX / 2 || elapsedMs.getAsLong() < readAtMs) {
            return false;
        }
        isReading = true;
        mayHaveMore = false;
        return true;
    }

    private void read() {
        try {
            blockingExecutor.execute(() -> {
                try {
                    var awaiting = orderQueries.listOverdue(END_OF_TIME, TIMERS_MAX);
                    awaiting.forEach(this::update);
                    onRead(awaiting.size() == TIMERS_MAX);
                } catch (RuntimeException e) {
                    LOG.warn("deadlines could not be read; the read is retried: {}", e.getMessage());
                    onRead(true);
                }
            });
        } catch (RejectedExecutionException _) {
            onRead(true);
        }
    }

    private synchronized void onRead(boolean isMore) {
        isReading = false;
        mayHaveMore |= isMore;
        readAtMs = elapsedMs.getAsLong() + RETRY_MS;
    }

    private CompletableFuture<OrderResult> expire(OrderId order) {
        var now = clock.instant();
        return orders.handle(new OrderCommandHandler.OrderRequest(
                new OrderReference.ById(order), new OrderCommand.Expire(), new Caller.Trusted(Actor.HUB), now, now));
    }
}
