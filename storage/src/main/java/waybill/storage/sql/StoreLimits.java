package waybill.storage.sql;

import java.time.Duration;

/// What the store may take in, and what it does when that is not enough.
///
/// @param queueMax works that may wait for the journal; one more is answered `unavailable`
/// @param batchMax works that are committed together
/// @param retryAfter when a refused caller is told to ask again
/// @param probeInterval how often a store that could not write tries whether it can again
/// @param messageRetention how long letters and receipts wait to be taken; older ones are deleted
/// @param orderRetention how long ended orders and the log are kept, zero for ever
/// @param queueBytesMax what the works that wait may hold in memory; one more is answered `unavailable`
public record StoreLimits(
        int queueMax,
        int batchMax,
        Duration retryAfter,
        Duration probeInterval,
        Duration messageRetention,
        Duration orderRetention,
        long queueBytesMax) {

    private static final long QUEUE_BYTES_MAX = 64L << 20;

    public StoreLimits {
        requirePositive("waitingMax", queueMax);
        requirePositive("batchMax", batchMax);
        if (messageRetention.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("lettersKeptFor: " + messageRetention + " (expected: more than none)");
        }
        if (orderRetention.isNegative() || queueBytesMax < 1) {
            throw new IllegalArgumentException("ordersKeptFor, waitingBytesMax: " + orderRetention + ", "
                    + queueBytesMax + " (expected: none or more, at least 1)");
        }
        if (orderRetention.isPositive() && orderRetention.compareTo(messageRetention) < 0) {
            messageRetention = orderRetention; // a letter without its event could not be read
        }
    }

    public StoreLimits(
            int waitingMax, int batchMax, Duration retryAfter, Duration probeEvery, Duration lettersKeptFor) {
        this(waitingMax, batchMax, retryAfter, probeEvery, lettersKeptFor, Duration.ZERO, QUEUE_BYTES_MAX);
    }

    public static StoreLimits defaults() {
        return new StoreLimits(16_384, 1_024, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofDays(30));
    }

    public StoreLimits withOrderRetention(Duration value) {
        return new StoreLimits(queueMax, batchMax, retryAfter, probeInterval, messageRetention, value, queueBytesMax);
    }

    public StoreLimits withQueueBytesMax(long value) {
        return new StoreLimits(queueMax, batchMax, retryAfter, probeInterval, messageRetention, orderRetention, value);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
        }
    }
}
