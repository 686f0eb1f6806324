package waybill.tracking;

import waybill.geo.Position;

/// When a driver will be there, guessed from the straight line: no roads are known here.
///
/// @param remainingMs how long it will still take
/// @param estimatedDeliveryTimeMs when that is
public record Eta(long remainingMs, long estimatedDeliveryTimeMs) {

    /// Streets are that much longer than the straight line. In towns it is commonly a fifth to a half.
    private static final double DETOUR = 1.35;

    /// Metres per second through a town with its lights and corners, some 22 km/h: a bicycle makes as much as a car.
    private static final double TOWN_SPEED = 6;

    /// Below this a driver waits or walks, which says nothing of how the rest of the way will be.
    private static final double MOVING_SPEED = 2;

    /// No way to a door is driven faster than that on average, whatever a motorway makes of the last minute: 90 km/h.
    private static final double TRIP_SPEED_MAX = 25;

    /// Clear streets all the way.
    private static final double BEST = 0.75;

    /// Traffic, a detour and no place to park.
    private static final double WORST = 1.5;

    private static final long MINUTE_MS = 60_000;

    /// When a driver who is at `from` will be at `to`.
    ///
    /// @param speed recent speed in metres per second, as a [Track] has it; [Fix#NOT_SAID] if unknown
    public static Eta of(Position from, Position to, double speed, long nowMs) {
        var remainingMs = Math.round(from.metresTo(to) * DETOUR / tripSpeed(speed) * 1_000);
        return new Eta(remainingMs, nowMs + remainingMs);
    }

    /// Half of what was seen and half of what is usual: the last minute tells something of the next ten, and not all.
    private static double tripSpeed(double speed) {
        var isMoving = speed >= MOVING_SPEED; // NaN is not
        return isMoving ? (Math.min(speed, TRIP_SPEED_MAX) + TOWN_SPEED) / 2 : TOWN_SPEED;
    }

    /// How long it will still take, in whole minutes.
    public int minutes() {
        return (int) Math.round((double) remainingMs / MINUTE_MS);
    }

    /// The least it may take, in whole minutes.
    public int low() {
        return (int) Math.floor(remainingMs * BEST / MINUTE_MS);
    }

    /// The most it should take, in whole minutes.
    public int high() {
        return (int) Math.ceil(remainingMs * WORST / MINUTE_MS);
    }

    /// Whether there is something to tell to who was told `previous`: there is a minute less or more to wait, or the
    /// moment has moved by one.
    public boolean movedSince(Eta previous) {
        return Math.abs(remainingMs - previous.remainingMs) >= MINUTE_MS
                || Math.abs(estimatedDeliveryTimeMs - previous.estimatedDeliveryTimeMs) >= MINUTE_MS;
    }
}
