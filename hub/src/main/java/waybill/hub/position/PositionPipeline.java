package waybill.hub.position;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Principal;
import waybill.hub.arrival.ArrivalTracker;
import waybill.hub.projection.ActiveOrders;
import waybill.journal.EventLog;
import waybill.journal.UnavailableException;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.tracking.DriverPositions;
import waybill.tracking.TrackLog;

/// Positions of drivers on their way to viewers and to the track log, stage by stage: validated, classified,
/// recorded, compared with the stops of the driver, throttled, and published with the precision and the ETA of each
/// order. All but the validation is one update of the driver, so that its positions are published in the order in
/// which they were classified, whichever threads they arrive on. Nothing here waits, least of all for the disk.
/// Thread-safe.
public final class PositionPipeline {

    private static final Logger LOG = LoggerFactory.getLogger(PositionPipeline.class);

    /// Two threads that read the clock at the same time may differ by less than this.
    private static final long CLOCK_BACK_MS = 1_000;

    private final ActiveOrders activeOrders;
    private final DriverPositions driverPositions;
    private final TrackLog tracks;
    private final EtaEstimator etas;
    private final InstantSource clock;
    private final FixRecorder fixRecorder;
    private final ReportAcceptance acceptance;
    private final PositionPublication publication;
    private final ArrivalTracker arrivals;
    private final LongAdder receivedCount = new LongAdder();
    private final NewestPositions newestPositions = new NewestPositions();
    private volatile long newestNowMs;

    public PositionPipeline(
            ActiveOrders activeOrders,
            DriverPositions driverPositions,
            PositionSinks sinks,
            EventLog log,
            EtaTracker etas,
            PositionPolicy policy,
            InstantSource clock) {
        this.activeOrders = activeOrders;
        this.driverPositions = driverPositions;
        tracks = sinks.tracks();
        arrivals = sinks.arrivals();
        this.etas = etas.estimator();
        this.clock = clock;
        var pointLimiter = DriverRateLimits.ofPoints(policy.trackPointsPerMinute());
        fixRecorder = new FixRecorder(tracks, pointLimiter);
        publication = new PositionPublication(activeOrders, driverPositions, log, etas, policy, sinks.publisher());
        acceptance = new ReportAcceptance(pointLimiter, fixRecorder, arrivals, publication);
    }

    /// Adds a listener, before the last positions are restored.
    public void addListener(NewestPositionListener listener) {
        newestPositions.add(listener);
    }

    /// Restores the last positions of drivers after a restart. Reads the disk, so it is called before the hub
    /// accepts clients.
    public void restore() {
        try {
            var sinceMs = clock.millis() - DriverPositions.RESTORED_AGE_MAX.toMillis();
            for (var fix : tracks.listNewest(sinceMs, DriverPositions.DRIVERS_MAX)) {
                driverPositions.restore(fix);
                newestPositions.onRestored(fix, clock.millis());
                activeOrders.ofDriver(fix.driver()).forEach(etas::load);
            }
        } catch (UnavailableException e) {
            LOG.warn(
                    "the last positions of drivers could not be restored: {}; each driver's next report sets its position",
                    e.getMessage());
        }
    }

    /// A driver reports its current position, or positions that it recorded offline.
    public ReportOutcome accept(Principal driver, List<PositionReport> reports) {
        return accept(driver, reports, false);
    }

    /// The same, as a single position or as a list.
    ///
    /// @param isList whether it was a list, for which each position has a result
    public ReportOutcome accept(Principal driver, List<PositionReport> reports, boolean isList) {
        return accept(driver, reports, isList, DriverOrders.inMemory(activeOrders.ofDriver(driver.id())));
    }

