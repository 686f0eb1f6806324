package waybill.tracking;

/// A rate limit: `burst` times at once, then once every `intervalMs`. An immutable value: [Acquisition.Allowed] has the
/// limit to continue with.
///
/// It limits how often a driver's positions are published. After [Acquisition.Throttled] the caller waits until that
/// time and then publishes the newest position; the ones in between are skipped.
///
/// @param theoreticalArrivalMs when the whole burst is available again
public record RateLimit(long intervalMs, int burst, long theoreticalArrivalMs) {

    /// Positions of one driver: two a second on average.
    public static final long POSITION_INTERVAL_MS = 500;

    /// Positions of one driver: ten at once.
    public static final int POSITION_BURST = 10;

    /// The result of [#tryAcquire].
    public sealed interface Acquisition {

        /// Allowed now. `limitAfter` is the limit to continue with.
        record Allowed(RateLimit limitAfter) implements Acquisition {}

        /// Allowed from `retryAtMs` on.
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

    /// The unused limit of one driver's positions.
    public static RateLimit forPositions() {
        return new RateLimit(POSITION_INTERVAL_MS, POSITION_BURST, 0);
    }

    /// Acquires one permit at `nowMs` by the generic cell rate algorithm: a token bucket stored as one number. A number
    /// beyond the whole burst stems from a clock that was set back since, and is ignored.
    public Acquisition tryAcquire(long nowMs) {
        var spentMs = isIdle(nowMs) ? nowMs : theoreticalArrivalMs;
        var freeAtMs = spentMs - (burst - 1) * intervalMs;
        return nowMs < freeAtMs
                ? new Acquisition.Throttled(freeAtMs)
                : new Acquisition.Allowed(new RateLimit(intervalMs, burst, spentMs + intervalMs));
    }

    /// Whether the whole burst is available.
    public boolean isIdle(long nowMs) {
        return theoreticalArrivalMs <= nowMs || theoreticalArrivalMs > nowMs + burst * intervalMs;
    }
}
