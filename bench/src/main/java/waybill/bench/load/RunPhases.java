package waybill.bench.load;

import java.time.Duration;

/// The durations of the phases of a run.
///
/// @param connect the longest time for connecting
/// @param settle idle time after connecting
/// @param drain time after the senders stop
public record RunPhases(Duration connect, Duration settle, Duration warmup, Duration measure, Duration drain) {

    public static RunPhases of(Duration warmup, Duration measure) {
        return new RunPhases(Duration.ofMinutes(2), Duration.ofMillis(500), warmup, measure, Duration.ofMillis(200));
    }
}
