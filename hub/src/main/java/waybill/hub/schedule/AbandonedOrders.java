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
import waybill.hub.OrderCommandHandler;
import waybill.hub.OrderCommandHandler.OrderReference;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.journal.Journal;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderQueries;
import waybill.order.OrderState;

/// Ends the orders to which nothing has happened for so long that nothing will: parcels that no driver has collected,
/// and those whose driver has not come back. They are cancelled, and a failed one counts as returned, so all their
/// participants are told. Looked at by one thread.
public final class AbandonedOrders {

    /// Orders that are ended at once.
    public static final int BATCH_MAX = 500;

    static final Duration EVERY = Duration.ofHours(1);

    /// When to try again what could not be done.
    private static final Duration RETRY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(AbandonedOrders.class);

    /// After how long, and by which clock.
    ///
    /// @param after zero for never
    /// @param trusted a clock that does not jump forward because the machine's does
    public record Limit(Duration after, InstantSource trusted) {}

    private final OrderQueries book;
    private final Journal journal;
    private final OrderCommandHandler orders;
    private final Executor readers;
    private final Limit limit;
    private final LongSupplier elapsedMs;
    private volatile long dueMs = Long.MIN_VALUE;

    public AbandonedOrders(
            OrderQueries book,
            Journal journal,
            OrderCommandHandler orders,
            Executor readers,
            Limit limit,
            LongSupplier elapsedMs) {
        this.book = book;
        this.journal = journal;
        this.orders = orders;
        this.readers = readers;
        this.limit = limit;
        this.elapsedMs = elapsedMs;
    }

    /// Called often; costs nothing until something is due.
    public void runDue() {
        if (limit.after().isZero() || elapsedMs.getAsLong() < dueMs) {
            return;
        }
        dueIn(EVERY);
        try {
            readers.execute(this::endSome);
        } catch (RejectedExecutionException _) {
            dueIn(RETRY);
        }
    }

    private void dueIn(Duration time) {
        dueMs = elapsedMs.getAsLong() + time.toMillis();
    }

    private void endSome() {
        try {
            var idle = book.idleSince(limit.trusted().instant().minus(limit.after()), BATCH_MAX);
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
                    "ended {} orders to which nothing had happened for {} days",
                    ended,
                    limit.after().toDays());
        }
        if (isMore && ended > 0) {
            dueIn(Duration.ZERO);
        }
    }

    private void failed(Throwable cause) {
        LOG.warn("abandoned orders could not be ended, which is tried again: {}", cause.getMessage());
        dueIn(RETRY);
    }

    /// False if something has happened to it meanwhile.
    private CompletableFuture<Boolean> end(Order idle) {
        var now = limit.trusted().instant();
        var command = idle.state() == OrderState.FAILED
                ? new OrderCommand.Return()
                : new OrderCommand.Cancel(
                        "abandoned: nothing happened to it for " + limit.after().toDays() + " days");
        var request = new OrderCommandHandler.OrderRequest(
                new OrderReference.ById(idle.id()), command, new Caller.Trusted(Actor.HUB), now, now);
        return journal.submit(ledger -> ledger.findOrder(idle.id())
                .filter(order -> order.lastSequence() == idle.lastSequence())
                .map(_ -> orders.handleInTransaction(ledger, request))
                .filter(OrderResult.Committed.class::isInstance)
                .isPresent());
    }
}
