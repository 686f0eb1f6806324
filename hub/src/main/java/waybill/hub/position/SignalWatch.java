package waybill.hub.position;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.hub.position.PositionUpdate.Viewers;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.relay.Relay;
import waybill.journal.LogEntry;
import waybill.order.HubEvent;
import waybill.order.Order;
import waybill.tracking.DriverPositions;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;
import waybill.tracking.PositionVisibility;
import waybill.tracking.SignalPolicy;
import waybill.tracking.SignalState;

/// The signals of the drivers that have an active order or are on duty: publishes once that one is lost, and once that
/// it is regained. A position costs one look-up; each driver is looked at again about when its signal would be lost, so
/// that no run looks at all. A driver that has never reported a position has no signal to lose.
///
/// Ages are measured by a clock that is never set. After a restart, a driver whose position is too old counts as lost
/// already: its viewers connect anew, and their snapshots say so.
///
/// What concerns one driver runs in updates of that driver. Thread-safe.
public final class SignalWatch implements NewestPositionListener, Relay.EventListener {

    /// Drivers that are watched. While there are so many, others are not.
    static final int DRIVERS_MAX = DriverPositions.DRIVERS_MAX;

    /// A driver that is watched.
    private static final class Watched {

        private volatile SignalState state;

        Watched(SignalState state) {
            this.state = state;
        }
    }

    private final SignalPolicy policy;
    private final ActiveOrders activeOrders;
    private final DriverPositions driverPositions;
    private final Predicate<String> isOnDuty;
    private final Precision precision;
    private final SignalPublisher publisher;
    private final InstantSource clock;
    private final LongSupplier elapsedMs;
    private final Map<String, Watched> drivers = new ConcurrentHashMap<>();
    private final AtomicInteger lostCount = new AtomicInteger();
    private final TimerWheel<String> wheel;

    /// @param isOnDuty whether a driver is on duty
    /// @param elapsedMs a clock that is never set
    public SignalWatch(
            SignalPolicy policy,
            Precision precision,
            DriverPositions driverPositions,
            Predicate<String> isOnDuty,
            SignalPublisher publisher,
            InstantSource clock,
            LongSupplier elapsedMs) {
        this.policy = policy;
        this.activeOrders = precision.active();
        this.precision = precision;
        this.driverPositions = driverPositions;
        this.isOnDuty = isOnDuty;
        this.publisher = publisher;
        this.clock = clock;
        this.elapsedMs = elapsedMs;
        this.wheel = new TimerWheel<>(policy.lostAfter().toMillis(), elapsedMs.getAsLong());
    }

    @Override
    public void onNewest(DriverTrackState track, long nowMs) {
        var driver = track.newest().driver();
        var elapsed = elapsedMs.getAsLong();
        var watched = drivers.get(driver);
        if (watched == null) {
            start(driver, new SignalState(recordedMs(track.newest(), nowMs, elapsed), false), elapsed);
            return;
        }
        var before = watched.state;
        var after = before.afterFix(recordedMs(track.newest(), nowMs, elapsed), elapsed, policy);
        watched.state = after;
        if (before.isLost() && !after.isLost()) {
            lostCount.decrementAndGet();
            publish(driver, after, track.newest(), elapsed);
        }
    }

    @Override
    public void onRestored(Fix newest, long nowMs) {
        var elapsed = elapsedMs.getAsLong();
        var state = new SignalState(recordedMs(newest, nowMs, elapsed), false);
        start(newest.driver(), state.at(elapsed, policy), elapsed);
    }

    /// A driver that has got an order, or has come on duty, is watched from now on, also if its position is old. Called
    /// when [ActiveOrders] and the drivers on duty have the event.
    @Override
    public void onEvent(LogEntry entry) {
        entry.order()
                .filter(order -> order.state().isActive())
                .flatMap(ActiveOrders::driver)
                .ifPresent(this::watch);
        if (entry.event() instanceof HubEvent.DriverStatusChanged(var driver, var status, var _, var _)
                && status.isOnDuty()) {
            watch(driver);
        }
    }

