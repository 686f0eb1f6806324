package waybill.server.realtime;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.server.dialect.Rejection;
import waybill.server.dialect.Report;
import waybill.server.dialect.Timestamps;
import waybill.tracking.Batch;
import waybill.tracking.Fix;
import waybill.tracking.FixOutcome;
import waybill.tracking.Judged;
import waybill.tracking.LastKnown;
import waybill.tracking.Track;
import waybill.tracking.TrackLog;
import waybill.tracking.Verdict;

/// Classifies the fixes of a report and puts them into the history: what is broken in a list is left out of it, what
/// cannot be the driver's position is marked. Tells nobody. Thread-safe, as what it stands on is.
final class FixIntake {

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final long AGE_MAX_MS = Timestamps.AGE_MAX.toMillis();

    private final LastKnown lastKnown;
    private final TrackLog tracks;
    private final DriverBudgets points;

    /// @param points how many the history takes of each driver; of those that come one by one, what is too much is left
    ///     out
    FixIntake(LastKnown lastKnown, TrackLog tracks, DriverBudgets points) {
        this.lastKnown = lastKnown;
        this.tracks = tracks;
        this.points = points;
    }

    /// What is known of the orders that a report names.
    ///
    /// @param active the driver's, to which something is still to happen
    /// @param over those that were the driver's
    /// @param isComplete whether it is known of all others that they are not the driver's
    record Known(List<Order> active, Set<OrderId> over, boolean isComplete) {

        boolean isActive(OrderId id) {
            return find(id) != null;
        }

        boolean isKnown(OrderId id) {
            return isActive(id) || over.contains(id);
        }

        private @Nullable Order find(OrderId id) {
            for (var order : active) {
                if (order.id().equals(id)) {
                    return order;
                }
            }
            return null;
        }
    }

    /// What came of a single fix.
    ///
    /// @param trackOrNone none where it was not worth to be remembered
    record One(FixOutcome outcome, @Nullable Track trackOrNone) {}

    /// What came of a list.
    ///
    /// @param outcomes one for each report, in their order; null for those that were rejected
    /// @param newsOrNone the track to tell, if it has become newer
    record Several(
            List<Rejection> rejected,
            List<Optional<FixOutcome>> outcomes,
            @Nullable Track newsOrNone,
            long clockOffsetMs) {}

    /// Why a report is not accepted, by its time alone.
    static Optional<String> implausibleTime(Report report, long nowMs) {
        var at = report.recordedAtOrNone();
        return at != null && at.toEpochMilli() > nowMs + AGE_MAX_MS ? Optional.of(ahead(at, nowMs)) : Optional.empty();
    }

    private static String ahead(Instant at, long nowMs) {
        return "recordedAt: " + TIME.format(at) + " (expected: since 1970 and not later than now, "
                + TIME.format(Instant.ofEpochMilli(nowMs)) + ")";
    }

    /// @param isOver whether its order is
    One one(String driver, Report report, boolean isOver, long nowMs) {
        var at = report.recordedAtOrNone();
        if (isNowhere(report)) {
            if (points.take(driver, 1, nowMs)) {
                tracks.keep(new Judged(fix(driver, report, nowMs, 0), Verdict.IMPLAUSIBLE));
            }
            return new One(FixOutcome.IMPLAUSIBLE, null);
        }
        var track = at == null
                ? lastKnown.hearUndated(fix(driver, report, nowMs, 0))
                : lastKnown.hearDated(
                        driver,
                        report.position(),
                        report.heading(),
                        report.speed(),
                        report.accuracy(),
                        at.toEpochMilli(),
                        nowMs);
        if (track.isKept() && points.take(driver, 1, nowMs)) {
            var fix = track.verdict() == Verdict.ACCEPTED ? track.newest() : fix(driver, report, nowMs, offset(track));
            tracks.keep(new Judged(fix, track.verdict()));
        }
        return new One(outcome(track.verdict(), !isOver && track.newest().isLive(nowMs), isOver), track);
    }

    private static long offset(Track track) {
        return track.clock().offsetMs();
    }

