package waybill.tracking;

import java.time.Duration;

/// From which age on a driver's newest position is stale, and from which the driver's signal is lost.
public record SignalPolicy(Duration staleAfter, Duration lostAfter) {

    /// The longest time to a lost signal.
    public static final Duration LOST_AFTER_MAX = Duration.ofHours(1);

    /// Stale is what is not [Fix#isLive] any more. Lost is what a phone with a heartbeat of a minute does not explain.
    public static final SignalPolicy DEFAULT =
            new SignalPolicy(Duration.ofMillis(Fix.LIVE_AGE_MAX_MS), Duration.ofMinutes(5));

    public SignalPolicy {
        if (!staleAfter.isPositive() || staleAfter.compareTo(lostAfter) > 0) {
            throw new IllegalArgumentException(
                    "staleAfter: " + staleAfter + " (expected: more than nothing, at most lostAfter)");
        }
        if (lostAfter.compareTo(LOST_AFTER_MAX) > 0) {
            throw new IllegalArgumentException(
                    "lostAfter: " + lostAfter + " (expected: at most " + LOST_AFTER_MAX + ")");
        }
    }

    public Signal of(long ageMs) {
        if (ageMs < staleAfter.toMillis()) {
            return Signal.LIVE;
        }
        return ageMs < lostAfter.toMillis() ? Signal.STALE : Signal.LOST;
    }
}