    private void watch(String driver) {
        if (drivers.containsKey(driver)) {
            return;
        }
        driverPositions.update(driver, track -> {
            var state = track.stateOrNone();
            if (state != null && !drivers.containsKey(driver)) {
                var elapsed = elapsedMs.getAsLong();
                start(driver, new SignalState(recordedMs(state.newest(), clock.millis(), elapsed), false), elapsed);
            }
            return driver;
        });
    }

    private void start(String driver, SignalState state, long elapsed) {
        if (drivers.size() < DRIVERS_MAX
                && isWatched(driver)
                && drivers.putIfAbsent(driver, new Watched(state)) == null) {
            lostCount.addAndGet(state.isLost() ? 1 : 0);
            schedule(driver, state, elapsed);
        }
    }

    /// A signal that is lost is looked at for the end of the driver's work only.
    private void schedule(String driver, SignalState state, long elapsed) {
        wheel.add(
                driver,
                (state.isLost() ? elapsed : state.seenMs()) + policy.lostAfter().toMillis());
    }

    private boolean isWatched(String driver) {
        return !activeOrders.ofDriver(driver).isEmpty() || isOnDuty.test(driver);
    }

    private static long recordedMs(Fix fix, long nowMs, long elapsed) {
        return elapsed - Math.max(0, nowMs - fix.recordedAtMs());
    }

    /// Looks at the drivers that are due. Called by one thread, often.
    public void runDue() {
        var elapsed = elapsedMs.getAsLong();
        wheel.poll(
                elapsed,
                driver -> driverPositions.update(driver, track -> {
                    check(driver, track.stateOrNone(), elapsed);
                    return driver;
                }));
    }

    private void check(String driver, @Nullable DriverTrackState trackOrNone, long elapsed) {
        var watched = drivers.get(driver);
        if (watched == null) {
            return;
        }
        var before = watched.state;
        if (!isWatched(driver)) {
            drivers.remove(driver);
            lostCount.addAndGet(before.isLost() ? -1 : 0);
            return;
        }
        var after = before.at(elapsed, policy);
        watched.state = after;
        if (after.isLost() && !before.isLost()) {
            lostCount.incrementAndGet();
            publish(driver, after, trackOrNone == null ? null : trackOrNone.newest(), elapsed);
        }
        schedule(driver, after, elapsed);
    }

    private void publish(String driver, SignalState state, @Nullable Fix newestOrNone, long elapsed) {
        var ageMs = Math.max(0, elapsed - state.seenMs());
        var lastSeenAt = newestOrNone == null
                ? Instant.ofEpochMilli(clock.millis() - ageMs)
                : Instant.ofEpochMilli(newestOrNone.recordedAtMs());
        var orders = activeOrders.ofDriver(driver);
        for (var order : orders) {
            publisher.publish(new SignalUpdate(
                    order.id(),
                    order.details().customerOrNone(),
                    order.store(),
                    viewers(order),
                    driver,
                    state.isLost(),
                    lastSeenAt,
                    ageMs));
        }
        if (orders.isEmpty()) {
            publisher.publish(
                    new SignalUpdate(null, null, null, Viewers.STAFF, driver, state.isLost(), lastSeenAt, ageMs));
        }
    }

    /// Those that see the driver's positions.
    private Viewers viewers(Order order) {
        return PositionVisibility.isVisible(order.state()) && precision.of(order) != PositionVisibility.Precision.HIDDEN
                ? Viewers.ALL
                : Viewers.STAFF;
    }

    /// The drivers whose signal is lost, also if they have finished their work meanwhile.
    public List<String> lostDrivers() {
        return drivers.entrySet().stream()
                .filter(one -> one.getValue().state.isLost())
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Whether the driver is watched, and its signal is not lost.
    public boolean isSeen(String driver) {
        var watched = drivers.get(driver);
        return watched != null && !watched.state.isLost();
    }

    /// Drivers that are watched.
    public int watchedCount() {
        return drivers.size();
    }

    /// Drivers whose signal is lost, also if they have finished their work meanwhile.
    public int lostCount() {
        return lostCount.get();
    }
}
