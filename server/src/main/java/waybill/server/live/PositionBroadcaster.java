package waybill.server.live;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.geo.Position;
import waybill.hub.position.EtaTracker;
import waybill.hub.position.EtaUpdate;
import waybill.hub.position.PositionReport;
import waybill.hub.position.PositionThrottle;
import waybill.hub.position.PositionUpdate;
import waybill.hub.position.PositionUpdate.Viewers;
import waybill.hub.position.TrackingSnapshot;
import waybill.hub.projection.ActiveOrders;
import waybill.journal.EventLog;
import waybill.limit.RateLimit;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.server.socket.RoleRates;
import waybill.tracking.DriverPositions;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Eta;
import waybill.tracking.Fix;
import waybill.tracking.PositionVisibility;

/// Broadcasts positions of drivers to the viewers of their orders: at a limited rate, at which the newest of the
/// throttled positions is sent later; and to customers and stores only between the pickup and the end of their
/// order. Thread-safe.
final class PositionBroadcaster {

    private final ActiveOrders activeOrders;
    private final DriverPositions driverPositions;
    private final EventLog log;
    private final List<DialectChannel> channels;
    private final Precision precision;
    private final RoleRates rates;
    private final EtaTracker etas;
    private final Map<String, PositionThrottle> throttles = new ConcurrentHashMap<>();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final Map<OrderId, Long> visibleSinceMs = new ConcurrentHashMap<>(); // of active orders that were picked up
    private final LongAdder throttledCount = new LongAdder();
    private final LongAdder broadcastCount = new LongAdder();

    PositionBroadcaster(LiveServices services, List<DialectChannel> audiences) {
        activeOrders = services.activeOrders();
        driverPositions = services.driverPositions();
        log = services.log();
        this.channels = audiences;
        precision = new Precision(activeOrders, services.limits().isHiddenUntilNext());
        rates = services.limits().of(Role.DRIVER);
        etas = new EtaTracker(order -> activeOrders.byId(order).isPresent());
    }

    /// @param named the order of the position; all the driver's orders if none is named
    void broadcastOrThrottle(DriverTrackState track, @Nullable OrderId named, List<Order> orders, long nowMs) {
        if (rates.positionIntervalMs() > 0) {
            var driver = track.newest().driver();
            var pace = throttles.computeIfAbsent(
                    driver,
                    _ -> new PositionThrottle(RateLimit.every(rates.positionIntervalMs(), rates.positionBurst())));
            if (!pace.tryEmit(named, nowMs)) {
                waiting.add(driver);
                throttledCount.increment();
                return;
            }
        }
        var next = activeOrders.nextStop(orders);
        for (var order : orders) {
            if (named == null || named.equals(order.id())) {
                broadcast(track, order, next, nowMs);
            }
        }
    }

    /// Broadcasts the newest of the throttled positions that are due. Called by one thread, often.
    void broadcastDue(long nowMs) {
        for (var driver : List.copyOf(waiting)) {
            var pace = throttles.get(driver);
            waiting.remove(driver); // before the throttle is read, or a position that arrives meanwhile would be lost
            var due = pace == null ? null : pace.due(nowMs);
            if (due == null) {
                waiting.add(driver);
            } else {
                driverPositions
                        .find(driver)
                        .filter(track -> track.newest().isLive(nowMs))
                        .ifPresent(track -> broadcast(track, activeOrders.ofDriver(driver), due, nowMs));
            }
        }
        if (throttles.size() > DriverPositions.DRIVERS_MAX) {
            throttles.values().removeIf(pace -> pace.isIdle(nowMs));
        }
    }

    private void broadcast(DriverTrackState track, List<Order> orders, PositionThrottle.Due due, long nowMs) {
        var next = activeOrders.nextStop(orders);
        for (var order : orders) {
            if (due.isOf(order.id())) {
                broadcast(track, order, next, nowMs);
            }
        }
    }

    private void broadcast(DriverTrackState track, Order order, Optional<OrderId> next, long nowMs) {
        broadcastCount.increment();
        var positions =
                positions(track.newest(), order, next.map(order.id()::equals).orElse(true), nowMs);
        var eta = etas.changedEta(order, track, nowMs).orElse(null);
        for (var channel : channels) {
            if (channel.hasSubscribers()) {
                for (var position : positions) {
                    channel.broadcastLatest(channel.dialect().render(position), "position " + order.id());
                }
                if (eta != null) {
                    channel.broadcastLatest(channel.dialect().render(eta(eta, order)), "eta " + order.id());
                }
            }
        }
    }

