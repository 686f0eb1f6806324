package waybill.eta;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import waybill.eta.Calibration.Stage;
import waybill.eta.DeliveryPlan.PlannedStop;
import waybill.geo.Position;
import waybill.order.Order;

/// Adds up when a driver arrives: the legs of its plan, the handing over at the stops before the last, and the time
/// until an order that is collected is ready.
///
/// The medians are added. The distances from a median to its band are independent of each other, so that they are added
/// as squares. The sum is widened by what the last deliveries of the same stage have shown to be missing.
public final class ArrivalCalculator {

    /// Where a driver is.
    ///
    /// @param atMs when it was there
    public record Start(String driver, Position position, long atMs) {}

    /// When an order is ready.
    public record ReadyTime(long atMs, long lowMs, long highMs) {}

    private final EtaModel model;
    private final Function<TravelRequest, Travel> travels;

    /// @param travels the best travel times that are known now
    public ArrivalCalculator(EtaModel model, Function<TravelRequest, Travel> travels) {
        this.model = model;
        this.travels = travels;
    }

    /// When the driver arrives at the last of the stops. Empty if the place of that stop is unknown, or there is none.
    ///
    /// @param readyTime when an order that is not collected yet is ready
    public Optional<ArrivalEstimate> estimate(
            Start start, List<PlannedStop> stops, Function<Order, ReadyTime> readyTime) {
        if (stops.isEmpty() || stops.getLast().placeOrNone() == null) {
            return Optional.empty();
        }
        var sum = new Sum(start);
        for (var i = 0; i < stops.size(); i++) {
            var stop = stops.get(i);
            sum.travelTo(stop);
            if (stop.isPickup()) {
                sum.waitUntil(readyTime.apply(stop.order()));
            }
            if (i < stops.size() - 1 && !isSamePlace(stop, stops.get(i + 1))) {
                sum.handOver(stop, service(stop));
            }
        }
        var stage = stage(stops);
        var estimate = sum.result();
        var wider = model.calibration().correction(stage) * Math.max(0, estimate.arrivalMs() - start.atMs());
        return Optional.of(estimate.widened(wider, start.atMs()));
    }

    /// Orders of one store are collected at once.
    private static boolean isSamePlace(PlannedStop stop, PlannedStop next) {
        return stop.isPickup()
                && next.isPickup()
                && stop.order().store().equals(next.order().store());
    }

    private StopTimeModel.StopTime service(PlannedStop stop) {
        return stop.isPickup()
                ? model.pickupService().predict(stop.order().store())
                : model.dropoffService().predict("");
    }

    /// The stage of the last order of the plan.
    public static Stage stage(List<PlannedStop> stops) {
        return DeliveryPlan.isInHand(stops.getLast().order()) ? Stage.TO_STOP : Stage.BEFORE_PICKUP;
    }

    private static long ms(double minutes) {
        return Math.round(minutes * LearntTravelTimes.MS_PER_MINUTE);
    }

    private final class Sum {

        private final String driver;
        private Position place;
        private double timeMs;
        private double earlierSquared;
        private double laterSquared;
        private double metres;
        private int legs;
        private int routedLegs;

        Sum(Start start) {
            driver = start.driver();
            place = start.position();
            timeMs = start.atMs();
        }

        void travelTo(PlannedStop stop) {
            var to = stop.placeOrNone();
            if (to == null || (stop.isPickup() && to.equals(place))) {
                return;
            }
            if (arrivedAt(stop).isPresent()) {
                place = to;
                return;
            }
            var travel = travels.apply(new TravelRequest(place, to, driver, (long) timeMs));
            var band = travel.bandOrNone();
            add(
                    travel.travelMs(),
                    band == null ? travel.travelMs() : band.lowMs(),
                    band == null ? travel.travelMs() : band.highMs());
            legs++;
            routedLegs += travel.source() == EtaSource.ROUTED ? 1 : 0;
            metres = place.metresTo(to);
            place = to;
        }

        void waitUntil(ReadyTime ready) {
            if (ready.atMs() > timeMs) {
                timeMs = ready.atMs();
                earlierSquared = square(ready.atMs() - ready.lowMs());
                laterSquared = square(ready.highMs() - ready.atMs());
            }
        }

        /// What remains of it, if the driver has arrived already.
        void handOver(PlannedStop stop, StopTimeModel.StopTime time) {
            var goneMs = arrivedAt(stop)
                    .map(arrived -> Math.max(0, (long) timeMs - arrived.toEpochMilli()))
                    .orElse(0L);
            add(
                    Math.max(0, ms(time.minutes()) - goneMs),
                    Math.max(0, ms(time.low()) - goneMs),
                    Math.max(0, ms(time.high()) - goneMs));
        }

        private static Optional<Instant> arrivedAt(PlannedStop stop) {
            return stop.order().arrivals().of(stop.kind()).at();
        }

        private void add(long medianMs, long lowMs, long highMs) {
            timeMs += medianMs;
            earlierSquared += square(medianMs - lowMs);
            laterSquared += square(highMs - medianMs);
        }

        private static double square(long differenceMs) {
            var value = (double) Math.max(0, differenceMs);
            return value * value;
        }

        ArrivalEstimate result() {
            var arrivalMs = Math.round(timeMs);
            return new ArrivalEstimate(
                    arrivalMs,
                    arrivalMs - Math.round(Math.sqrt(earlierSquared)),
                    arrivalMs + Math.round(Math.sqrt(laterSquared)),
                    metres,
                    legs > 0 && routedLegs == legs ? EtaSource.ROUTED : EtaSource.LEARNT);
        }
    }
}
