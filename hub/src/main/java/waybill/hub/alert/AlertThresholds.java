package waybill.hub.alert;

import java.time.Duration;

/// When alerts are opened. Zero turns a kind of them off.
///
/// @param unansweredAfter how long a store may leave a new order unanswered
/// @param lostDrivers whether the lost signal of a driver with an order opens one
/// @param diskFreeMin bytes that must be free where the data is
/// @param journalQueueMax transactions that may wait to be written
/// @param relayLagMax committed events that may wait to be published
/// @param queueMax messages that may wait in a queue of `/caps`
/// @param outboundMax jobs of a channel that may wait to be sent
public record AlertThresholds(
        Duration unansweredAfter,
        boolean lostDrivers,
        long diskFreeMin,
        long journalQueueMax,
        long relayLagMax,
        long queueMax,
        long outboundMax) {

    public static final int UNANSWERED_SECONDS = 45;
    public static final int DISK_FREE_MIB = 1_024;
    public static final int JOURNAL_QUEUE_MAX = 8_000;
    public static final int RELAY_LAG_MAX = 5_000;
    public static final int QUEUE_MAX = 1_000;
    public static final int OUTBOUND_MAX = 10_000;

    /// No alerts but those about payments and files.
    public static final AlertThresholds OFF = new AlertThresholds(Duration.ZERO, false, 0, 0, 0, 0, 0);

    public AlertThresholds {
        if (unansweredAfter.isNegative()) {
            throw new IllegalArgumentException("unansweredAfter: " + unansweredAfter + " (expected: 0 or more)");
        }
        if (diskFreeMin < 0 || journalQueueMax < 0 || relayLagMax < 0 || queueMax < 0 || outboundMax < 0) {
            throw new IllegalArgumentException("diskFreeMin, journalQueueMax, relayLagMax, queueMax, outboundMax: "
                    + diskFreeMin + ", " + journalQueueMax + ", " + relayLagMax + ", " + queueMax + ", " + outboundMax
                    + " (expected: 0 for off, or more)");
        }
    }

    public static AlertThresholds defaults() {
        return new AlertThresholds(
                Duration.ofSeconds(UNANSWERED_SECONDS),
                true,
                (long) DISK_FREE_MIB << 20,
                JOURNAL_QUEUE_MAX,
                RELAY_LAG_MAX,
                QUEUE_MAX,
                OUTBOUND_MAX);
    }
}
