package waybill.hub.arrival;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.OrderCommandHandler.OrderReference;
import waybill.hub.OrderCommandHandler.OrderRequest;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.OrderCommand;
import waybill.order.OrderId;

/// Sends reports of arrivals to the journal, a limited number at once. A report that finds no room, or that the
/// journal does not take, stays due: the driver's next fix sends it again. Thread-safe.
final class ArrivalReports {

    /// Reports that wait for the journal.
    static final int IN_FLIGHT_MAX = 256;

    private static final Logger LOG = LoggerFactory.getLogger(ArrivalReports.class);

    /// The report of one kind for one stop. Only the owner of the driver's state sends it; only the journal's answer
    /// ends that.
    static final class Report {

        private enum Status {
            NONE,
            DUE,
            IN_FLIGHT,
            DONE
        }

        private volatile Status status = Status.NONE;
        private volatile boolean isFailed;

        void setDue() {
            status = Status.DUE;
        }

        void setDone() {
            status = Status.DONE;
        }

        boolean isDue() {
            return status == Status.DUE;
        }

        boolean isDone() {
            return status == Status.DONE;
        }
    }

    private final Function<OrderRequest, CompletableFuture<OrderResult>> orders;
    private final InstantSource clock;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongAdder postponed = new LongAdder();

    /// @param orders handles an order command; never blocks
    ArrivalReports(Function<OrderRequest, CompletableFuture<OrderResult>> orders, InstantSource clock) {
        this.orders = orders;
        this.clock = clock;
    }

    /// Sends a report that is due.
    void send(Report report, OrderId order, OrderCommand.ArrivalReport command) {
        if (inFlight.incrementAndGet() > IN_FLIGHT_MAX) {
            inFlight.decrementAndGet();
            postponed.increment();
            return;
        }
        report.status = Report.Status.IN_FLIGHT;
        orders.apply(request(order, command)).whenComplete((_, failure) -> {
            inFlight.decrementAndGet();
            report.status = failure == null ? Report.Status.DONE : Report.Status.DUE;
            if (failure != null) {
                postponed.increment();
            }
            if (failure != null && !report.isFailed) { // each fix tries again
                report.isFailed = true;
                LOG.warn(
                        "order {}: the driver's arrival could not be stored; the driver's next position stores it: {}",
                        order,
                        failure.getMessage());
            }
        });
    }

    /// It happened when the command says so.
    private OrderRequest request(OrderId order, OrderCommand.ArrivalReport command) {
        var now = clock.instant();
        var at = command.at().isAfter(now) ? now : command.at();
        return new OrderRequest(
                new OrderReference.ById(order), command, new Caller.Trusted(Actor.HUB_POSITIONS), at, now);
    }

    /// Reports that were not stored at once.
    long postponedCount() {
        return postponed.sum();
    }
}
