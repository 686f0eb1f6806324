package waybill.server.rest.tracker;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.directory.Tracker;
import waybill.hub.position.PositionIngestion;
import waybill.hub.position.PositionReport;
import waybill.hub.position.RejectedPosition;
import waybill.hub.position.ReportOutcome;
import waybill.hub.position.TrackerKeys;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Failures;
import waybill.hub.refusal.Refusal;
import waybill.journal.Journal;
import waybill.limit.InMemoryRateLimiter;
import waybill.limit.RateLimit;
import waybill.limit.RateLimiter;
import waybill.limit.RateLimiters;
import waybill.server.identity.Revocations;
import waybill.server.metrics.PositionCounters;
import waybill.server.metrics.PositionCounters.Source;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.tracker.TrackerMessage.TrackerElement;
import waybill.tracking.DriverPositions;
import waybill.tracking.FixBatch;
import waybill.tracking.FixOutcome;

/// Reports of apps that are known by a key. These apps send their oldest position again until it is accepted, and
/// nothing behind it: so a position of a known tracker is never rejected for what no retry can mend. It is stored as
/// far as it can be, marked, and answered with success and the reason.
public final class TrackerReports implements OperationHandlers {

    private static final Logger LOG = LoggerFactory.getLogger(TrackerReports.class);

    /// Faults of one tracker that are stored in a minute, and at once; the others are only counted in the metrics.
    private static final int FAULTS_PER_MINUTE = 6;

    private final TrackerAuthenticator authenticator;
    private final PositionIngestion positions;
    private final Journal journal;
    private final PositionCounters counters;
    private final InstantSource clock;
    private final RateLimiter<String> faultLimiter =
            new InMemoryRateLimiter<>(RateLimit.perMinute(FAULTS_PER_MINUTE), DriverPositions.DRIVERS_MAX);

    public TrackerReports(
            TrackerKeys keys,
            Revocations revocations,
            RateLimiters limiters,
            PositionIngestion positions,
            Journal journal,
            PositionCounters counters,
            InstantSource clock) {
        this.authenticator = new TrackerAuthenticator(keys, revocations, limiters, clock);
        this.positions = positions;
        this.journal = journal;
        this.counters = counters;
        this.clock = clock;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of(
                "reportFromTracker", this::report,
                "reportFromTrackerByQuery", this::report,
                "reportFromTrackerAtRoot", this::report);
    }

    public RequestAction report(ApiRequest call) {
        var message = TrackerRequestParser.parse(call.raw());
        if (message.keyOrNone() == null
                && message.elements().stream().findFirst().orElse(null)
                        instanceof TrackerElement.Broken(var field, var text)
                && field.equals("body")) {
            throw Problem.invalid(field, text); // the key may be in what could not be parsed
        }
        return new RequestAction.Async(authenticator
                .authenticate(message.keyOrNone(), call.raw().client())
                .thenCompose(tracker -> accept(tracker, message, call.receivedAt())));
    }

    /// A position and its index in the message.
    private record Placed(PositionReport report, int index) {}

    private CompletionStage<ApiResponse> accept(Tracker tracker, TrackerMessage message, Instant at) {
        var driver = new Principal(tracker.driver(), Role.DRIVER, null, null, null);
        var believed = new ArrayList<Placed>();
        var doubtful = new ArrayList<PositionReport>();
        var rejected = new ArrayList<RejectedPosition>();
        var empty = 0;
        for (var i = 0; i < message.elements().size(); i++) {
            switch (message.elements().get(i)) {
                case TrackerElement.Believed(var report) -> believed.add(new Placed(report, i));
                case TrackerElement.Doubtful(var report, var field, var text) -> {
                    doubtful.add(report);
                    rejected.add(new RejectedPosition(i, field, text));
                }
                case TrackerElement.Broken(var field, var text) -> {
                    counters.reject(Source.TRACKER, 1);
                    rejected.add(new RejectedPosition(i, field, text));
                }
                case TrackerElement.Empty() -> empty++;
            }
        }
        doubt(driver, doubtful);
        var result = new TrackerResult(
                message.elements().size(), empty, rejected, doubtful.isEmpty() ? null : FixOutcome.IMPLAUSIBLE);
        return report(driver, believed, result)
                .thenCompose(complete -> recordFault(tracker, complete))
                .thenApply(complete -> complete.response(at, positions.nextIntervalMs(driver)));
    }

