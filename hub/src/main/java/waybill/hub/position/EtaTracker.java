package waybill.hub.position;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.geo.Position;
import waybill.hub.eta.DelayAlerts;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Eta;

/// The last published ETA of each active order. Each ETA that is computed here may open or close a delay alert.
/// Thread-safe.
///
/// While a driver reports to another node, that node publishes the ETAs of its orders, and this one only follows
/// them by the same rule: so that it knows about what the viewers have when it is its turn. Where both differ, a
/// viewer receives an ETA up to a minute later than usual, or once more: each is the whole ETA at its time, and the
/// later one counts. A delay alert is decided by the order, which has at most one.
public final class EtaTracker {

    /// Below both, a position changes an ETA by seconds, and it is published when it changes by a minute: a device that
    /// reports ten times a second does not have it computed ten times.
    private static final long UNCHANGED_MS = 1_000;

    private static final double UNCHANGED_METRES = 25;

    /// Within this time of the last one, no position changes an ETA: a vehicle moves a few metres in it.
    static final long SAMPLE_MS = 500;

    private final EtaEstimator estimator;
    private final DelayAlerts delays;
    private final Predicate<OrderId> isActive;
    private final Map<OrderId, LastEta> last = new ConcurrentHashMap<>();

    /// @param publishedOrNone the ETA that the viewers have
    /// @param sequence that of the order when its ETA was computed last
    /// @param driverOrNone where its driver was then
    private record LastEta(
            @Nullable Eta publishedOrNone,
            long sequence,
            @Nullable Position driverOrNone,
            long atMs) {

        /// Without a new position.
        static LastEta published(Eta eta, Order order, @Nullable LastEta beforeOrNone, long nowMs) {
            return beforeOrNone == null
                    ? new LastEta(eta, order.lastSequence(), null, nowMs)
                    : new LastEta(eta, beforeOrNone.sequence, beforeOrNone.driverOrNone, beforeOrNone.atMs);
        }

        boolean isUnchanged(Order order, Position place, long nowMs) {
            var afterMs = Math.abs(nowMs - atMs);
            return order.lastSequence() == sequence
                    && driverOrNone != null
                    && (afterMs < SAMPLE_MS
                            || (afterMs < UNCHANGED_MS && place.metresTo(driverOrNone) < UNCHANGED_METRES));
        }
    }

    /// @param isActive whether an order is active; once false, it stays false
    public EtaTracker(EtaEstimator estimator, DelayAlerts delays, Predicate<OrderId> isActive) {
        this.estimator = estimator;
        this.delays = delays;
        this.isActive = isActive;
    }

    EtaEstimator estimator() {
        return estimator;
    }

    /// The ETA at a new position, if it differs enough from the last published one; it is then stored as published.
    Optional<Eta> changedEta(Order order, DriverTrackState state, long nowMs) {
        var place = state.newest().position();
        var before = last.get(order.id());
        if (before != null && before.isUnchanged(order, place, nowMs)) {
            return Optional.empty();
        }
        estimator.storeFirst(order, state, nowMs);
        var published = before == null ? null : before.publishedOrNone;
        var changed = estimate(order, state, nowMs).filter(eta -> published == null || eta.hasChangedSince(published));
        store(order, new LastEta(changed.isPresent() ? changed.get() : published, order.lastSequence(), place, nowMs));
        return changed;
    }

    /// The ETA without a new position, if the time of arrival has moved enough.
    Optional<Eta> movedEta(Order order, @Nullable DriverTrackState stateOrNone, long nowMs) {
        var before = last.get(order.id());
        var published = before == null ? null : before.publishedOrNone;
        var moved =
                estimate(order, stateOrNone, nowMs).filter(eta -> published == null || eta.hasMovedSince(published));
        moved.ifPresent(eta -> store(order, LastEta.published(eta, order, before, nowMs)));
        return moved;
    }

    /// Another node publishes the ETA of this order now, if it has changed enough: then the viewers have it.
    void follow(Order order, DriverTrackState state, long nowMs) {
        var before = last.get(order.id());
        var published = before == null ? null : before.publishedOrNone;
        estimate(order, state, nowMs)
                .filter(eta -> published == null || eta.hasChangedSince(published))
                .ifPresent(eta -> store(order, LastEta.published(eta, order, before, nowMs)));
    }

    private Optional<Eta> estimate(Order order, @Nullable DriverTrackState stateOrNone, long nowMs) {
        var eta = estimator.estimate(order, stateOrNone, nowMs);
        delays.onEstimate(order, eta.orElse(null), nowMs);
        return eta;
    }

    private void store(Order order, LastEta eta) {
        last.put(order.id(), eta);
        if (!isActive.test(order.id())) {
            remove(order.id()); // it ended meanwhile; the entry would leak
        }
    }

    void remove(OrderId order) {
        last.remove(order);
        delays.remove(order);
    }
}
