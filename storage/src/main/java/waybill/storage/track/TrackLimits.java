package waybill.storage.track;

import java.time.Duration;

/// How many points of tracks are stored, and for how long.
///
/// @param queueMax points that may wait to be written; one more is dropped, and counted
/// @param queuePerDriverMax how many of those may be one driver's; one more of that driver is dropped, and counted
/// @param batchMax points that are written in one transaction
/// @param flushInterval how long points are collected before they are written
/// @param retention how long they are stored
/// @param freeBytesMin how much of the disk is reserved for orders: when less is free, no point is written
public record TrackLimits(
        int queueMax,
        int queuePerDriverMax,
        int batchMax,
        Duration flushInterval,
        Duration retention,
        long freeBytesMin) {

    public TrackLimits {
        if (queueMax < 1 || queuePerDriverMax < 1 || batchMax < 1) {
            throw new IllegalArgumentException("waitingMax, waitingPerDriverMax, groupMax: " + queueMax + ", "
                    + queuePerDriverMax + ", " + batchMax + " (expected: at least 1)");
        }
        if (!flushInterval.isPositive() || !retention.isPositive()) {
            throw new IllegalArgumentException(
                    "writtenEvery, keptFor: " + flushInterval + ", " + retention + " (expected: more than none)");
        }
    }

    /// Limits under which one driver may fill the queue.
    public TrackLimits(int waitingMax, int groupMax, Duration writtenEvery, Duration keptFor, long leftFreeBytes) {
        this(waitingMax, waitingMax, groupMax, writtenEvery, keptFor, leftFreeBytes);
    }

    public static TrackLimits defaults() {
        return new TrackLimits(65_536, 16_384, 4_096, Duration.ofMillis(250), Duration.ofDays(30), 64 << 20);
    }

    public TrackLimits withRetention(Duration value) {
        return new TrackLimits(queueMax, queuePerDriverMax, batchMax, flushInterval, value, freeBytesMin);
    }
}
