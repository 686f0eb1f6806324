package waybill.server.realtime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Access;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.order.Unavailable;
import waybill.server.dialect.LiveEta;
import waybill.server.dialect.LivePosition;
import waybill.server.dialect.Report;
import waybill.server.dialect.Snapshot;
import waybill.tracking.Batch;
import waybill.tracking.Eta;
import waybill.tracking.Fix;
import waybill.tracking.Judged;
import waybill.tracking.LastKnown;
import waybill.tracking.Pace;
import waybill.tracking.Track;
import waybill.tracking.TrackLog;
import waybill.tracking.Verdict;

/// Where drivers say they are, on its way to whoever watches their orders, and into the history. Nothing of
/// it waits, for the disk least of all: a driver who says more than may be told is told the newest of, a
/// little later. Thread-safe.
public final class Positions {

    /// What came of a report.
    public sealed interface Outcome {

        /// It was received.
        ///
        /// @param orderOrNone the order it was for, if that is only one
        record Received(@Nullable OrderId orderOrNone, Instant at) implements Outcome {}

        /// It names an order of which it is not known here that it is the driver's: look it up, and ask again.
        record Unsure(OrderId order) implements Outcome {}

        record Refused(
                String code, String message, @Nullable String field) implements Outcome {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(Positions.class);

    private final ActiveOrders active;
    private final LastKnown lastKnown;
    private final TrackLog tracks;
    private final List<Audience> audiences;
    private final Rates rates;
    private final InstantSource clock;
    private final Arrivals arrivals = new Arrivals();
    private final Map<String, DriverPace> paces = new ConcurrentHashMap<>();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final LongAdder heard = new LongAdder();
    private final LongAdder heldBack = new LongAdder();
    private final LongAdder told = new LongAdder();

    public Positions(
            ActiveOrders active,
            LastKnown lastKnown,
            TrackLog tracks,
            List<Audience> audiences,
            LiveLimits limits,
            InstantSource clock) {
        this.active = active;
        this.lastKnown = lastKnown;
        this.tracks = tracks;
        this.audiences = audiences;
        this.rates = limits.of(Role.DRIVER);
        this.clock = clock;
    }

    /// Where drivers were before a restart is where they are until they say otherwise. Reads the disk, so it is called
    /// before anything is heard.
    void recall() {
        try {
            var sinceMs = clock.millis() - LastKnown.RECALLED_FOR.toMillis();
            tracks.newest(sinceMs, LastKnown.DRIVERS_MAX).forEach(lastKnown::recall);
        } catch (Unavailable e) {
            LOG.warn("it is not known where drivers were: {}", e.getMessage());
        }
    }

    /// A driver says where it is, or where it has been while nobody heard it.
    public Outcome hear(Principal driver, List<Report> reports) {
        return hear(driver, reports, active.ofDriver(driver.id()));
    }

    /// The same, where the driver is known to be busy with these orders.
    public Outcome hear(Principal driver, List<Report> reports, List<Order> orders) {
        if (!Access.allows(
                driver.role(), Action.SEND_POSITION, driver.role() == Role.DRIVER ? Relation.DRIVER : Relation.NONE)) {
            return new Outcome.Refused("forbidden", "positions: not yours to send (expected: a driver's)", null);
        }
        var complaint = reports.isEmpty()
                ? Optional.of("positions: none (expected: at least one)")
                : Batch.tooLarge(reports.size());
        if (complaint.isPresent()) {
            return new Outcome.Refused("too_large", complaint.get(), null);
        }
        for (var report : reports) {
            var order = report.orderOrNone();
            if (order != null && find(orders, order) == null) {
                return new Outcome.Unsure(order);
            }
        }
        heard.add(reports.size());
        var nowMs = clock.millis();
        for (var report : reports) {
            var at = report.recordedAtOrNone();
            if (at != null && (at.toEpochMilli() < 0 || at.toEpochMilli() > nowMs + Fix.AHEAD_MAX_MS)) {
                return new Outcome.Refused(
                        "invalid", "recordedAt: " + at + " (expected: no more than a minute from now)", "recordedAt");
            }
        }
        return reports.size() == 1
                ? one(driver.id(), reports.getFirst(), orders, nowMs)
                : several(driver.id(), reports, orders, nowMs);
    }

    private Outcome one(String driver, Report report, List<Order> orders, long nowMs) {
        var fix = fix(driver, report, nowMs);
        var track = report.recordedAtOrNone() == null ? lastKnown.hearUndated(fix) : lastKnown.hear(fix);
        if (track.isKept()) {
            tracks.keep(new Judged(fix, track.verdict()));
        }
        if (track.verdict() == Verdict.ACCEPTED) {
            tellOrWait(track, report.orderOrNone(), orders, nowMs);
        }
        return received(report.orderOrNone(), orders, nowMs);
    }

    private Outcome several(String driver, List<Report> reports, List<Order> orders, long nowMs) {
        var fixes = new ArrayList<Fix>(reports.size());
        reports.forEach(report -> fixes.add(fix(driver, report, nowMs)));
        var outcome = lastKnown.hear(new Batch(fixes));
        outcome.fixes().forEach(tracks::keep);
        var named = named(reports);
        if (outcome.news().isPresent()) {
            tellOrWait(outcome.after(), named, orders, nowMs);
        }
        return received(named, orders, nowMs);
    }

    /// The order that all of them are for, if that is one.
    private static @Nullable OrderId named(List<Report> reports) {
        var named = reports.getFirst().order();
        return reports.stream().allMatch(report -> report.order().equals(named)) ? named.orElse(null) : null;
    }

    private static Outcome received(@Nullable OrderId named, List<Order> orders, long nowMs) {
        var order = named == null && orders.size() == 1 ? orders.getFirst().id() : named;
        return new Outcome.Received(order, Instant.ofEpochMilli(nowMs));
    }

    private static Fix fix(String driver, Report report, long nowMs) {
        var recordedAt = report.recordedAtOrNone();
        return new Fix(
                driver,
                report.position(),
                report.heading(),
                report.speed(),
                report.accuracy(),
                recordedAt == null ? nowMs : recordedAt.toEpochMilli(),
                nowMs);
    }

    private static @Nullable Order find(List<Order> orders, OrderId id) {
        for (var order : orders) {
            if (order.id().equals(id)) {
                return order;
            }
        }
        return null;
    }

    private void tellOrWait(Track track, @Nullable OrderId named, List<Order> orders, long nowMs) {
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
        for (var order : orders) {
            if (named == null || named.equals(order.id())) {
                tell(track, order, nowMs);
            }
        }
    }

    /// Tells the newest of what has waited for long enough. Called by one thread, often.
    void tellDue() {
        var nowMs = clock.millis();
        for (var driver : List.copyOf(waiting)) {
            var pace = paces.get(driver);
            waiting.remove(driver); // before it is asked, or what begins to wait meanwhile would be forgotten
            var due = pace == null ? null : pace.due(nowMs);
            if (due == null) {
                waiting.add(driver);
            } else {
                lastKnown
                        .of(driver)
                        .ifPresent(track -> active.ofDriver(driver).stream()
                                .filter(order -> due.isOf(order.id()))
                                .forEach(order -> tell(track, order, nowMs)));
            }
        }
        if (paces.size() > LastKnown.DRIVERS_MAX) {
            paces.values().removeIf(pace -> pace.isRested(nowMs));
        }
    }

    private void tell(Track track, Order order, long nowMs) {
        told.increment();
        var position = position(track.newest(), order, nowMs);
        var eta = arrivals.news(order, track, nowMs).orElse(null);
        for (var audience : audiences) {
            if (audience.isPresent()) {
                audience.sayLatest(audience.dialect().tell(position), "position " + order.id());
                if (eta != null) {
                    audience.sayLatest(audience.dialect().tell(eta(eta, order)), "eta " + order.id());
                }
            }
        }
    }

    private static LivePosition position(Fix fix, Order order, long nowMs) {
        return new LivePosition(
                order.id(),
                order.details().customerOrNone(),
                fix.driver(),
                fix.position(),
                fix.heading(),
                fix.speed(),
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

    /// How an order stands, for somebody who begins to watch it.
    Snapshot snapshot(Order order) {
        var nowMs = clock.millis();
        var track =
                order.state().isActive() ? ActiveOrders.driver(order).flatMap(lastKnown::of) : Optional.<Track>empty();
        return new Snapshot(
                order,
                track.map(known -> position(known.newest(), order, nowMs)).orElse(null),
                track.flatMap(known -> Arrivals.of(order, known, nowMs))
                        .map(eta -> eta(eta, order))
                        .orElse(null));
    }

    /// How many positions were heard since the start, from drivers who may send them.
    public long heard() {
        return heard.sum();
    }

    /// How many of those came sooner than they may be told, and waited or made room for a newer one.
    public long heldBack() {
        return heldBack.sum();
    }

    /// How many were told, once for each order.
    public long told() {
        return told.sum();
    }

    /// The order is over.
    void forget(OrderId order) {
        arrivals.forget(order);
    }
}
