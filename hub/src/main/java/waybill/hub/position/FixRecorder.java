package waybill.hub.position;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.limit.RateLimiter;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.DriverTrack;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;
import waybill.tracking.FixBatch;
import waybill.tracking.FixOutcome;
import waybill.tracking.FixStatus;
import waybill.tracking.TrackLog;

/// Classifies the fixes of a report and appends them to the track log: invalid ones of a list are left out,
/// implausible ones are marked. Publishes nothing.
final class FixRecorder {

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /// How wrong a phone's clock may be. A time that is further ahead is an error.
    private static final long CLOCK_AHEAD_MAX_MS = Duration.ofDays(365).toMillis();

    private final TrackLog tracks;
    private final RateLimiter<String> pointLimiter;

    /// @param pointLimiter the rate of each driver's points in the track log; single fixes beyond it are not stored
    FixRecorder(TrackLog tracks, RateLimiter<String> pointLimiter) {
        this.tracks = tracks;
        this.pointLimiter = pointLimiter;
    }

    /// The result of a single fix.
    ///
    /// @param stateOrNone none if the fix was not classified
    /// @param fixOrNone the fix, at its corrected time; none if it was not classified
    record SingleResult(
            FixOutcome outcome,
            @Nullable DriverTrackState stateOrNone,
            @Nullable Fix fixOrNone) {}

    /// The result of a list.
    ///
    /// @param outcomes one for each report, in their order; null for rejected ones
    /// @param fixes the classified ones, the oldest first
    /// @param newestOrNone the track to publish, if its newest fix has changed
    record ListResult(
            List<RejectedPosition> rejected,
            List<Optional<FixOutcome>> outcomes,
            List<ClassifiedFix> fixes,
            @Nullable DriverTrackState newestOrNone,
            long clockOffsetMs) {}

    /// Why a report is rejected for its time.
    static Optional<String> implausibleTime(PositionReport report, long nowMs) {
        var at = report.recordedAtOrNone();
        return at != null && at.toEpochMilli() > nowMs + CLOCK_AHEAD_MAX_MS
                ? Optional.of(ahead(at, nowMs))
                : Optional.empty();
    }

    private static String ahead(Instant at, long nowMs) {
        return "recordedAt: " + TIME.format(at) + " (expected: since 1970 and not later than now, "
                + TIME.format(Instant.ofEpochMilli(nowMs)) + ")";
    }

    /// @param track the driver's, of which this is an update
    /// @param isOver whether its order has ended
    SingleResult recordOne(DriverTrack track, String driver, PositionReport report, boolean isOver, long nowMs) {
        var at = report.recordedAtOrNone();
        if (isNowhere(report)) {
            recordImplausible(driver, report, nowMs);
            return new SingleResult(FixOutcome.IMPLAUSIBLE, null, null);
        }
        var state = at == null
                ? track.acceptUndated(fix(driver, report, nowMs, 0))
                : track.acceptDated(
                        driver,
                        report.position(),
                        report.heading(),
                        report.speed(),
                        report.accuracy(),
                        at.toEpochMilli(),
                        nowMs);
        var fix = state.status() == FixStatus.ACCEPTED ? state.newest() : fix(driver, report, nowMs, offset(state));
        if (state.isStored() && pointLimiter.acquire(driver, nowMs) == 0) {
            tracks.append(new ClassifiedFix(fix, state.status()));
        }
        return new SingleResult(
                outcome(state.status(), !isOver && state.newest().isLive(nowMs), isOver), state, fix);
    }

    /// Stores a fix without classifying it. A time ahead of the hub's clock becomes that of arrival.
    void recordImplausible(String driver, PositionReport report, long nowMs) {
        if (pointLimiter.acquire(driver, nowMs) == 0) {
            tracks.append(new ClassifiedFix(fix(driver, report, nowMs, 0), FixStatus.IMPLAUSIBLE));
        }
    }

    private static long offset(DriverTrackState state) {
        return state.clock().offsetMs();
    }

    private static FixOutcome outcome(FixStatus verdict, boolean isLive, boolean isOver) {
        return switch (verdict) {
            case ACCEPTED -> isLive ? FixOutcome.LIVE : FixOutcome.HISTORY;
            case STALE -> isOver ? FixOutcome.HISTORY : FixOutcome.STALE;
            case IMPLAUSIBLE -> FixOutcome.IMPLAUSIBLE;
        };
    }

