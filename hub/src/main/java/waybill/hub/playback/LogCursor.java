package waybill.hub.playback;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import waybill.hub.projection.ActiveOrders;
import waybill.journal.EventLog;
import waybill.journal.LogEntry;
import waybill.journal.LogFilter;
import waybill.order.OrderId;

/// The events of a range from a time on, read page by page. For one thread at a time.
final class LogCursor {

    /// Entries of one page. Few, because an event may be as large as a message.
    static final int PAGE_MAX = 32;

    /// Active orders of which the state at the start is known.
    static final int ORDERS_MAX = 2_000;

    /// How far before the start the newest event of an order is looked for. An order without one shows up with its
    /// next event.
    private static final long LOOKBACK_MS = 24 * 60 * 60 * 1_000L;

    private final EventLog log;
    private final PlaybackRange range;
    private final ArrayDeque<LogEntry> entries = new ArrayDeque<>();
    private final List<LogEntry> state;
    private final TreeSet<String> drivers = new TreeSet<>();
    private long after;
    private boolean isAtEnd;

    /// @param startMs the time from which events are read
    LogCursor(EventLog log, PlaybackRange range, long startMs) {
        this.log = log;
        this.range = range;
        var order = range.orderOrNone();
        if (order == null) {
            after = sequenceBefore(startMs);
            state = log.listActive(sequenceBefore(startMs - LOOKBACK_MS), after, ORDERS_MAX);
        } else {
            state = openOrder(order, startMs);
        }
    }

    /// The newest event before a time.
    private long sequenceBefore(long atMs) {
        var since = Instant.ofEpochMilli(Math.max(atMs, 1));
        var first = log.search(new LogFilter(null, null, 0, since, 1));
        return first.isEmpty() ? log.lastSequence() : first.getFirst().sequence() - 1;
    }

    /// The events of one order are read at once.
    private List<LogEntry> openOrder(OrderId order, long startMs) {
        @Nullable LogEntry last = null;
        for (var entry : log.listHistory(order)) {
            entry.order().flatMap(ActiveOrders::driver).ifPresent(drivers::add);
            if (entry.receivedAt().toEpochMilli() < startMs) {
                last = entry;
            } else {
                entries.add(entry);
            }
        }
        isAtEnd = true;
        return last == null || !last.order().orElseThrow().state().isActive() ? List.of() : List.of(last);
    }

    /// The newest event of each order that is active at the start, the order placed first at the front.
    List<LogEntry> state() {
        return state.stream()
                .sorted(Comparator.comparing(
                        entry -> entry.order().orElseThrow().placedAt()))
                .toList();
    }

    /// The drivers of the order; none if the range has all orders.
    Set<String> drivers() {
        return drivers;
    }

    /// The next event, until it is removed. Empty at the end.
    Optional<LogEntry> peek() {
        if (entries.isEmpty() && !isAtEnd) {
            var page = log.listAfter(after, PAGE_MAX);
            entries.addAll(page);
            isAtEnd = page.isEmpty();
            after = page.isEmpty() ? after : page.getLast().sequence();
        }
        var next = entries.peek();
        if (next != null && next.receivedAt().toEpochMilli() >= range.untilMs()) {
            entries.clear();
            isAtEnd = true;
            return Optional.empty();
        }
        return Optional.ofNullable(next);
    }

    void remove() {
        entries.remove();
    }
}
