package waybill.storage;

import java.time.Duration;

/// What the store may take in, and what it does when that is not enough.
///
/// @param waitingMax works that may wait for the journal; one more is answered `unavailable`
/// @param batchMax works that are committed together
/// @param retryAfter when a refused caller is told to ask again
/// @param probeEvery how often a store that could not write tries whether it can again
public record Limits(int waitingMax, int batchMax, Duration retryAfter, Duration probeEvery) {

    public Limits {
        atLeastOne("waitingMax", waitingMax);
        atLeastOne("batchMax", batchMax);
    }

    public static Limits defaults() {
        return new Limits(16_384, 1_024, Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
        }
    }
}
