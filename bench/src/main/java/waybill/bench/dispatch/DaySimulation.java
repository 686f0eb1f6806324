package waybill.bench.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import waybill.dispatch.AvailableDriver;
import waybill.dispatch.Trip;
import waybill.dispatch.WaitingOrder;

/// Plays a day minute by minute: a policy starts trips, and a driver on a trip gets no other before its end.
final class DaySimulation {

    /// @param clickToDoorMinutes from the order to its delivery, of each order that was delivered
    /// @param trips how many there were
    record Result(int orders, List<Double> clickToDoorMinutes, int trips) {

        double meanClickToDoor() {
            return clickToDoorMinutes.stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(0);
        }

        double delivered() {
            return (double) clickToDoorMinutes.size() / orders;
        }
    }

    private static final double MINUTE_MS = 60_000;

    private final DeliveryDay day;
    private final DispatchPolicy policy;
    private final Map<String, AvailableDriver> drivers = new HashMap<>();
    private final Map<WaitingOrder, Long> placedAtMs = new HashMap<>();
    private final List<WaitingOrder> waiting = new ArrayList<>();
    private final List<Double> clickToDoor = new ArrayList<>();
    private int trips;

    DaySimulation(DeliveryDay day, DispatchPolicy policy) {
        this.day = day;
        this.policy = policy;
        day.drivers().forEach(driver -> drivers.put(driver.id(), driver));
    }

    Result run() {
        var endMs = day.drivers().stream()
                .mapToLong(AvailableDriver::offDutyAtMs)
                .max()
                .orElse(0);
        var next = 0;
        for (var nowMs = 0L; nowMs <= endMs; nowMs += DispatchPolicy.ROUND.toMillis()) {
            for (; next < day.orders().size() && day.orders().get(next).placedAtMs() <= nowMs; next++) {
                var placed = day.orders().get(next);
                waiting.add(placed.order());
                placedAtMs.put(placed.order(), placed.placedAtMs());
            }
            if (!waiting.isEmpty()) {
                policy.start(List.copyOf(waiting), driversInOrder(), nowMs).forEach(this::start);
            }
        }
        return new Result(day.orders().size(), clickToDoor, trips);
    }

    private List<AvailableDriver> driversInOrder() {
        return day.drivers().stream().map(driver -> drivers.get(driver.id())).toList();
    }

    private void start(Trip trip) {
        trips++;
        for (var i = 0; i < trip.orders().size(); i++) {
            var order = trip.orders().get(i);
            waiting.remove(order);
            clickToDoor.add((trip.deliveredAtMs().get(i) - Objects.requireNonNull(placedAtMs.get(order))) / MINUTE_MS);
        }
        var driver = trip.driver();
        drivers.put(
                driver.id(),
                new AvailableDriver(
                        driver.id(), trip.endPosition(), trip.endsAtMs(), driver.offDutyAtMs(), driver.capacity()));
    }
}
