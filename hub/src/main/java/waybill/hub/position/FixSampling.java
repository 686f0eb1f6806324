package waybill.hub.position;

import org.jspecify.annotations.Nullable;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;

/// Which of a driver's newest fixes are compared with its stops: an arrival is decided by seconds, and a vehicle
/// moves a few metres between two of these fixes, however often its device reports.
final class FixSampling {

    /// Of the fixes that were recorded in each span of so many milliseconds, the first one is compared.
    static final long SPAN_MS = 500;

    private FixSampling() {}

    /// Whether the newest fix is the first of its span.
    static boolean isFirst(@Nullable DriverTrackState before, DriverTrackState after) {
        return before == null || span(after.newest()) > span(before.newest());
    }

    private static long span(Fix fix) {
        return Math.floorDiv(fix.recordedAtMs(), SPAN_MS);
    }
}
