package waybill.hub.schedule;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.CommandReads;
import waybill.hub.OrderCommandHandler;
import waybill.hub.OrderCommandHandler.OrderReference;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.journal.Journal;
import waybill.journal.Transaction;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderQueries;
import waybill.order.OrderState;

/// Ends orders without any event for so long that none will come: parcels that no driver has collected, and orders
/// whose driver has not come back. They are cancelled, or returned if they had failed, and the participants are
/// notified. Called by one thread.
public final class AbandonedOrders {

    /// Orders ended in one batch.
    public static final int BATCH_MAX = 500;

    static final Duration EVERY = Duration.ofHours(1);

    /// The delay after a failure.
    private static final Duration RETRY = Duration.ofMinutes(1);

    private static final String TASK = "abandoned orders";

    private static final Logger LOG = LoggerFactory.getLogger(AbandonedOrders.class);

    /// How long an order may be idle, and by which clock.
    ///
    /// @param after zero for no limit
    /// @param trusted a clock that does not jump forward with the machine's clock
    public record Limit(Duration after, InstantSource trusted) {}

    private final OrderQueries queries;
    private final Journal journal;
    private final OrderCommandHandler orders;
    private final Executor blockingExecutor;
    private final Limit limit;
    private final LongSupplier elapsedMs;
    private final Leases leases;
    private volatile long dueMs = Long.MIN_VALUE;

    public AbandonedOrders(
            OrderQueries queries,
            Journal journal,
            OrderCommandHandler orders,
            Executor blockingExecutor,
            Limit limit,
            LongSupplier elapsedMs,
            Leases leases) {
        this.queries = queries;
        this.journal = leases.fence(TASK, journal);
        this.orders = orders;
        this.blockingExecutor = blockingExecutor;
        this.limit = limit;
        this.elapsedMs = elapsedMs;
        this.leases = leases;
    }

    /// Called often; cheap until something is due. One node ends the orders.
    public void runDue() {
        if (limit.after().isZero() || elapsedMs.getAsLong() < dueMs || !leases.acquire(TASK)) {
            return;
        }
        dueIn(EVERY);
        try {
            blockingExecutor.execute(this::endSome);
        } catch (RejectedExecutionException _) {
            dueIn(RETRY);
        }
    }

    private void dueIn(Duration time) {
        dueMs = elapsedMs.getAsLong() + time.toMillis();
    }

    private void endSome() {
        try {
            var idle = queries.idleSince(limit.trusted().instant().minus(limit.after()), BATCH_MAX);
            var endings = new ArrayList<CompletableFuture<Boolean>>();
            idle.forEach(order -> endings.add(end(order)));
            CompletableFuture.allOf(endings.toArray(CompletableFuture[]::new))
                    .whenComplete((_, thrown) -> ended(endings, idle.size() == BATCH_MAX, thrown));
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void ended(List<CompletableFuture<Boolean>> endings, boolean isMore, @Nullable Throwable thrownOrNone) {
        if (thrownOrNone != null) {
            failed(thrownOrNone);
            return;
        }
        var ended = endings.stream().filter(CompletableFuture::join).count();
        if (ended > 0) {
            LOG.info(
                    "ended {} orders that were idle for {} days",
                    ended,
                    limit.after().toDays());
        }
        if (isMore && ended > 0) {
            dueIn(Duration.ZERO);
        }
    }

    private void failed(Throwable cause) {
        LOG.warn("abandoned orders could not be ended; they are retried: {}", cause.getMessage());
        dueIn(RETRY);
    }

    /// False if the order got an event meanwhile.
    private CompletableFuture<Boolean> end(Order idle) {
        var now = limit.trusted().instant();
        var command = idle.state() == OrderState.FAILED
                ? new OrderCommand.Return()
                : new OrderCommand.Cancel(
                        "abandoned: nothing happened to it for " + limit.after().toDays() + " days");
        var request = new OrderCommandHandler.OrderRequest(
                new OrderReference.ById(idle.id()), command, new Caller.Trusted(Actor.HUB), now, now);
        return journal.submit(new Transaction<>(CommandReads.of(request), work -> {
            var isEnded = work.findOrder(idle.id())
                    .filter(order -> order.lastSequence() == idle.lastSequence())
                    .map(_ -> orders.handleInTransaction(work, request))
                    .filter(OrderResult.Committed.class::isInstance)
                    .isPresent();
            return _ -> isEnded;
        }));
    }
}
