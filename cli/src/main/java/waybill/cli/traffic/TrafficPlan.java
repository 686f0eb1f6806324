package waybill.cli.traffic;

import java.time.Duration;
import java.util.SplittableRandom;

/// How busy the city is.
///
/// @param speed how many times faster than in a real city drivers drive and stores prepare
public record TrafficPlan(int drivers, double speed) {

    public static final int DRIVERS_MAX = 500;
    public static final double SPEED_MAX = 60;

    /// Seconds that a driver needs for an order, of which it is busy with one for [#BUSY] of the time.
    private static final double SECONDS_PER_ORDER = 420;

    private static final double BUSY = 0.7;
    private static final long THOUGHT_MIN_MS = 300;
    private static final long THOUGHT_MAX_MS = 8_000;

    public TrafficPlan {
        if (drivers < 0 || drivers > DRIVERS_MAX) {
            throw new IllegalArgumentException("drivers: " + drivers + " (expected: 0.." + DRIVERS_MAX + ")");
        }
        if (!(speed >= 1 && speed <= SPEED_MAX)) {
            throw new IllegalArgumentException("speed: " + speed + " (expected: 1..60)");
        }
    }

    /// How long something takes that takes so many seconds in a real city.
    Duration lasting(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000 / speed));
    }

    /// How long a driver or a store thinks about an order: shorter than the hub waits until it asks again.
    Duration thought(SplittableRandom random) {
        var thought = lasting(4 + 10 * random.nextDouble()).toMillis();
        return Duration.ofMillis(Math.clamp(thought, THOUGHT_MIN_MS, THOUGHT_MAX_MS));
    }

    Duration betweenOrders() {
        return lasting(SECONDS_PER_ORDER / (BUSY * Math.max(1, drivers)));
    }

    /// Orders with which the day begins.
    int ordersAtStart() {
        return Math.max(1, (int) (BUSY * drivers));
    }

    /// While so many orders wait for a driver, customers place no more.
    int waitingMax() {
        return 2 + drivers;
    }
}
