package waybill.storage.track;

import java.time.Duration;

/// How many points of tracks are stored, and for how long.
///
/// @param queueMax points that may wait to be written; one more is dropped, and counted
/// @param thinnedFrom points that wait, from which on only one point of a driver in [#THINNED_TO] is queued, and the
///     others are counted
/// @param queuePerDriverMax how many of those may be one driver's; one more of that driver is dropped, and counted
/// @param batchMax points that are written in one transaction
/// @param flushInterval how long points are collected before they are written
/// @param retention how long they are stored
/// @param freeBytesMin how much of the disk is reserved for orders: when less is free, no point is written
public record TrackLimits(
        int queueMax,
        int thinnedFrom,
        int queuePerDriverMax,
        int batchMax,
        Duration flushInterval,
        Duration retention,
        long freeBytesMin) {

    /// The distance in time of two points of a driver while the queue is long.
    static final Duration THINNED_TO = Duration.ofSeconds(5);

    public TrackLimits {
        if (queueMax < 1 || thinnedFrom < 1 || queuePerDriverMax < 1 || batchMax < 1) {
            throw new IllegalArgumentException("queueMax, thinnedFrom, queuePerDriverMax, batchMax: " + queueMax + ", "
                    + thinnedFrom + ", " + queuePerDriverMax + ", " + batchMax + " (expected: at least 1)");
        }
        if (!flushInterval.isPositive() || !retention.isPositive()) {
            throw new IllegalArgumentException(
                    "flushInterval, retention: " + flushInterval + ", " + retention + " (expected: more than none)");
        }
    }

    /// Limits under which one driver may fill the queue, and no point is left out before it is full.
    public TrackLimits(int queueMax, int batchMax, Duration flushInterval, Duration retention, long freeBytesMin) {
        this(queueMax, queueMax, queueMax, batchMax, flushInterval, retention, freeBytesMin);
    }

    public static TrackLimits defaults() {
        return new TrackLimits(65_536, 32_768, 16_384, 4_096, Duration.ofMillis(250), Duration.ofDays(30), 64 << 20);
    }

    public TrackLimits withRetention(Duration value) {
        return new TrackLimits(queueMax, thinnedFrom, queuePerDriverMax, batchMax, flushInterval, value, freeBytesMin);
    }
}
