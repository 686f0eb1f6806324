package waybill.tracking;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.order.Order;

/// The estimated time of arrival, from the straight-line distance: the hub has no road data.
///
/// @param remainingMs the remaining time
/// @param estimatedDeliveryTimeMs the time of arrival
public record Eta(long remainingMs, long estimatedDeliveryTimeMs) {

    /// How much longer streets are than the straight line. In towns it is commonly a fifth to a half.
    private static final double DETOUR_FACTOR = 1.35;

    /// Metres per second through a town with its lights and corners, some 22 km/h: a bicycle is about as fast as a
    /// car.
    private static final double TYPICAL_SPEED = 6;

    /// Below this speed a driver waits or walks, which does not predict the rest of the trip.
    private static final double MOVING_SPEED = 2;

    /// The highest average speed of a trip, whatever the speed of the last minute on a motorway: 90 km/h.
    private static final double TRIP_SPEED_MAX = 25;

    /// Clear streets.
    private static final double BEST_FACTOR = 0.75;

    /// Traffic, a detour and no place to park.
    private static final double WORST_FACTOR = 1.5;

    private static final long MINUTE_MS = 60_000;

    /// The time at which a driver at `from` arrives at `to`.
    ///
    /// @param speed recent speed in metres per second, as in [DriverTrackState]; [Fix#UNKNOWN] if unknown
    public static Eta of(Position from, Position to, double speed, long nowMs) {
        var remainingMs = Math.round(from.metresTo(to) * DETOUR_FACTOR / tripSpeed(speed) * 1_000);
        return new Eta(remainingMs, nowMs + remainingMs);
    }

    /// The time at which an order is delivered. An order that is not picked up yet goes via its store. Empty when
    /// the order is not active, the drop-off position is unknown, or the driver's position is too old.
    ///
    /// The trip begins at the driver's position and at its time, so that one position yields one time of arrival,
    /// whenever it is computed.
    ///
    /// @param pickup the pickup address; without a position it adds no detour
    public static Optional<Eta> of(Order order, Address pickup, DriverTrackState driver, long nowMs) {
        var dropoff = order.details().dropoff().positionOrNone();
        if (dropoff == null || !driver.newest().isLive(nowMs)) {
            return Optional.empty();
        }
        var position = driver.newest().position();
        var atMs = driver.newest().recordedAtMs();
        return switch (order.state()) {
            case PICKED_UP, IN_TRANSIT ->
                Optional.of(of(position, dropoff, driver.speed(), atMs).asOf(nowMs));
            case ACCEPTED, PREPARING, READY_FOR_PICKUP, ASSIGNED_TO_DRIVER ->
                Optional.of(via(position, pickup.positionOrNone(), dropoff, driver.speed(), atMs)
                        .asOf(nowMs));
            case NEW, PENDING, PAYMENT_CONFIRMED, DELIVERED, CANCELLED, DECLINED, EXPIRED, FAILED, RETURNED ->
                Optional.empty();
        };
    }

    /// The same arrival with the time that remains at `nowMs`; an arrival that is overdue is now.
    private Eta asOf(long nowMs) {
        var arrivalMs = Math.max(nowMs, estimatedDeliveryTimeMs);
        return new Eta(arrivalMs - nowMs, arrivalMs);
    }

    private static Eta via(Position from, @Nullable Position store, Position to, double speed, long nowMs) {
        if (store == null) {
            return of(from, to, speed, nowMs);
        }
        var atStore = of(from, store, speed, nowMs);
        var atDropoff = of(store, to, speed, atStore.estimatedDeliveryTimeMs());
        return new Eta(atStore.remainingMs() + atDropoff.remainingMs(), atDropoff.estimatedDeliveryTimeMs());
    }

    /// The mean of the recent speed and the typical speed.
    private static double tripSpeed(double speed) {
        var isMoving = speed >= MOVING_SPEED; // NaN is not
        return isMoving ? (Math.min(speed, TRIP_SPEED_MAX) + TYPICAL_SPEED) / 2 : TYPICAL_SPEED;
    }

    /// The remaining time, in whole minutes.
    public int minutes() {
        return (int) Math.round((double) remainingMs / MINUTE_MS);
    }

    /// The shortest remaining time, in whole minutes.
    public int minMinutes() {
        return (int) Math.floor(remainingMs * BEST_FACTOR / MINUTE_MS);
    }

    /// The longest remaining time, in whole minutes.
    public int maxMinutes() {
        return (int) Math.ceil(remainingMs * WORST_FACTOR / MINUTE_MS);
    }

    /// Whether this differs enough from `previous` to be published: by a minute of remaining time or of the time of
    /// arrival.
    public boolean hasChangedSince(Eta previous) {
        return Math.abs(remainingMs - previous.remainingMs) >= MINUTE_MS
                || Math.abs(estimatedDeliveryTimeMs - previous.estimatedDeliveryTimeMs) >= MINUTE_MS;
    }
}
