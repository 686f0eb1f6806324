package waybill.storage;

import java.time.Duration;

/// What the store may take in, and what it does when that is not enough.
///
/// @param waitingMax works that may wait for the journal; one more is answered `unavailable`
/// @param batchMax works that are committed together
/// @param retryAfter when a refused caller is told to ask again
/// @param probeEvery how often a store that could not write tries whether it can again
/// @param lettersKeptFor how long letters and receipts wait to be taken; older ones are deleted
/// @param ordersKeptFor how long ended orders and the log are kept, zero for ever
/// @param waitingBytesMax what the works that wait may hold in memory; one more is answered `unavailable`
public record Limits(
        int waitingMax,
        int batchMax,
        Duration retryAfter,
        Duration probeEvery,
        Duration lettersKeptFor,
        Duration ordersKeptFor,
        long waitingBytesMax) {

    private static final long WAITING_BYTES_MAX = 64L << 20;

    public Limits {
        atLeastOne("waitingMax", waitingMax);
        atLeastOne("batchMax", batchMax);
        if (lettersKeptFor.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("lettersKeptFor: " + lettersKeptFor + " (expected: more than none)");
        }
        if (ordersKeptFor.isNegative() || waitingBytesMax < 1) {
            throw new IllegalArgumentException("ordersKeptFor, waitingBytesMax: " + ordersKeptFor + ", "
                    + waitingBytesMax + " (expected: none or more, at least 1)");
        }
        if (ordersKeptFor.isPositive() && ordersKeptFor.compareTo(lettersKeptFor) < 0) {
            lettersKeptFor = ordersKeptFor; // a letter without its event could not be read
        }
    }

    Limits(int waitingMax, int batchMax, Duration retryAfter, Duration probeEvery, Duration lettersKeptFor) {
        this(waitingMax, batchMax, retryAfter, probeEvery, lettersKeptFor, Duration.ZERO, WAITING_BYTES_MAX);
    }

    public static Limits defaults() {
        return new Limits(16_384, 1_024, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofDays(30));
    }

    public Limits withOrdersKeptFor(Duration value) {
        return new Limits(waitingMax, batchMax, retryAfter, probeEvery, lettersKeptFor, value, waitingBytesMax);
    }

    Limits withWaitingBytesMax(long value) {
        return new Limits(waitingMax, batchMax, retryAfter, probeEvery, lettersKeptFor, ordersKeptFor, value);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
        }
    }
}
