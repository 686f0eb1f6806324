package waybill.hub.position;

import org.jspecify.annotations.Nullable;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;

/// Which of a driver's newest fixes the stages look at that decide by seconds: arrivals at stops and ETAs. A vehicle
/// moves a few metres between two of them, however often its device reports.
final class FixSampling {

    /// Of the fixes that were recorded in each span of so many milliseconds, the first one is looked at.
    static final long SPAN_MS = 200;

    private FixSampling() {}

    /// Whether the newest fix is the first of its span.
    static boolean isFirst(@Nullable DriverTrackState before, DriverTrackState after) {
        return before == null || span(after.newest()) > span(before.newest());
    }

    private static long span(Fix fix) {
        return Math.floorDiv(fix.recordedAtMs(), SPAN_MS);
    }
}
