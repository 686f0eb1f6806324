package waybill.dispatch;

import java.time.Duration;

/// What a decision takes into account.
///
/// @param candidatesMax the drivers that are compared for one order, the earliest at its store
/// @param lookAhead drivers that are free later than this are not compared
/// @param round the time to the next decision: what need not leave before then is not committed
/// @param bundleMax the orders of one trip
/// @param storesApartMax how far apart two stores of one bundle may be
/// @param pickupService the time at a store, half of it before and half of it after the hand-over
/// @param dropoffService the time at a customer, divided alike
/// @param metresPerSecond the typical speed along the straight line, by which candidates are selected
public record DispatchLimits(
        int candidatesMax,
        Duration lookAhead,
        Duration round,
        int bundleMax,
        Duration storesApartMax,
        Duration pickupService,
        Duration dropoffService,
        double metresPerSecond) {

    public static DispatchLimits defaults() {
        return new DispatchLimits(
                24,
                Duration.ofMinutes(10),
                Duration.ofSeconds(1),
                3,
                Duration.ofMinutes(2),
                Duration.ofMinutes(4),
                Duration.ofMinutes(4),
                4.5);
    }
}
