package waybill.hub.dispatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.directory.DriverState;
import waybill.dispatch.AvailableDriver;
import waybill.dispatch.DispatchLimits;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.relay.Relay;
import waybill.journal.LogEntry;
import waybill.order.HubEvent;
import waybill.tracking.DriverPositions;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;

/// The drivers on duty, in memory, so that no decision of dispatch reads the disk. Read from the directory at start,
/// then updated by the relay: each node builds it for itself, and it may be behind the log by what the relay is.
///
/// Written by one thread; read by any, without a lock and without blocking.
public final class DriversOnDuty implements Relay.EventListener {

    /// As many drivers as have a position in memory. While there are so many, one that goes on duty is not
    /// dispatched.
    public static final int DRIVERS_MAX = DriverPositions.DRIVERS_MAX;

    private static final int PAGE_MAX = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(DriversOnDuty.class);

    private final ActiveOrders activeOrders;
    private final DriverPositions driverPositions;
    private final DriverPlans plans = new DriverPlans(DispatchLimits.defaults());
    private final int driversMax;
    private final long readSequence;
    private final Map<String, DriverState> byId = new ConcurrentSkipListMap<>(); // so that all are listed by id
    private final NavigableSet<ShiftEnd> shiftEnds = new ConcurrentSkipListSet<>(
            Comparator.comparingLong(ShiftEnd::endsAtMs).thenComparing(ShiftEnd::driver));
    private final AtomicInteger count = new AtomicInteger();

    private record ShiftEnd(long endsAtMs, String driver) {

        static Optional<ShiftEnd> of(DriverState state) {
            return state.shift().endsAt().map(end -> new ShiftEnd(end.toEpochMilli(), state.driver()));
        }
    }

    /// Lists drivers as the directory does ([waybill.directory.Directory#listDrivers]).
    @FunctionalInterface
    public interface DriverPages {
        List<DriverState> listDrivers(String after, int max);
    }

    private DriversOnDuty(
            ActiveOrders activeOrders, DriverPositions driverPositions, int driversMax, long readSequence) {
        this.activeOrders = activeOrders;
        this.driverPositions = driverPositions;
        this.driversMax = driversMax;
        this.readSequence = readSequence;
    }

    /// Reads which drivers are on duty. Blocks.
    ///
    /// @param lastSequence of the log, read before the directory: the directory has at least the events up to it
    public static DriversOnDuty read(
            DriverPages directory, long lastSequence, ActiveOrders activeOrders, DriverPositions driverPositions) {
        return read(directory, lastSequence, activeOrders, driverPositions, DRIVERS_MAX);
    }

    static DriversOnDuty read(
            DriverPages directory,
            long lastSequence,
            ActiveOrders activeOrders,
            DriverPositions driverPositions,
            int driversMax) {
        var drivers = new DriversOnDuty(activeOrders, driverPositions, driversMax, lastSequence);
        for (var page = directory.listDrivers("", PAGE_MAX);
                !page.isEmpty();
                page = directory.listDrivers(page.getLast().driver(), PAGE_MAX)) {
            page.forEach(drivers::apply);
        }
        return drivers;
    }

    /// An event that the directory had when it was read is older than what was read.
    @Override
    public void onEvent(LogEntry entry) {
        if (entry.sequence() > readSequence
                && entry.event() instanceof HubEvent.DriverStatusChanged(var driver, var status, var _, var shift)) {
            apply(new DriverState(driver, status, entry.occurredAt(), shift));
        }
    }

    private void apply(DriverState state) {
        if (!state.status().isOnDuty()) {
            remove(state.driver());
        } else if (count.get() < driversMax || byId.containsKey(state.driver())) {
            put(state);
        } else {
            LOG.warn(
                    "driver {} is not dispatched until its next status: {} drivers are on duty (expected: at most {})",
                    state.driver(),
                    count.get(),
                    driversMax);
        }
    }

    private void put(DriverState state) {
        var before = byId.put(state.driver(), state);
        if (before == null) {
            count.incrementAndGet();
        } else {
            ShiftEnd.of(before).ifPresent(shiftEnds::remove);
        }
        ShiftEnd.of(state).ifPresent(shiftEnds::add);
    }

    private void remove(String driver) {
        var before = byId.remove(driver);
        if (before != null) {
            ShiftEnd.of(before).ifPresent(shiftEnds::remove);
            count.decrementAndGet();
        }
    }

    /// At most `max` drivers on duty whose shift has ended at `nowMs`, those that ended first.
    List<String> withShiftEnded(long nowMs, int max) {
        return shiftEnds.headSet(new ShiftEnd(nowMs + 1, "")).stream()
                .limit(max)
                .map(ShiftEnd::driver)
                .toList();
    }

    public int count() {
        return count.get();
    }

    public boolean isOnDuty(String driver) {
        return byId.containsKey(driver);
    }

    /// The drivers on duty that have reported a position of late, by id, each where and when it is free after its
    /// orders.
    public List<AvailableDriver> available(long nowMs) {
        var drivers = new ArrayList<AvailableDriver>(count.get());
        for (var state : byId.values()) {
            available(state, nowMs).ifPresent(drivers::add);
        }
        return drivers;
    }

    /// The same of one driver. Empty if it is off duty, has no fresh position, or has an order whose place is
    /// unknown.
    public Optional<AvailableDriver> available(String driver, long nowMs) {
        return Optional.ofNullable(byId.get(driver)).flatMap(state -> available(state, nowMs));
    }

    private Optional<AvailableDriver> available(DriverState state, long nowMs) {
        if (state.shift().hasEnded(Instant.ofEpochMilli(nowMs))) {
            return Optional.empty();
        }
        return driverPositions
                .find(state.driver())
                .map(DriverTrackState::newest)
                .filter(fix -> isFresh(fix, nowMs))
                .flatMap(fix -> plans.afterOrders(fix, state.shift(), activeOrders.ofDriver(state.driver()), nowMs));
    }

    private static boolean isFresh(Fix fix, long nowMs) {
        return nowMs - fix.recordedAtMs() <= DriverPositions.NEARBY_AGE_MAX.toMillis();
    }
}
