package waybill.hub.arrival;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import waybill.arrival.StopArrival;
import waybill.arrival.StopArrival.Signal;
import waybill.eta.Travel;
import waybill.eta.TravelRequest;
import waybill.geo.Position;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderId;
import waybill.order.Stop;
import waybill.tracking.Fix;

/// One stop of one order that a driver goes to, and what of its arrivals is reported. Not thread-safe: it belongs to
/// the owner of the driver's state.
final class TrackedStop {

    /// An arrival is corrected by no less: late fixes may come one by one.
    static final long CORRECTION_MIN_MS = 5_000;

    /// No driver is there within two minutes from farther away.
    private static final double FAR_METRES = 5_000;

    private static final double MINUTE_MS = 60_000;

    /// How long a travel time is taken for that of later fixes too, by the times of the fixes: a driver is announced
    /// two
    /// minutes before, and some devices report many times a second.
    private static final long TRAVEL_VALID_MS = 1_000;

    private final OrderId order;
    private final Stop stop;
    private final Position place;
    private final long sinceMs;
    private final StopArrival arrival;
    private final ArrivalReports.Report approach = new ArrivalReports.Report();
    private final ArrivalReports.Report arrive = new ArrivalReports.Report();
    private final ArrivalReports.Report correct = new ArrivalReports.Report();
    private long travelMs;
    private long travelSinceMs = Long.MIN_VALUE / 2;
    private long approachedAtMs;
    private int etaMinutes;
    private long reportedAtMs;
    private boolean isNext;

    /// @param sinceMs when the driver began to go there; earlier fixes are not of this stop
    TrackedStop(Order order, Stop stop, Position place, long sinceMs) {
        this.order = order.id();
        this.stop = stop;
        this.place = place;
        this.sinceMs = sinceMs;
        var known = order.arrivals().of(stop);
        arrival = StopArrival.resumed(place, StopArrival.RADIUS_METRES, known.isAnnounced(), known.at());
        if (known.isAnnounced()) {
            approach.setDone();
        }
        known.at().ifPresent(at -> {
            arrive.setDone();
            reportedAtMs = at.toEpochMilli();
        });
    }

    /// Whether it is this stop, at the same place and of the same assignment.
    boolean is(Order other, Stop otherStop, Position otherPlace, long otherSinceMs) {
        return order.equals(other.id()) && stop == otherStop && sinceMs == otherSinceMs && place.equals(otherPlace);
    }

    /// @param isNext whether the driver goes to no other stop before
    void setNext(boolean isNext) {
        this.isNext = isNext;
    }

    /// Handles an accepted fix, in the order of their times.
    void accept(Fix fix, Function<TravelRequest, Travel> travels, long nowMs) {
        if (fix.recordedAtMs() < sinceMs) {
            return;
        }
        var etaMs = etaMs(fix, travels, nowMs);
        note(arrival.accept(fix, etaMs), fix, etaMs);
    }

    /// Handles a fix that is older than one before.
    void acceptLate(Fix fix) {
        if (fix.recordedAtMs() >= sinceMs) {
            arrival.acceptLate(fix).ifPresent(_ -> arrive.setDue());
        }
    }

    /// A driver is announced by where it is, not by where it was; and it is announced once.
    private long etaMs(Fix fix, Function<TravelRequest, Travel> travels, long nowMs) {
        if (arrival.isAnnounced() || !isNext || !fix.isLive(nowMs)) {
            return StopArrival.NOT_ANNOUNCED;
        }
        if (fix.recordedAtMs() - travelSinceMs >= TRAVEL_VALID_MS) {
            var request = new TravelRequest(fix.position(), place, fix.driver(), fix.recordedAtMs());
            travelSinceMs = fix.recordedAtMs();
            travelMs = request.straightMetres() > FAR_METRES
                    ? StopArrival.ETA_UNKNOWN
                    : travels.apply(request).travelMs();
        }
        return travelMs;
    }

    private void note(List<Signal> signals, Fix fix, long etaMs) {
        for (var signal : signals) {
            switch (signal) {
                case ARRIVING -> {
                    approachedAtMs = fix.recordedAtMs();
                    etaMinutes = (int) Math.round(etaMs / MINUTE_MS);
                    approach.setDue();
                }
                case ARRIVED -> arrive.setDue();
                case LEFT -> {}
            }
        }
    }

    /// Sends what is due. A driver that has arrived is not announced any more.
    void report(String driver, ArrivalReports reports) {
        if (arrive.isDue()) {
            approach.setDone();
            reportedAtMs = arrivedAtMs();
            reports.send(
                    arrive,
                    order,
                    new OrderCommand.Arrive(Actor.driver(driver), stop, Instant.ofEpochMilli(reportedAtMs)));
        } else if (approach.isDue()) {
            reports.send(
                    approach,
                    order,
                    new OrderCommand.Approach(
                            Actor.driver(driver), stop, Instant.ofEpochMilli(approachedAtMs), etaMinutes));
        } else if (arrive.isDone() && reportedAtMs - arrivedAtMs() >= CORRECTION_MIN_MS) {
            correct.setDue();
            reportedAtMs = arrivedAtMs();
        }
        if (correct.isDue()) {
            reports.send(
                    correct,
                    order,
                    new OrderCommand.CorrectArrival(Actor.driver(driver), stop, Instant.ofEpochMilli(reportedAtMs)));
        }
    }

    private long arrivedAtMs() {
        return arrival.arrivedAtMs().orElseThrow(() -> new AssertionError("an arrival that is due has a time"));
    }
}
