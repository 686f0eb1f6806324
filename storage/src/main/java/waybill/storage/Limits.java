package waybill.storage;

import java.time.Duration;

/// What the store may take in, and what it does when that is not enough.
///
/// @param waitingMax works that may wait for the journal; one more is answered `unavailable`
/// @param batchMax works that are committed together
/// @param retryAfter when a refused caller is told to ask again
/// @param probeEvery how often a store that could not write tries whether it can again
/// @param lettersKeptFor how long letters and receipts wait to be taken; older ones are thrown away, the log never is
public record Limits(int waitingMax, int batchMax, Duration retryAfter, Duration probeEvery, Duration lettersKeptFor) {

    public Limits {
        atLeastOne("waitingMax", waitingMax);
        atLeastOne("batchMax", batchMax);
        if (lettersKeptFor.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("lettersKeptFor: " + lettersKeptFor + " (expected: more than none)");
        }
    }

    public static Limits defaults() {
        return new Limits(16_384, 1_024, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofDays(30));
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
        }
    }
}
