package waybill.hub.position;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.hub.projection.ActiveOrders;
import waybill.journal.EventLog;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.tracking.DriverPositions;
import waybill.tracking.DriverTrack;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;

/// The last stages of a position: throttled, then published to the viewers of each order with its precision and its
/// ETA. Every publication of a driver is part of an update of that driver. Thread-safe.
final class PositionPublication {

    /// Drivers whose ETAs wait for a newer travel time.
    private static final int NEWER_MAX = 10_000;

    private final ActiveOrders activeOrders;
    private final DriverPositions driverPositions;
    private final ThrottledPositions throttled;
    private final PositionUpdates updates;
    private final EtaTracker etas;
    private final TrackingSnapshots snapshots;
    private final PositionPublisher publisher;
    private final Set<String> newerTravels = ConcurrentHashMap.newKeySet(); // of drivers
    private final EtaSweep sweep;
    private long sweptAtMs; // by the thread that publishes what is due
    private final LongAdder throttledCount = new LongAdder();
    private final LongAdder publishedCount = new LongAdder();

    PositionPublication(
            ActiveOrders activeOrders,
            DriverPositions driverPositions,
            EventLog log,
            EtaTracker etas,
            PositionPolicy policy,
            PositionPublisher publisher) {
        this.activeOrders = activeOrders;
        this.driverPositions = driverPositions;
        this.throttled = new ThrottledPositions(policy);
        this.updates = new PositionUpdates(new Precision(activeOrders, policy.isHiddenUntilNext()));
        this.etas = etas;
        this.snapshots = new TrackingSnapshots(activeOrders, log, updates, etas.estimator(), policy.signal());
        this.publisher = publisher;
        this.sweep = new EtaSweep(activeOrders, order -> refreshEta(order, sweptAtMs));
    }

    /// Called in an update of the driver.
    ///
    /// @param named the order of the position; all the driver's orders if none is named
    void publishOrThrottle(DriverTrackState track, @Nullable OrderId named, List<Order> orders, long nowMs) {
        if (!throttled.tryEmit(track.newest().driver(), named, nowMs)) {
            throttledCount.increment();
            return;
        }
        var next = activeOrders.nextStop(orders);
        for (var order : orders) {
            if (named == null || named.equals(order.id())) {
                publish(track, order, next, nowMs);
            }
        }
    }

    /// Publishes the newest of the throttled positions that are due. Called by one thread, often.
    void publishDue(long nowMs) {
        for (var driver : throttled.waiting()) {
            driverPositions.update(driver, track -> {
                var due = throttled.pollDue(driver, nowMs);
                if (due != null) {
                    track.state()
                            .filter(state -> state.newest().isLive(nowMs))
                            .ifPresent(state -> publish(state, activeOrders.ofDriver(driver), due, nowMs));
                }
                return driver;
            });
        }
        if (throttled.isOverfull()) {
            for (var driver : throttled.drivers()) {
                driverPositions.update(driver, _ -> {
                    throttled.removeIfIdle(driver, nowMs);
                    return driver;
                });
            }
        }
    }

    /// The provider of travel times has answered for a driver. With too many waiting, the sweep finds it later.
    void onNewerTravel(String driver) {
        if (newerTravels.size() < NEWER_MAX) {
            newerTravels.add(driver);
        }
    }

    /// Publishes the ETAs that have moved without a position. Called by one thread, often.
    void publishMovedEtas(long nowMs) {
        for (var drivers = newerTravels.iterator(); drivers.hasNext(); ) {
            var driver = drivers.next();
            drivers.remove();
            activeOrders.ofDriver(driver).forEach(order -> refreshEta(order, nowMs));
        }
        sweptAtMs = nowMs;
        sweep.run(nowMs);
    }

    /// Publishes the ETA of an order if it has moved. The node to which the driver reports does so for the viewers of
    /// all nodes, as with each position; if there is none, each node does it for its own.
    void refreshEta(Order order, long nowMs) {
        var driver = ActiveOrders.driver(order)
                .filter(one -> driverPositions.find(one).isPresent());
        if (driver.isEmpty()) {
            etas.movedEta(order, null, nowMs).ifPresent(eta -> publisher.publishHere(PositionUpdates.eta(eta, order)));
            return;
        }
        driverPositions.update(driver.get(), track -> {
            refreshEta(order, track, nowMs);
            return order;
        });
    }

    private void refreshEta(Order order, DriverTrack track, long nowMs) {
        var state = track.stateOrNone();
        if (state == null || !isReporting(state, nowMs)) {
            etas.movedEta(order, state, nowMs).ifPresent(eta -> publisher.publishHere(PositionUpdates.eta(eta, order)));
        } else if (track.isReportedHere()) {
            etas.movedEta(order, state, nowMs)
                    .ifPresent(eta -> publisher.publish(List.of(), PositionUpdates.eta(eta, order)));
        } else {
            etas.follow(order, state, nowMs);
        }
    }

    /// A driver that stands still reports once a minute.
    private static boolean isReporting(DriverTrackState state, long nowMs) {
        return nowMs - state.newest().receivedAtMs() <= Fix.LIVE_AGE_MAX_MS;
    }

    private void publish(DriverTrackState track, List<Order> orders, PositionThrottle.Due due, long nowMs) {
        var next = activeOrders.nextStop(orders);
        for (var order : orders) {
            if (due.isOf(order.id())) {
                publish(track, order, next, nowMs);
            }
        }
    }

    private void publish(DriverTrackState track, Order order, Optional<OrderId> next, long nowMs) {
        publishedCount.increment();
        var isNextStop = next.isEmpty() || next.get().equals(order.id());
        var eta = etas.changedEta(order, track, nowMs);
        publisher.publish(
                updates.forAll(track.newest(), order, isNextStop, nowMs),
                eta.isEmpty() ? null : PositionUpdates.eta(eta.get(), order));
    }

    /// Passes the tracking state of an order to `reader`, within the driver's positions: behind those that were
    /// published before, and ahead of those after. False if it is not in memory since when the viewer may see the
    /// driver.
    boolean readSnapshot(Principal viewer, Order order, long nowMs, Consumer<TrackingSnapshot> reader) {
        var since = snapshots.visibleSinceMsOrNone(viewer, order);
        if (since == null) {
            return false;
        }
        readSnapshot(viewer, order, since, nowMs, reader);
        return true;
    }

    /// The same, with a read of the log if it takes one.
    void loadSnapshot(Principal viewer, Order order, long nowMs, Consumer<TrackingSnapshot> reader) {
        var since = snapshots.visibleSinceMsOrNone(viewer, order);
        readSnapshot(viewer, order, since == null ? snapshots.loadVisibleSinceMs(order) : since, nowMs, reader);
    }

    private void readSnapshot(
            Principal viewer, Order order, long sinceMs, long nowMs, Consumer<TrackingSnapshot> reader) {
        var driver = order.state().isActive() ? ActiveOrders.driver(order) : Optional.<String>empty();
        if (driver.isEmpty()) {
            reader.accept(snapshots.of(viewer, order, null, sinceMs, nowMs));
            return;
        }
        driverPositions.update(driver.get(), track -> {
            reader.accept(snapshots.of(viewer, order, track.stateOrNone(), sinceMs, nowMs));
            return order;
        });
    }

    void setVisibleSince(OrderId order, Instant at) {
        snapshots.setVisibleSince(order, at);
    }

    void removeOrder(OrderId order) {
        etas.remove(order);
        snapshots.remove(order);
    }

    long throttledCount() {
        return throttledCount.sum();
    }

    long publishedCount() {
        return publishedCount.sum();
    }
}
