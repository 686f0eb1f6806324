package waybill.order;

import java.time.Instant;
import java.util.List;
import waybill.order.Arrivals.Arrival;
import waybill.order.Decision.Step;

/// Which reports of a driver's arrival are events: each of [OrderEvent.DriverArriving] and [OrderEvent.DriverArrived]
/// at most once for a stop and an assignment, whichever node reports it how often.
final class ArrivalRules {

    private ArrivalRules() {}

    /// Whether the report says nothing new. A repeat is one also after the stop.
    static boolean isRepeat(Order order, OrderCommand.ArrivalReport report) {
        var arrival = order.arrivals().of(report.stop());
        var arrivedAt = arrival.atOrNone();
        return switch (report) {
            case OrderCommand.Approach _ -> arrival.isAnnounced();
            case OrderCommand.Arrive _ -> arrivedAt != null;
            case OrderCommand.CorrectArrival correct ->
                arrivedAt != null && !notBeforeOrder(order, correct.at()).isBefore(arrivedAt);
        };
    }

    /// Empty unless the order has a driver that goes to this stop, or for a correction has been there.
    static List<Step> steps(Order order, OrderCommand.ArrivalReport report) {
        var stop = report.stop();
        return switch (report) {
            case OrderCommand.Approach approach
            when isAhead(order, stop) ->
                List.of(new Step(
                        new OrderEvent.DriverArriving(stop, approach.at(), approach.etaMinutesOrNone()),
                        order.withArrival(stop, Arrival.ANNOUNCED)));
            case OrderCommand.Arrive arrive
            when isAhead(order, stop) -> {
                var at = notBeforeOrder(order, arrive.at());
                yield List.of(new Step(new OrderEvent.DriverArrived(stop, at), arrived(order, stop, at)));
            }
            case OrderCommand.CorrectArrival correct
            when hasArrived(order, stop) -> {
                var at = notBeforeOrder(order, correct.at());
                yield List.of(new Step(new OrderEvent.ArrivalCorrected(stop, at), arrived(order, stop, at)));
            }
            case OrderCommand.Approach _, OrderCommand.Arrive _, OrderCommand.CorrectArrival _ -> List.of();
        };
    }

    private static boolean isAhead(Order order, Stop stop) {
        return order.driverOrNone() != null
                && Stop.ahead(order.state()).filter(stop::equals).isPresent();
    }

    private static boolean hasArrived(Order order, Stop stop) {
        return order.state().isActive() && order.arrivals().of(stop).atOrNone() != null;
    }

    private static Instant notBeforeOrder(Order order, Instant at) {
        return at.isBefore(order.placedAt()) ? order.placedAt() : at;
    }

    private static Order arrived(Order order, Stop stop, Instant at) {
        return order.withArrival(stop, Arrival.at(at));
    }
}
