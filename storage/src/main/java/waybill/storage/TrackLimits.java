package waybill.storage;

import java.time.Duration;

/// How much of where drivers were is kept, and for how long.
///
/// @param waitingMax points that may wait to be written; one more is lost, and counted
/// @param waitingPerDriverMax how many of those may be one driver's; one more of that driver is lost, and counted
/// @param groupMax points that are written in one transaction
/// @param writtenEvery how long points are gathered before they are written
/// @param keptFor how long they are kept
/// @param leftFreeBytes how much of the disk is left to the books: when less is free, nothing is written
public record TrackLimits(
        int waitingMax,
        int waitingPerDriverMax,
        int groupMax,
        Duration writtenEvery,
        Duration keptFor,
        long leftFreeBytes) {

    public TrackLimits {
        if (waitingMax < 1 || waitingPerDriverMax < 1 || groupMax < 1) {
            throw new IllegalArgumentException("waitingMax, waitingPerDriverMax, groupMax: " + waitingMax + ", "
                    + waitingPerDriverMax + ", " + groupMax + " (expected: at least 1)");
        }
        if (!writtenEvery.isPositive() || !keptFor.isPositive()) {
            throw new IllegalArgumentException(
                    "writtenEvery, keptFor: " + writtenEvery + ", " + keptFor + " (expected: more than none)");
        }
    }

    /// Limits under which one driver may fill the queue.
    public TrackLimits(int waitingMax, int groupMax, Duration writtenEvery, Duration keptFor, long leftFreeBytes) {
        this(waitingMax, waitingMax, groupMax, writtenEvery, keptFor, leftFreeBytes);
    }

    public static TrackLimits defaults() {
        return new TrackLimits(65_536, 16_384, 4_096, Duration.ofMillis(250), Duration.ofDays(30), 64 << 20);
    }

    public TrackLimits withKeptFor(Duration value) {
        return new TrackLimits(waitingMax, waitingPerDriverMax, groupMax, writtenEvery, value, leftFreeBytes);
    }
}