    /// One report after the other, of as many positions as one may have.
    private CompletionStage<TrackerResult> report(Principal driver, List<Placed> all, TrackerResult before) {
        var result = CompletableFuture.completedStage(before);
        for (var from = 0; from < all.size(); from += FixBatch.FIXES_MAX) {
            var part = all.subList(from, Math.min(all.size(), from + FixBatch.FIXES_MAX));
            result = result.thenCompose(known -> reportPart(driver, part, all.size() > 1, known));
        }
        return result;
    }

    private CompletionStage<TrackerResult> reportPart(
            Principal driver, List<Placed> part, boolean isList, TrackerResult before) {
        var reports = part.stream().map(Placed::report).toList();
        return positions.report(driver, reports, isList, List.of()).thenApply(outcome -> {
            if (outcome instanceof ReportOutcome.Received received) {
                counters.count(Source.TRACKER, reports.size(), 0, outcome);
                return received(driver, part, received, before);
            }
            var refusal = outcome instanceof ReportOutcome.Rejected(var why)
                    ? why
                    : ((ReportOutcome.LookupNeeded) outcome).refusal();
            if (refusal.code() != ErrorCode.INVALID) {
                counters.reject(Source.TRACKER, reports.size());
                throw Problem.of(refusal); // the same request is accepted later
            }
            doubt(driver, reports);
            return before.with(rejections(part, refusal), FixOutcome.IMPLAUSIBLE);
        });
    }

    /// A single time that cannot be, or a list of them.
    private static List<RejectedPosition> rejections(List<Placed> part, Refusal refusal) {
        var text = timestamp(refusal.message().replaceFirst("^\\[0]\\.", ""));
        return part.stream()
                .map(one -> new RejectedPosition(one.index, "timestamp", text))
                .toList();
    }

    /// These apps call `recordedAt` so.
    private static String timestamp(String message) {
        return message.replaceFirst("^recordedAt", "timestamp");
    }

    private TrackerResult received(
            Principal driver, List<Placed> part, ReportOutcome.Received received, TrackerResult before) {
        var list = received.listOrNone();
        if (list == null || list.rejected().isEmpty()) {
            return before.with(List.of(), received.outcome());
        }
        positions.recordImplausible(
                driver,
                list.rejected().stream()
                        .map(one -> part.get(one.index()).report)
                        .toList());
        return before.with(
                list.rejected().stream()
                        .map(one -> new RejectedPosition(
                                part.get(one.index()).index, "timestamp", timestamp(one.message())))
                        .toList(),
                received.outcome());
    }

    private void doubt(Principal driver, List<PositionReport> reports) {
        if (!reports.isEmpty()) {
            positions.recordImplausible(driver, reports);
            reports.forEach(_ -> counters.doubt(Source.TRACKER));
        }
    }

    /// The driver finds the fault with its tracker. A store that cannot write does not hold the app up, either.
    private CompletionStage<TrackerResult> recordFault(Tracker tracker, TrackerResult result) {
        if (result.rejected().isEmpty() || faultLimiter.acquire(tracker.id(), clock.millis()) > 0) {
            return CompletableFuture.completedStage(result);
        }
        var message = result.rejected().getFirst().message();
        var at = clock.instant();
        return journal.submit(work -> {
                    work.recordTrackerFault(tracker.id(), message, at);
                    return result;
                })
                .exceptionally(thrown -> {
                    LOG.warn(
                            "a fault of tracker {} could not be stored, it is only in its response: {}",
                            tracker.id(),
                            Failures.cause(thrown).getMessage());
                    return result;
                });
    }

    /// What became of a message.
    ///
    /// @param empty reports without a position
    /// @param outcomeOrNone the most useful one
    private record TrackerResult(
            int count,
            int empty,
            List<RejectedPosition> rejected,
            @Nullable FixOutcome outcomeOrNone) {

        TrackerResult with(List<RejectedPosition> more, FixOutcome outcome) {
            var all = new ArrayList<>(rejected);
            all.addAll(more);
            all.sort(Comparator.comparingInt(RejectedPosition::index));
            var best = outcomeOrNone == null || outcome.compareTo(outcomeOrNone) < 0 ? outcome : outcomeOrNone;
            return new TrackerResult(count, empty, all, best);
        }

        ApiResponse response(Instant at, long nextIntervalMs) {
            var accepted = count - empty - rejected.size();
            return TrackerResponses.of(count, accepted, rejected, outcomeOrNone, at, nextIntervalMs);
        }
    }
}