    /// The same, with the looked-up orders that the report names.
    ReportOutcome accept(Principal driver, List<PositionReport> reports, boolean isList, DriverOrders orders) {
        var rejection = ReportChecks.validate(driver, reports);
        if (rejection.isPresent()) {
            return rejection.get();
        }
        if (!orders.isComplete()) {
            var unknown = ReportChecks.unknownOrders(reports, orders);
            if (!unknown.isEmpty()) {
                return new ReportOutcome.LookupNeeded(unknown);
            }
        }
        checkClock(clock.millis());
        receivedCount.add(reports.size());
        return driverPositions.update(driver.id(), track -> {
            var nowMs = clock.millis(); // the later of two updates has the later time, or its position would be stale
            var before = track.stateOrNone();
            var outcome = isList || reports.size() > 1
                    ? acceptance.acceptList(track, driver.id(), reports, orders, nowMs)
                    : acceptance.acceptOne(track, driver.id(), reports.getFirst(), orders, nowMs);
            newestPositions.onReport(before, track.stateOrNone(), nowMs);
            return outcome;
        });
    }

    /// Positions that are stored, marked, and nothing else: they cannot be believed.
    void recordImplausible(String driver, List<PositionReport> reports) {
        receivedCount.add(reports.size());
        reports.forEach(report -> fixRecorder.recordImplausible(driver, report, clock.millis()));
    }

    /// The hub's clock may be set back. Positions from before must not count as newer than those that arrive now.
    private void checkClock(long nowMs) {
        var newest = newestNowMs;
        if (nowMs > newest) {
            newestNowMs = nowMs; // a race of two writes one of them, which are milliseconds apart
        } else if (nowMs < newest - CLOCK_BACK_MS) {
            newestNowMs = nowMs;
            LOG.warn(
                    "the clock went back by {} ms; the stored last positions of drivers are discarded", newest - nowMs);
            driverPositions.onClockSetBack(nowMs);
        }
    }

    /// Publishes the newest of the throttled positions that are due. Called by one thread, often.
    public void publishDue() {
        publication.publishDue(clock.millis());
    }

    /// Publishes ETAs that have moved without a position. Called by the same thread, often.
    public void publishMovedEtas() {
        publication.publishMovedEtas(clock.millis());
    }

    /// The times of an order were set, so that its ETA may have moved.
    public void refreshEta(Order order) {
        publication.refreshEta(order, clock.millis());
    }

    /// The provider of travel times has answered for a driver.
    public void onNewerTravel(String driver) {
        publication.onNewerTravel(driver);
    }

    /// Passes the tracking state of an order for a new viewer to `reader`, within the driver's positions: what it
    /// hands on is behind the positions that were published before, and ahead of those after. It does not block.
    /// False if the state takes a read.
    public boolean readSnapshot(Principal viewer, Order order, Consumer<TrackingSnapshot> reader) {
        return publication.readSnapshot(viewer, order, clock.millis(), reader);
    }

    /// The same, with a read if it takes one.
    public void loadSnapshot(Principal viewer, Order order, Consumer<TrackingSnapshot> reader) {
        etas.load(order);
        publication.loadSnapshot(viewer, order, clock.millis(), reader);
    }

    /// An event of an order is about to be published. May read the disk.
    public void prepareOrder(Order order) {
        etas.load(order);
    }

    /// An order was picked up, or continues with another driver: from then on its customer and its store see the
    /// driver.
    public void setVisibleSince(OrderId order, Instant at) {
        publication.setVisibleSince(order, at);
    }

    /// The driver of an order begins to go to its next stop.
    public void startStop(OrderId order, long atMs) {
        arrivals.startStop(order, atMs);
    }

    /// The order has got another driver than this.
    public void removeFromDriver(Order order, String driver) {
        arrivals.remove(order, driver);
    }

    /// The order has ended.
    public void removeOrder(Order order) {
        publication.removeOrder(order.id());
        arrivals.remove(order, ActiveOrders.driver(order).orElse(null));
    }

    /// Positions received since the start, from drivers that may report them.
    public long receivedCount() {
        return receivedCount.sum();
    }

    /// Positions that exceeded the rate, and were delayed or replaced by a newer one.
    public long throttledCount() {
        return publication.throttledCount();
    }

    /// Reports of arrivals that were not stored at once.
    public long postponedArrivalCount() {
        return arrivals.postponedCount();
    }

    /// Positions published, once for each order.
    public long broadcastCount() {
        return publication.publishedCount();
    }
}
