package waybill.hub.eta;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import waybill.eta.ArrivalCalculator.ReadyTime;
import waybill.eta.EtaModel;
import waybill.eta.LearntTravelTimes;
import waybill.eta.StopTimeModel;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.order.OrderState;

/// When orders are ready: as their stores say, or else as learnt of the stores, counted from the acceptance. After a
/// restart an order that was
/// accepted before counts from when it was placed. Thread-safe.
public final class ReadyTimes {

    /// Accepted orders in memory. Further ones count from when they were placed.
    static final int ORDERS_MAX = 100_000;

    private final StopTimeModel preparation;
    private final Map<OrderId, Long> acceptedAtMs = new ConcurrentHashMap<>();

    public ReadyTimes(EtaModel model) {
        preparation = model.preparation();
    }

    /// When the order is ready; now, or before, if it is.
    public ReadyTime of(Order order, long nowMs) {
        if (!isPrepared(order.state())) {
            return new ReadyTime(nowMs, nowMs, nowMs);
        }
        var set = order.times().readyAtOrNone();
        if (set != null) {
            var atMs = Math.max(nowMs, set.toEpochMilli());
            return new ReadyTime(atMs, atMs, atMs);
        }
        var fromMs = acceptedMs(order);
        var time = preparation.predict(order.store());
        return new ReadyTime(
                Math.max(nowMs, fromMs + ms(time.minutes())),
                Math.max(nowMs, fromMs + ms(time.low())),
                Math.max(nowMs, fromMs + ms(time.high())));
    }

    /// When the order was expected to be ready, whether it is or not.
    public long expectedMs(Order order) {
        var set = order.times().readyAtOrNone();
        return set == null
                ? acceptedMs(order) + ms(preparation.predict(order.store()).minutes())
                : set.toEpochMilli();
    }

    private long acceptedMs(Order order) {
        var accepted = acceptedAtMs.get(order.id());
        return accepted == null ? order.placedAt().toEpochMilli() : accepted;
    }

    private static long ms(double minutes) {
        return Math.round(minutes * LearntTravelTimes.MS_PER_MINUTE);
    }

    private static boolean isPrepared(OrderState state) {
        return state == OrderState.ACCEPTED || state == OrderState.PREPARING;
    }

    void accepted(OrderId order, long atMs) {
        if (acceptedAtMs.size() < ORDERS_MAX) {
            acceptedAtMs.put(order, atMs);
        }
    }

    /// When the order was accepted, which it is not any more; null if it is not known.
    @Nullable
    Long remove(OrderId order) {
        return acceptedAtMs.remove(order);
    }
}
