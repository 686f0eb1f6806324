package waybill.server.metrics;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import waybill.hub.position.ReportOutcome;
import waybill.tracking.FixOutcome;

/// Counts what became of reported positions, by the way on which they came. Thread-safe.
public final class PositionCounters {

    private static final String REJECTED = "rejected";

    /// The way on which a position came.
    public enum Source {
        SOCKET,
        REST,

        /// An app that reports under a key of its own.
        TRACKER;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Source, NamedCounters> bySource = new EnumMap<>(Source.class);

    public PositionCounters() {
        for (var source : Source.values()) {
            bySource.put(source, new NamedCounters());
        }
    }

    /// The counts of a source, by verdict.
    public NamedCounters of(Source source) {
        var counters = bySource.get(source);
        if (counters == null) {
            throw new AssertionError(source); // the constructor has put each
        }
        return counters;
    }

    /// Counts a report of `count` positions.
    ///
    /// @param unread positions of it that could not be parsed
    public void count(Source source, int count, int unread, ReportOutcome outcome) {
        reject(source, unread);
        switch (outcome) {
            case ReportOutcome.Received received
            when received.listOrNone() == null ->
                of(source).add(received.outcome().wireName());
            case ReportOutcome.Received received -> countList(source, received);
            case ReportOutcome.LookupNeeded _, ReportOutcome.Rejected _ -> reject(source, count);
        }
    }

    private void countList(Source source, ReportOutcome.Received received) {
        var list = received.listOrNone();
        if (list != null) {
            for (var one : list.outcomes()) {
                of(source).add(one.map(FixOutcome::wireName).orElse(REJECTED));
            }
        }
    }

    /// Counts positions that were rejected.
    public void reject(Source source, int count) {
        for (var i = 0; i < count; i++) {
            of(source).add(REJECTED);
        }
    }

    /// Counts a position that is stored and not believed.
    public void doubt(Source source) {
        of(source).add(FixOutcome.IMPLAUSIBLE.wireName());
    }
}