    /// @param isPublished whether the newest may be published
    ListResult recordList(
            DriverTrack track,
            String driver,
            List<PositionReport> reports,
            DriverOrders orders,
            boolean isPublished,
            long nowMs) {
        var rejected = new ArrayList<RejectedPosition>();
        var outcomes = new ArrayList<Optional<FixOutcome>>(reports.size());
        var times = new Times(reports, nowMs);
        var offset = times.isNone() ? 0 : track.clockOffsetMs(times.newestMs, nowMs);
        var fixes = new ArrayList<Fix>(reports.size());
        var fixOf = new Fix[reports.size()];
        for (var i = 0; i < reports.size(); i++) {
            var report = reports.get(i);
            var complaint = times.timeError(report);
            if (complaint.isPresent()) {
                rejected.add(new RejectedPosition(i, "recordedAt", complaint.get()));
                continue;
            }
            var named = report.orderOrNone();
            if (named != null && !orders.includes(named)) {
                rejected.add(new RejectedPosition(
                        i, "orderId", ReportOutcome.notAssignedMessage(named) + " (the position is in your history)"));
            }
            var fix = fix(driver, report, nowMs, offset);
            fixOf[i] = fix;
            if (fix.isAtOrigin()) {
                tracks.append(new ClassifiedFix(fix, FixStatus.IMPLAUSIBLE));
            } else {
                fixes.add(fix);
            }
        }
        var verdicts = new IdentityHashMap<Fix, FixStatus>();
        @Nullable DriverTrackState newestTrack = null;
        @Nullable Fix newest = null;
        var classified = List.<ClassifiedFix>of();
        if (!fixes.isEmpty()) {
            var outcome = track.accept(new FixBatch(fixes));
            classified = outcome.fixes();
            classified.forEach(judged -> {
                tracks.append(judged);
                verdicts.put(judged.fix(), judged.status());
            });
            newest = outcome.newestAccepted()
                    .filter(fix -> isPublished && fix.isLive(nowMs))
                    .orElse(null);
            newestTrack = newest == null ? null : outcome.trackState();
        }
        addOutcomes(reports, orders, fixOf, verdicts, newest, outcomes);
        return new ListResult(rejected, outcomes, classified, newestTrack, Math.abs(offset) < 1_000 ? 0 : offset);
    }

    private static void addOutcomes(
            List<PositionReport> reports,
            DriverOrders orders,
            @Nullable Fix[] fixOf,
            Map<Fix, FixStatus> verdicts,
            @Nullable Fix newest,
            List<Optional<FixOutcome>> outcomes) {
        for (var i = 0; i < fixOf.length; i++) {
            var fix = fixOf[i];
            var named = reports.get(i).orderOrNone();
            if (fix == null) {
                outcomes.add(Optional.empty());
            } else {
                var verdict = verdicts.getOrDefault(fix, FixStatus.IMPLAUSIBLE); // it was not stored
                var isOver = named != null && !orders.isActive(named);
                outcomes.add(Optional.of(outcome(verdict, fix.equals(newest), isOver)));
            }
        }
    }

    private static boolean isNowhere(PositionReport report) {
        return report.position().latitude() == 0 && report.position().longitude() == 0;
    }

    private static Fix fix(String driver, PositionReport report, long nowMs, long offsetMs) {
        var at = report.recordedAtOrNone();
        return new Fix(
                driver,
                report.position(),
                report.heading(),
                report.speed(),
                report.accuracy(),
                at == null ? nowMs : Math.max(0, Math.min(nowMs, at.toEpochMilli() - offsetMs)),
                nowMs);
    }

    /// Checks the times of a list. A time in the future is an error of its own if the others are not; if most are,
    /// the phone's clock is ahead.
    private static final class Times {

        private final long nowMs;
        private final boolean isClockAhead;

        /// The newest valid one.
        private final long newestMs;

        Times(List<PositionReport> reports, long nowMs) {
            this.nowMs = nowMs;
            var times = reports.stream()
                    .map(PositionReport::recordedAtOrNone)
                    .mapToLong(at -> at == null ? Long.MIN_VALUE : at.toEpochMilli())
                    .filter(at -> at != Long.MIN_VALUE && at <= nowMs + CLOCK_AHEAD_MAX_MS)
                    .toArray();
            isClockAhead = 2 * Arrays.stream(times).filter(at -> at > nowMs).count() > times.length;
            newestMs = Arrays.stream(times)
                    .filter(at -> isClockAhead || at <= nowMs)
                    .max()
                    .orElse(Long.MIN_VALUE);
        }

        boolean isNone() {
            return newestMs == Long.MIN_VALUE;
        }

        Optional<String> timeError(PositionReport report) {
            var at = report.recordedAtOrNone();
            if (at == null
                    || at.toEpochMilli() <= nowMs + (isClockAhead ? CLOCK_AHEAD_MAX_MS : Fix.CLOCK_AHEAD_MAX_MS)) {
                return Optional.empty();
            }
            return Optional.of(ahead(at, nowMs));
        }
    }
}
