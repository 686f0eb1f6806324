package waybill.hub.position;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.hub.projection.ActiveOrders;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.tracking.DriverPositions;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;
import waybill.tracking.PositionVisibility;
import waybill.tracking.RateHint;

/// Tells each driver how often to report its position: over its sockets when the interval has changed, and in the
/// answers to its reports over HTTP. A driver's interval is computed anew with its positions, every few seconds at
/// most. Thread-safe; what concerns one driver runs in updates of that driver.
public final class RateHints implements NewestPositionListener {

    /// Drivers whose intervals are in memory. With one more, all are computed again, and sent again.
    static final int DRIVERS_MAX = DriverPositions.DRIVERS_MAX;

    /// The time between two computations for one driver.
    static final long COMPUTED_EVERY_MS = 5_000;

    /// The time between two hints to one driver.
    static final long SENT_EVERY_MS = 10_000;

    /// How often viewers of a driver's orders are looked for, and how long one that was found counts.
    static final long PROBED_EVERY_MS = 30_000;

    private static final long WATCHED_FOR_MS = PROBED_EVERY_MS + COMPUTED_EVERY_MS;
    private static final long NEVER = Long.MIN_VALUE / 2;

    /// Sends a hint to the sockets of a driver. Never blocks.
    @FunctionalInterface
    public interface Publisher {
        void publish(String driver, long intervalMs);
    }

    /// Finds out whether orders have viewers. Never blocks.
    @FunctionalInterface
    public interface ViewerProbe {

        /// Runs `onViewer`, maybe later and on any thread, for a viewer in the room of one of these orders.
        void probe(List<OrderId> orders, Runnable onViewer);
    }

    private static final class DriverRate {

        private long computedAtMs = NEVER;
        private long probedAtMs = NEVER;
        private long sentAtMs = NEVER;
        private long sentIntervalMs;
        private volatile long watchedAtMs = NEVER;
        private volatile long intervalMs;
    }

    private final ActiveOrders activeOrders;
    private final Function<Order, Address> pickups;
    private final ViewerProbe viewers;
    private final Publisher publisher;
    private final LongSupplier elapsedMs;
    private final Map<String, DriverRate> rates = new ConcurrentHashMap<>();

    /// @param pickups where an order is fetched; never blocks
    /// @param elapsedMs a clock that is never set
    public RateHints(
            ActiveOrders activeOrders,
            Function<Order, Address> pickups,
            ViewerProbe viewers,
            Publisher publisher,
            LongSupplier elapsedMs) {
        this.activeOrders = activeOrders;
        this.pickups = pickups;
        this.viewers = viewers;
        this.publisher = publisher;
        this.elapsedMs = elapsedMs;
    }

    @Override
    public void onNewest(DriverTrackState track, long nowMs) {
        var driver = track.newest().driver();
        var elapsed = elapsedMs.getAsLong();
        var rate = rateOf(driver);
        if (elapsed - rate.computedAtMs < COMPUTED_EVERY_MS) {
            return;
        }
        rate.computedAtMs = elapsed;
        var orders = activeOrders.ofDriver(driver);
        var conditions = new RateHint.Conditions(
                !orders.isEmpty(),
                elapsed - rate.watchedAtMs < WATCHED_FOR_MS,
                track.speed(),
                metresToStop(track.newest().position(), orders));
        rate.intervalMs = RateHint.nextIntervalMs(conditions, rate.intervalMs);
        if (rate.intervalMs != rate.sentIntervalMs && elapsed - rate.sentAtMs >= SENT_EVERY_MS) {
            rate.sentIntervalMs = rate.intervalMs;
            rate.sentAtMs = elapsed;
            publisher.publish(driver, rate.intervalMs);
        }
        if (!orders.isEmpty() && elapsed - rate.probedAtMs >= PROBED_EVERY_MS) {
            rate.probedAtMs = elapsed;
            viewers.probe(orders.stream().map(Order::id).toList(), () -> rate.watchedAtMs = elapsed);
        }
    }

    @Override
    public void onRestored(Fix newest, long nowMs) {
        // the next position is the reason for a hint
    }

    private DriverRate rateOf(String driver) {
        var known = rates.get(driver);
        if (known != null) {
            return known;
        }
        if (rates.size() >= DRIVERS_MAX) {
            rates.clear();
        }
        return rates.computeIfAbsent(driver, _ -> new DriverRate());
    }

    /// The nearest place where an order is fetched or delivered next.
    private double metresToStop(Position from, List<Order> orders) {
        var nearest = Double.NaN;
        for (var order : orders) {
            var place = stopOrNone(order);
            if (place != null) {
                var metres = from.metresTo(place);
                nearest = nearest < metres ? nearest : metres; // NaN is not
            }
        }
        return nearest;
    }

    private @Nullable Position stopOrNone(Order order) {
        return PositionVisibility.isVisible(order.state())
                ? order.details().dropoff().positionOrNone()
                : pickups.apply(order).positionOrNone();
    }

    /// A socket of the driver has connected, and does not know the interval.
    public void onConnect(String driver) {
        var intervalMs = intervalMs(driver);
        if (intervalMs > 0) {
            publisher.publish(driver, intervalMs);
        }
    }

    /// The driver's interval; 0 before its first position.
    public long intervalMs(String driver) {
        var rate = rates.get(driver);
        return rate == null ? 0 : rate.intervalMs;
    }
}
