package waybill.hub.eta;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.eta.DelayRule;
import waybill.eta.DelayRule.Change;
import waybill.hub.OrderCommandHandler;
import waybill.hub.OrderCommandHandler.OrderReference;
import waybill.hub.OrderCommandHandler.OrderRequest;
import waybill.hub.refusal.Failures;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderId;
import waybill.tracking.Eta;

/// Opens and closes the delay alerts of orders. Whether an order has an open alert is part of the order, and decided
/// in its transaction, so that several nodes and a restart report a delay once. What is in memory here is how long a
/// change has been wanted, and the first ETA of an order without a promise, which a restart forgets. Thread-safe.
public final class DelayAlerts {

    /// Orders whose expectations are in memory. Further ones are not watched.
    static final int ORDERS_MAX = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(DelayAlerts.class);

    /// @param baselineMs what counts as the promise
    /// @param wanted the change that is wanted since `sinceMs`; null for none
    private record Watch(long baselineMs, @Nullable Change wanted, long sinceMs) {}

    private final @Nullable DelayRule rule;
    private final OrderCommandHandler orders;
    private final Map<OrderId, Watch> watches = new ConcurrentHashMap<>();

    /// @param rule null for no alerts
    public DelayAlerts(@Nullable DelayRule rule, OrderCommandHandler orders) {
        this.rule = rule;
        this.orders = orders;
    }

    /// An active order is expected at a time. Never blocks.
    ///
    /// @param etaOrNone null while the order has no ETA: it is then expected now at the earliest
    public void onEstimate(Order order, @Nullable Eta etaOrNone, long nowMs) {
        var promised = order.details().promisedAtOrNone();
        if (rule == null || (etaOrNone == null && promised == null)) {
            return;
        }
        var expectedMs = etaOrNone == null ? nowMs : etaOrNone.estimatedDeliveryTimeMs();
        var missed = order.times().missedPromiseOrNone();
        var before = watches.get(order.id());
        if (before == null && watches.size() >= ORDERS_MAX) {
            return;
        }
        var baselineMs = missed != null
                ? missed.toEpochMilli()
                : promised != null
                        ? promised.toEpochMilli()
                        : before != null
                                ? before.baselineMs
                                : expectedMs + rule.tolerance().toMillis();
        var wanted = rule.wanted(baselineMs, expectedMs, missed != null);
        var sinceMs = before != null && before.wanted == wanted && nowMs >= before.sinceMs ? before.sinceMs : nowMs;
        if (wanted == null || nowMs - sinceMs < rule.steadyFor().toMillis()) {
            watches.put(order.id(), new Watch(baselineMs, wanted, sinceMs));
            return;
        }
        watches.put(order.id(), new Watch(baselineMs, null, nowMs)); // if it fails, it is tried again after a while
        submit(order, wanted, Instant.ofEpochMilli(baselineMs), Instant.ofEpochMilli(expectedMs), nowMs);
    }

    private void submit(Order order, Change change, Instant promised, Instant expected, long nowMs) {
        var now = Instant.ofEpochMilli(nowMs);
        OrderCommand command = switch (change) {
            case OPEN -> new OrderCommand.OpenDelay(promised, expected);
            case CLOSE -> new OrderCommand.CloseDelay(expected);
        };
        var request =
                new OrderRequest(new OrderReference.ById(order.id()), command, new Caller.Trusted(Actor.HUB), now, now);
        orders.handle(request).whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.warn(
                        "the delay of order {} could not be recorded; it is tried again: {}",
                        order.id(),
                        Failures.cause(failure).getMessage());
            }
        });
    }

    /// The order has ended.
    public void remove(OrderId order) {
        watches.remove(order);
    }
}
