package waybill.tracking;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.order.Order;

/// When a driver will be there, guessed from the straight line: no roads are known here.
///
/// @param remainingMs how long it will still take
/// @param estimatedDeliveryTimeMs when that is
public record Eta(long remainingMs, long estimatedDeliveryTimeMs) {

    /// Streets are that much longer than the straight line. In towns it is commonly a fifth to a half.
    private static final double DETOUR_FACTOR = 1.35;

    /// Metres per second through a town with its lights and corners, some 22 km/h: a bicycle makes as much as a car.
    private static final double TYPICAL_SPEED = 6;

    /// Below this a driver waits or walks, which says nothing of how the rest of the way will be.
    private static final double MOVING_SPEED = 2;

    /// No way to a door is driven faster than that on average, whatever a motorway makes of the last minute: 90 km/h.
    private static final double TRIP_SPEED_MAX = 25;

    /// Clear streets all the way.
    private static final double BEST_FACTOR = 0.75;

    /// Traffic, a detour and no place to park.
    private static final double WORST_FACTOR = 1.5;

    private static final long MINUTE_MS = 60_000;

    /// When a driver who is at `from` will be at `to`.
    ///
    /// @param speed recent speed in metres per second, as a [DriverTrackState] has it; [Fix#UNKNOWN] if unknown
    public static Eta of(Position from, Position to, double speed, long nowMs) {
        var remainingMs = Math.round(from.metresTo(to) * DETOUR_FACTOR / tripSpeed(speed) * 1_000);
        return new Eta(remainingMs, nowMs + remainingMs);
    }

    /// When an order will be at its door. What is not fetched yet goes by its store. Empty where it is not on
    /// its way, where nobody has said where the door is, or where it is too long ago that the driver was heard of.
    ///
    /// @param pickup where it is fetched; if nobody has said where that is, it is guessed to be on the way
    public static Optional<Eta> of(Order order, Address pickup, DriverTrackState driver, long nowMs) {
        var door = order.details().dropoff().positionOrNone();
        if (door == null || !driver.newest().isLive(nowMs)) {
            return Optional.empty();
        }
        var here = driver.newest().position();
        return switch (order.state()) {
            case PICKED_UP, IN_TRANSIT -> Optional.of(of(here, door, driver.speed(), nowMs));
            case ACCEPTED, PREPARING, READY_FOR_PICKUP, ASSIGNED_TO_DRIVER ->
                Optional.of(via(here, pickup.positionOrNone(), door, driver.speed(), nowMs));
            case NEW, PENDING, PAYMENT_CONFIRMED, DELIVERED, CANCELLED, DECLINED, EXPIRED, FAILED, RETURNED ->
                Optional.empty();
        };
    }

    private static Eta via(Position from, @Nullable Position store, Position to, double speed, long nowMs) {
        if (store == null) {
            return of(from, to, speed, nowMs);
        }
        var there = of(from, store, speed, nowMs);
        var onward = of(store, to, speed, there.estimatedDeliveryTimeMs());
        return new Eta(there.remainingMs() + onward.remainingMs(), onward.estimatedDeliveryTimeMs());
    }

    /// Half of what was seen and half of what is usual: the last minute tells something of the next ten, and not all.
    private static double tripSpeed(double speed) {
        var isMoving = speed >= MOVING_SPEED; // NaN is not
        return isMoving ? (Math.min(speed, TRIP_SPEED_MAX) + TYPICAL_SPEED) / 2 : TYPICAL_SPEED;
    }

    /// How long it will still take, in whole minutes.
    public int minutes() {
        return (int) Math.round((double) remainingMs / MINUTE_MS);
    }

    /// The least it may take, in whole minutes.
    public int minMinutes() {
        return (int) Math.floor(remainingMs * BEST_FACTOR / MINUTE_MS);
    }

    /// The most it should take, in whole minutes.
    public int maxMinutes() {
        return (int) Math.ceil(remainingMs * WORST_FACTOR / MINUTE_MS);
    }

    /// Whether there is something to tell to who was told `previous`: there is a minute less or more to wait, or the
    /// moment has moved by one.
    public boolean hasChangedSince(Eta previous) {
        return Math.abs(remainingMs - previous.remainingMs) >= MINUTE_MS
                || Math.abs(estimatedDeliveryTimeMs - previous.estimatedDeliveryTimeMs) >= MINUTE_MS;
    }
}
