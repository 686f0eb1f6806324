package waybill.server.realtime;

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
import waybill.order.EventLog;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.order.Sight;
import waybill.server.dialect.LiveEta;
import waybill.server.dialect.LivePosition;
import waybill.server.dialect.LivePosition.Viewers;
import waybill.server.dialect.Report;
import waybill.server.dialect.Snapshot;
import waybill.tracking.Eta;
import waybill.tracking.Fix;
import waybill.tracking.LastKnown;
import waybill.tracking.Pace;
import waybill.tracking.Track;

/// Broadcasts where drivers are to the viewers of their orders: at most so often, so that of what is too much the
/// newest
/// is told, a little later; and to customers and stores only while the driver has their order with them. Thread-safe.
final class PositionBroadcaster {

    private final ActiveOrders active;
    private final LastKnown lastKnown;
    private final EventLog log;
    private final List<Audience> audiences;
    private final Precision precision;
    private final Rates rates;
    private final Arrivals arrivals;
    private final Map<String, DriverPace> paces = new ConcurrentHashMap<>();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final Map<OrderId, Long> sinceMs = new ConcurrentHashMap<>(); // of active orders that were picked up
    private final LongAdder heldBack = new LongAdder();
    private final LongAdder told = new LongAdder();

    PositionBroadcaster(LiveServices services, List<Audience> audiences) {
        active = services.active();
        lastKnown = services.lastKnown();
        log = services.log();
        this.audiences = audiences;
        precision = new Precision(active, services.limits().isHiddenUntilNext());
        rates = services.limits().of(Role.DRIVER);
        arrivals = new Arrivals(order -> active.byId(order).isPresent());
    }

    /// @param named the order it is for; all of them where none is named
    void tellOrWait(Track track, @Nullable OrderId named, List<Order> orders, long nowMs) {
        if (rates.positionIntervalMs() > 0) {
            var driver = track.newest().driver();
            var pace = paces.computeIfAbsent(
                    driver, _ -> new DriverPace(new Pace(rates.positionIntervalMs(), rates.positionBurst(), 0)));
            if (!pace.mayTell(named, nowMs)) {
                waiting.add(driver);
                heldBack.increment();
                return;
            }
        }
        var next = active.nextStop(orders);
        for (var order : orders) {
            if (named == null || named.equals(order.id())) {
                tell(track, order, next, nowMs);
            }
        }
    }

    /// Tells the newest of what has waited for long enough. Called by one thread, often.
    void tellDue(long nowMs) {
        for (var driver : List.copyOf(waiting)) {
            var pace = paces.get(driver);
            waiting.remove(driver); // before it is asked, or what begins to wait meanwhile would be forgotten
            var due = pace == null ? null : pace.due(nowMs);
            if (due == null) {
                waiting.add(driver);
            } else {
                lastKnown
                        .of(driver)
                        .filter(track -> track.newest().isLive(nowMs))
                        .ifPresent(track -> tell(track, active.ofDriver(driver), due, nowMs));
            }
        }
        if (paces.size() > LastKnown.DRIVERS_MAX) {
            paces.values().removeIf(pace -> pace.isRested(nowMs));
        }
    }

    private void tell(Track track, List<Order> orders, DriverPace.Due due, long nowMs) {
        var next = active.nextStop(orders);
        for (var order : orders) {
            if (due.isOf(order.id())) {
                tell(track, order, next, nowMs);
            }
        }
    }

    private void tell(Track track, Order order, Optional<OrderId> next, long nowMs) {
        told.increment();
        var positions =
                positions(track.newest(), order, next.map(order.id()::equals).orElse(true), nowMs);
        var eta = arrivals.news(order, track, nowMs).orElse(null);
        for (var audience : audiences) {
            if (audience.isPresent()) {
                for (var position : positions) {
                    audience.sayLatest(audience.dialect().tell(position), "position " + order.id());
                }
                if (eta != null) {
                    audience.sayLatest(audience.dialect().tell(eta(eta, order)), "eta " + order.id());
                }
            }
        }
    }

