package waybill.hub.analytics;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import waybill.journal.EventLog;
import waybill.journal.LogEntry;
import waybill.journal.LogFilter;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderState;

/// How many orders were placed and delivered in each hour of the last day, and how many of them on time. Counts what
/// the log has got since it was last asked. Blocks; guarded by its monitor.
public final class OrdersByHour {

    /// Hours that are counted, the present one included.
    public static final int HOURS = 24;

    /// Events that are read to catch up. Older ones are not counted: [#countedFrom] is later then.
    static final int EVENTS_MAX = 50_000;

    private static final int BATCH = 1_000;

    private final EventLog log;
    private final TreeMap<Instant, Hour> hours = new TreeMap<>();
    private long countedUpTo;
    private Instant countedFrom = Instant.EPOCH;

    public OrdersByHour(EventLog log) {
        this.log = log;
    }

    /// The orders of one hour.
    ///
    /// @param onTime of those delivered, those that were by the promised time; without one, those that had no open
    ///     delay alert
    public record Hour(Instant from, long placed, long delivered, long onTime) {

        private Hour plus(long morePlaced, long moreDelivered, long moreOnTime) {
            return new Hour(from, placed + morePlaced, delivered + moreDelivered, onTime + moreOnTime);
        }
    }

    /// The last hours.
    ///
    /// @param countedFrom the events before are not counted
    public record Day(List<Hour> hours, Instant countedFrom) {}

    /// The last hours, the oldest first; the last of them has not ended.
    public synchronized Day read(Instant now) {
        var first = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(HOURS - 1));
        if (log.lastSequence() - countedUpTo > EVENTS_MAX) {
            startAnew(first);
        }
        countNew(first);
        hours.headMap(first).clear();
        var all = Stream.iterate(first, hour -> hour.plus(1, ChronoUnit.HOURS))
                .limit(HOURS)
                .map(hour -> hours.getOrDefault(hour, new Hour(hour, 0, 0, 0)))
                .toList();
        return new Day(all, countedFrom.isBefore(first) ? first : countedFrom);
    }

    /// Skips what is too much to read.
    private void startAnew(Instant first) {
        hours.clear();
        countedUpTo = log.lastSequence() - EVENTS_MAX;
        countedFrom = log.listAfter(countedUpTo, 1).stream()
                .map(LogEntry::receivedAt)
                .findFirst()
                .orElse(first);
    }

    private void countNew(Instant first) {
        var last = log.lastSequence();
        List<LogEntry> entries;
        do {
            entries = log.search(new LogFilter(null, null, countedUpTo, first, BATCH));
            entries.forEach(this::count);
        } while (entries.size() == BATCH);
        countedUpTo = Math.max(countedUpTo, last); // older events than the day are not listed
    }

    private void count(LogEntry entry) {
        countedUpTo = entry.sequence();
        if (entry.event() instanceof OrderEvent.Placed) {
            add(entry.receivedAt(), 1, 0, 0);
        } else if (entry.event() instanceof OrderEvent.StateChanged(var state, var _, var _)
                && state == OrderState.DELIVERED) {
            add(entry.receivedAt(), 0, 1, isOnTime(entry, entry.orderOrNone()) ? 1 : 0);
        }
    }

    private static boolean isOnTime(LogEntry entry, @Nullable Order orderOrNone) {
        return orderOrNone != null
                && orderOrNone
                        .details()
                        .promisedAt()
                        .map(promised -> !entry.occurredAt().isAfter(promised))
                        .orElseGet(() -> orderOrNone.times().missedPromise().isEmpty());
    }

    private void add(Instant at, long placed, long delivered, long onTime) {
        hours.compute(
                at.truncatedTo(ChronoUnit.HOURS),
                (hour, before) -> (before == null ? new Hour(hour, 0, 0, 0) : before).plus(placed, delivered, onTime));
    }
}
