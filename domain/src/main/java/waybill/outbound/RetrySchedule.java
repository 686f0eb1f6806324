package waybill.outbound;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// When a job that failed is sent again, and how often. The time until the next attempt is random between nothing and
/// the delay (full jitter), so that jobs that failed together do not come back together.
///
/// @param delays the delay after the first attempt, after the second and so on; there is one attempt more than delays
public record RetrySchedule(List<Duration> delays) {

    /// A receiver that asks for a longer delay gets this one.
    public static final Duration RETRY_AFTER_MAX = Duration.ofHours(1);

    public RetrySchedule {
        delays = List.copyOf(delays);
        if (delays.stream().anyMatch(delay -> !delay.isPositive())) {
            throw new IllegalArgumentException("delays: " + delays + " (expected: more than none)");
        }
    }

    public int attemptsMax() {
        return delays.size() + 1;
    }

    /// The time until the next attempt, empty after the last one. It is not shorter than what the receiver asks for.
    ///
    /// @param attempts how many there were
    /// @param random 0..1
    public Optional<Duration> delayAfter(int attempts, Optional<Duration> retryAfter, double random) {
        if (attempts > delays.size()) {
            return Optional.empty();
        }
        var delayMs = (long) (delays.get(Math.max(0, attempts - 1)).toMillis() * random);
        var askedMs = retryAfter
                .map(asked -> Math.clamp(asked.toMillis(), 0, RETRY_AFTER_MAX.toMillis()))
                .orElse(0L);
        return Optional.of(Duration.ofMillis(Math.max(delayMs, askedMs)));
    }
}
