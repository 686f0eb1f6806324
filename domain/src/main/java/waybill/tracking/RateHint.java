package waybill.tracking;

/// How often a driver's phone should report its position. A position is worth its battery when it is seen: so the
/// interval is the time in which the driver makes a distance that is short near a stop, longer elsewhere, and long when
/// no viewer watches. A driver that stands reports as seldom as its viewers bear.
public final class RateHint {

    /// The intervals, so that a hint does not change with each metre.
    private static final long[] STEPS_MS = {2_000, 3_000, 5_000, 10_000, 15_000, 30_000, 60_000};

    /// Metres between two positions, and the longest interval, of a driver with an order.
    private static final double NEAR_WATCHED_METRES = 15;

    private static final double WATCHED_METRES = 40;
    private static final double NEAR_METRES = 60;
    private static final double UNWATCHED_METRES = 150;
    private static final long WATCHED_MAX_MS = 15_000;
    private static final long UNWATCHED_MAX_MS = 30_000;

    /// The same of a driver without one, which is only compared with others.
    private static final double IDLE_METRES = 300;

    private static final long IDLE_MAX_MS = 60_000;

    /// The next stop is near from here on: a minute or two away.
    private static final double NEAR_STOP_METRES = 500;

    /// Metres per second of a driver whose speed is not known yet.
    private static final double SPEED_ASSUMED = 6;

    /// How much faster a driver may be for a longer interval to be right: else one at the border of two would be sent
    /// one after the other.
    private static final double MARGIN = 1.25;

    private RateHint() {}

    /// What the interval depends on.
    ///
    /// @param hasOrder whether the driver has an active order
    /// @param isWatched whether a viewer is in the room of one of its orders
    /// @param speed recent speed in metres per second; NaN if unknown
    /// @param metresToStop the distance to the nearest stop of its orders; NaN if unknown
    public record Conditions(boolean hasOrder, boolean isWatched, double speed, double metresToStop) {

        private Conditions faster() {
            return new Conditions(hasOrder, isWatched, speed * MARGIN, metresToStop);
        }
    }

    /// The interval after one of `beforeMs`, 0 for none: it becomes shorter at once, and longer when that is sure.
    public static long nextIntervalMs(Conditions conditions, long beforeMs) {
        var intervalMs = intervalMs(conditions);
        return beforeMs == 0 || intervalMs <= beforeMs
                ? intervalMs
                : Math.max(beforeMs, intervalMs(conditions.faster()));
    }

    /// The interval between two reports.
    public static long intervalMs(Conditions conditions) {
        var speed = Double.isNaN(conditions.speed) ? SPEED_ASSUMED : conditions.speed;
        var wantedMs = Math.min((double) maxMs(conditions), metres(conditions) / speed * 1_000);
        var chosen = STEPS_MS[0];
        for (var step : STEPS_MS) {
            chosen = step <= wantedMs ? step : chosen;
        }
        return chosen;
    }

    private static double metres(Conditions conditions) {
        if (!conditions.hasOrder) {
            return IDLE_METRES;
        }
        var isNear = conditions.metresToStop <= NEAR_STOP_METRES;
        if (conditions.isWatched) {
            return isNear ? NEAR_WATCHED_METRES : WATCHED_METRES;
        }
        return isNear ? NEAR_METRES : UNWATCHED_METRES;
    }

    private static long maxMs(Conditions conditions) {
        if (!conditions.hasOrder) {
            return IDLE_MAX_MS;
        }
        return conditions.isWatched ? WATCHED_MAX_MS : UNWATCHED_MAX_MS;
    }
}
