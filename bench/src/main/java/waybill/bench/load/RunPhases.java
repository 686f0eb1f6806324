package waybill.bench.load;

import java.time.Duration;

/// How long the parts of a run take.
///
/// @param connect the longest that connecting may take
/// @param settle quiet time after connecting
/// @param drain time after the senders fall silent
public record RunPhases(Duration connect, Duration settle, Duration warmup, Duration measure, Duration drain) {

    public static RunPhases of(Duration warmup, Duration measure) {
        return new RunPhases(Duration.ofMinutes(2), Duration.ofMillis(500), warmup, measure, Duration.ofMillis(200));
    }
}
