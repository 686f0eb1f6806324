package waybill.tracking;

/// How often something may happen: `burst` times at once, and then once every `intervalMs`. A value: what may happen
/// [Answer.Allowed] comes with the pace to go on with.
///
/// A driver's positions are told at such a pace. Who is told to come back [Answer.Later] waits for that moment, asks no
/// more until then, and then tells the newest position there is: what came in between is skipped and is no error.
///
/// @param theoreticalArrivalMs when all of the burst will be there again
public record RateLimit(long intervalMs, int burst, long theoreticalArrivalMs) {

    /// Positions of one driver: two a second in the long run.
    public static final long POSITION_INTERVAL_MS = 500;

    /// Positions of one driver: ten at once.
    public static final int POSITION_BURST = 10;

    /// Whether it may happen.
    public sealed interface Acquisition {

        /// It may. `limitAfter` is the pace from here on.
        record Allowed(RateLimit limitAfter) implements Acquisition {}

        /// It may at `retryAtMs`.
        record Throttled(long retryAtMs) implements Acquisition {}
    }

    public RateLimit {
        if (intervalMs < 1) {
            throw new IllegalArgumentException("intervalMs: " + intervalMs + " (expected: at least 1)");
        }
        if (burst < 1) {
            throw new IllegalArgumentException("burst: " + burst + " (expected: at least 1)");
        }
    }

    /// The pace of one driver's positions, with nothing spent.
    public static RateLimit forPositions() {
        return new RateLimit(POSITION_INTERVAL_MS, POSITION_BURST, 0);
    }

    /// Whether it may happen at `nowMs`. This is the generic cell rate algorithm: a token bucket that keeps one number.
    /// No
    /// more than the whole burst can be spent: what seems to be was spent by a clock that was set back since.
    public Acquisition tryAcquire(long nowMs) {
        var spentMs = isIdle(nowMs) ? nowMs : theoreticalArrivalMs;
        var freeAtMs = spentMs - (burst - 1) * intervalMs;
        return nowMs < freeAtMs
                ? new Acquisition.Throttled(freeAtMs)
                : new Acquisition.Allowed(new RateLimit(intervalMs, burst, spentMs + intervalMs));
    }

    /// Whether all of the burst is there.
    public boolean isIdle(long nowMs) {
        return theoreticalArrivalMs <= nowMs || theoreticalArrivalMs > nowMs + burst * intervalMs;
    }
}