    /// What is told of a position: the same to all viewers, or something else to customer and store.
    private List<LivePosition> positions(Fix fix, Order order, boolean isNext, long nowMs) {
        if (!Sight.isOpen(order.state())) {
            return List.of(exact(fix, order, Viewers.STAFF, nowMs));
        }
        return switch (precision.of(isNext)) {
            case EXACT -> List.of(exact(fix, order, Viewers.ALL, nowMs));
            case ROUNDED -> List.of(exact(fix, order, Viewers.STAFF, nowMs), rounded(fix, order, nowMs));
            case HIDDEN -> List.of(exact(fix, order, Viewers.STAFF, nowMs));
        };
    }

    /// What one viewer is shown, null for nothing.
    private @Nullable LivePosition shown(Principal viewer, Fix fix, Order order, long nowMs) {
        var seen = Sight.isUnlimited(viewer.role()) ? Sight.Precision.EXACT : precision.of(order);
        return switch (seen) {
            case EXACT -> exact(fix, order, Viewers.ALL, nowMs);
            case ROUNDED -> rounded(fix, order, nowMs);
            case HIDDEN -> null;
        };
    }

    /// Without speed and heading, from which the way could be told.
    private static LivePosition rounded(Fix fix, Order order, long nowMs) {
        return position(fix, order, Viewers.PARTIES, fix.position().rounded(), Report.NOT_SAID, Report.NOT_SAID, nowMs);
    }

    private static LivePosition exact(Fix fix, Order order, Viewers viewers, long nowMs) {
        return position(fix, order, viewers, fix.position(), fix.heading(), fix.speed(), nowMs);
    }

    private static LivePosition position(
            Fix fix, Order order, Viewers viewers, Position at, double heading, double speed, long nowMs) {
        return new LivePosition(
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

    private static LiveEta eta(Eta eta, Order order) {
        return new LiveEta(
                order.id(),
                order.details().customerOrNone(),
                eta.minutes(),
                eta.low(),
                eta.high(),
                Instant.ofEpochMilli(eta.estimatedDeliveryTimeMs()));
    }

    /// How an order stands. Empty where memory does not know since when the viewer may see its driver.
    Optional<Snapshot> snapshotFor(Principal viewer, Order order, long nowMs) {
        var since = sinceMs(viewer, order);
        return since == null ? Optional.empty() : Optional.of(snapshot(viewer, order, since, nowMs));
    }

    Snapshot loadSnapshotFor(Principal viewer, Order order, long nowMs) {
        var since = sinceMs(viewer, order);
        return snapshot(viewer, order, since == null ? load(order) : since, nowMs);
    }

    /// Since when the viewer may see the driver of an order, null if memory does not know.
    private @Nullable Long sinceMs(Principal viewer, Order order) {
        if (!order.state().isActive()) {
            return Sight.NEVER;
        }
        if (Sight.isUnlimited(viewer.role())) {
            return 0L;
        }
        return Sight.isOpen(order.state()) ? sinceMs.get(order.id()) : Long.valueOf(Sight.NEVER);
    }

    private long load(Order order) {
        var since = Sight.sinceMs(log.history(order.id()));
        sinceMs.put(order.id(), since);
        if (active.byId(order.id())
                .filter(now -> now.version() == order.version())
                .isEmpty()) {
            sinceMs.remove(order.id()); // it is another's or over meanwhile
        }
        return since;
    }

    private Snapshot snapshot(Principal viewer, Order order, long since, long nowMs) {
        var track =
                order.state().isActive() ? ActiveOrders.driver(order).flatMap(lastKnown::of) : Optional.<Track>empty();
        return new Snapshot(
                order,
                track.map(Track::newest)
                        .filter(fix -> fix.recordedAtMs() >= since)
                        .map(fix -> shown(viewer, fix, order, nowMs))
                        .orElse(null),
                track.flatMap(known -> Arrivals.of(order, known, nowMs))
                        .map(eta -> eta(eta, order))
                        .orElse(null));
    }

    long heldBack() {
        return heldBack.sum();
    }

    long told() {
        return told.sum();
    }

    /// An order was picked up, or goes on with another driver: from then on its customer and its store see the driver.
    void seenSince(OrderId order, Instant at) {
        sinceMs.put(order, at.toEpochMilli());
    }

    /// The order is over.
    void forget(OrderId order) {
        arrivals.forget(order);
        sinceMs.remove(order);
    }
}