    private static FixOutcome outcome(Verdict verdict, boolean isLive, boolean isOver) {
        return switch (verdict) {
            case ACCEPTED -> isLive ? FixOutcome.LIVE : FixOutcome.HISTORY;
            case STALE -> isOver ? FixOutcome.HISTORY : FixOutcome.STALE;
            case IMPLAUSIBLE -> FixOutcome.IMPLAUSIBLE;
        };
    }

    /// @param isTold whether anybody may be told of the newest
    Several several(String driver, List<Report> reports, Known orders, boolean isTold, long nowMs) {
        var rejected = new ArrayList<Rejection>();
        var outcomes = new ArrayList<Optional<FixOutcome>>(reports.size());
        var times = new Times(reports, nowMs);
        var offset = times.isNone() ? 0 : lastKnown.clockOffsetMs(driver, times.newestMs, nowMs);
        var fixes = new ArrayList<Fix>(reports.size());
        var fixOf = new Fix[reports.size()];
        for (var i = 0; i < reports.size(); i++) {
            var report = reports.get(i);
            var complaint = times.complaint(report);
            if (complaint.isPresent()) {
                rejected.add(new Rejection(i, "recordedAt", complaint.get()));
                continue;
            }
            var named = report.orderOrNone();
            if (named != null && !orders.isKnown(named)) {
                rejected.add(new Rejection(
                        i, "orderId", PositionReports.notTheirs(named) + " (the position is in your history)"));
            }
            var fix = fix(driver, report, nowMs, offset);
            fixOf[i] = fix;
            if (fix.isNowhere()) {
                tracks.keep(new Judged(fix, Verdict.IMPLAUSIBLE));
            } else {
                fixes.add(fix);
            }
        }
        var verdicts = new IdentityHashMap<Fix, Verdict>();
        @Nullable Track news = null;
        @Nullable Fix newest = null;
        if (!fixes.isEmpty()) {
            var outcome = lastKnown.hear(new Batch(fixes));
            outcome.fixes().forEach(judged -> {
                tracks.keep(judged);
                verdicts.put(judged.fix(), judged.verdict());
            });
            newest = outcome.news().filter(fix -> isTold && fix.isLive(nowMs)).orElse(null);
            news = newest == null ? null : outcome.after();
        }
        addOutcomes(reports, orders, fixOf, verdicts, newest, outcomes);
        return new Several(rejected, outcomes, news, Math.abs(offset) < 1_000 ? 0 : offset);
    }

    private static void addOutcomes(
            List<Report> reports,
            Known orders,
            @Nullable Fix[] fixOf,
            Map<Fix, Verdict> verdicts,
            @Nullable Fix newest,
            List<Optional<FixOutcome>> outcomes) {
        for (var i = 0; i < fixOf.length; i++) {
            var fix = fixOf[i];
            var named = reports.get(i).orderOrNone();
            if (fix == null) {
                outcomes.add(Optional.empty());
            } else {
                var verdict = verdicts.getOrDefault(fix, Verdict.IMPLAUSIBLE); // it is nowhere
                var isOver = named != null && !orders.isActive(named);
                outcomes.add(Optional.of(outcome(verdict, fix.equals(newest), isOver)));
            }
        }
    }

    private static boolean isNowhere(Report report) {
        return report.position().latitude() == 0 && report.position().longitude() == 0;
    }

    private static Fix fix(String driver, Report report, long nowMs, long offsetMs) {
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

    /// The times of a list. One of them that is later than now is a mistake of its own where the others are not; if
    /// most
    /// are, the phone's clock is ahead.
    private static final class Times {

        private final long nowMs;
        private final boolean isClockAhead;

        /// The newest that counts.
        private final long newestMs;

        Times(List<Report> reports, long nowMs) {
            this.nowMs = nowMs;
            var times = reports.stream()
                    .map(Report::recordedAtOrNone)
                    .mapToLong(at -> at == null ? Long.MIN_VALUE : at.toEpochMilli())
                    .filter(at -> at != Long.MIN_VALUE && at <= nowMs + AGE_MAX_MS)
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

        Optional<String> complaint(Report report) {
            var at = report.recordedAtOrNone();
            if (at == null || at.toEpochMilli() <= nowMs + (isClockAhead ? AGE_MAX_MS : Fix.AHEAD_MAX_MS)) {
                return Optional.empty();
            }
            return Optional.of(ahead(at, nowMs));
        }
    }
}