    /// The payloads of a position: one for all viewers, or another one for customer and store.
    private List<PositionUpdate> positions(Fix fix, Order order, boolean isNext, long nowMs) {
        if (!PositionVisibility.isVisible(order.state())) {
            return List.of(exact(fix, order, Viewers.STAFF, nowMs));
        }
        return switch (precision.of(isNext)) {
            case EXACT -> List.of(exact(fix, order, Viewers.ALL, nowMs));
            case ROUNDED -> List.of(exact(fix, order, Viewers.STAFF, nowMs), rounded(fix, order, nowMs));
            case HIDDEN -> List.of(exact(fix, order, Viewers.STAFF, nowMs));
        };
    }

    /// The payload for one viewer, null for none.
    private @Nullable PositionUpdate shown(Principal viewer, Fix fix, Order order, long nowMs) {
        var seen = PositionVisibility.seesAllPositions(viewer.role())
                ? PositionVisibility.Precision.EXACT
                : precision.of(order);
        return switch (seen) {
            case EXACT -> exact(fix, order, Viewers.ALL, nowMs);
            case ROUNDED -> rounded(fix, order, nowMs);
            case HIDDEN -> null;
        };
    }

    /// Without speed and heading, from which the route could be derived.
    private static PositionUpdate rounded(Fix fix, Order order, long nowMs) {
        return position(
                fix,
                order,
                Viewers.PARTIES,
                fix.position().rounded(),
                PositionReport.UNKNOWN,
                PositionReport.UNKNOWN,
                nowMs);
    }

    private static PositionUpdate exact(Fix fix, Order order, Viewers viewers, long nowMs) {
        return position(fix, order, viewers, fix.position(), fix.heading(), fix.speed(), nowMs);
    }

    private static PositionUpdate position(
            Fix fix, Order order, Viewers viewers, Position at, double heading, double speed, long nowMs) {
        return new PositionUpdate(
                order.id(),
                order.details().customerOrNone(),
                order.store(),
                viewers,
                fix.driver(),
                at,
                heading,
                speed,
                Instant.ofEpochMilli(fix.recordedAtMs()),
                Math.max(0, nowMs - fix.recordedAtMs()));
    }

    private static EtaUpdate eta(Eta eta, Order order) {
        return new EtaUpdate(
                order.id(),
                order.details().customerOrNone(),
                eta.minutes(),
                eta.minMinutes(),
                eta.maxMinutes(),
                Instant.ofEpochMilli(eta.estimatedDeliveryTimeMs()));
    }

    /// The tracking state of an order. Empty if it is not in memory since when the viewer may see its driver.
    Optional<TrackingSnapshot> snapshotFor(Principal viewer, Order order, long nowMs) {
        var since = visibleSinceMs(viewer, order);
        return since == null ? Optional.empty() : Optional.of(snapshot(viewer, order, since, nowMs));
    }

    TrackingSnapshot loadSnapshotFor(Principal viewer, Order order, long nowMs) {
        var since = visibleSinceMs(viewer, order);
        return snapshot(viewer, order, since == null ? loadVisibleSinceMs(order) : since, nowMs);
    }

    /// The time from which the viewer may see the driver of an order, null if it is not in memory.
    private @Nullable Long visibleSinceMs(Principal viewer, Order order) {
        if (!order.state().isActive()) {
            return PositionVisibility.NEVER;
        }
        if (PositionVisibility.seesAllPositions(viewer.role())) {
            return 0L;
        }
        return PositionVisibility.isVisible(order.state())
                ? visibleSinceMs.get(order.id())
                : Long.valueOf(PositionVisibility.NEVER);
    }

    private long loadVisibleSinceMs(Order order) {
        var since = PositionVisibility.visibleSinceMs(log.listHistory(order.id()));
        visibleSinceMs.put(order.id(), since);
        if (activeOrders
                .byId(order.id())
                .filter(now -> now.lastSequence() == order.lastSequence())
                .isEmpty()) {
            visibleSinceMs.remove(order.id()); // reassigned or ended meanwhile
        }
        return since;
    }

    private TrackingSnapshot snapshot(Principal viewer, Order order, long since, long nowMs) {
        var track = order.state().isActive()
                ? ActiveOrders.driver(order).flatMap(driverPositions::find)
                : Optional.<DriverTrackState>empty();
        return new TrackingSnapshot(
                order,
                track.map(DriverTrackState::newest)
                        .filter(fix -> fix.recordedAtMs() >= since)
                        .map(fix -> shown(viewer, fix, order, nowMs))
                        .orElse(null),
                track.flatMap(known -> EtaTracker.estimate(order, known, nowMs))
                        .map(eta -> eta(eta, order))
                        .orElse(null));
    }

    long throttledCount() {
        return throttledCount.sum();
    }

    long broadcastCount() {
        return broadcastCount.sum();
    }

    /// An order was picked up, or continues with another driver: from then on its customer and its store see the
    /// driver.
    void setVisibleSince(OrderId order, Instant at) {
        visibleSinceMs.put(order, at.toEpochMilli());
    }

    /// The order has ended.
    void removeOrder(OrderId order) {
        etas.remove(order);
        visibleSinceMs.remove(order);
    }
}
