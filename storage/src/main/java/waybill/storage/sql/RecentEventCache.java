package waybill.storage.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.geo.Area;
import waybill.journal.LogEntry;
import waybill.order.HubEvent;
import waybill.order.NodeEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;

/// The newest events that this process committed, in memory, so that a reader close to the end of the log need not
/// read what was just written.
///
/// It is always an unbroken end of the log: events are added as they are committed and the oldest are evicted
/// first, so a reader whose sequence is inside it misses nothing. A monitor: safe from any thread.
///
/// The nodes of one process share the writer of their store, and this. Events of another writer are found late, once
/// this one commits: the cache then starts anew behind them, and they are read from the disk, so that no reader misses
/// one. A store whose writers are in several processes looks for the end of the log on the disk, and calls
/// [#advanceTo].
public final class RecentEventCache {

    /// Events in memory; beyond that the oldest is evicted, and read from disk when it is needed.
    private static final int EVENTS_MAX = 8_192;

    /// Characters in the texts of those events and orders, about; with the same effect.
    private static final long CHARS_MAX = 8L << 20;

    private static final int CHARS_PER_ITEM = 50;
    private static final int CHARS_PER_CORNER = 16; // a position, and its place in the list

    /// A ring: the event of a position is at that position modulo the length.
    private final @Nullable LogEntry[] ring = new @Nullable LogEntry[EVENTS_MAX];

    private long first; // the oldest in memory
    private long lastSequence;
    private long foundTo; // events of this process may be added after they were found
    private long chars;

    public RecentEventCache(long head) {
        this.lastSequence = head;
        first = head + 1;
    }

    public synchronized void add(List<LogEntry> committed) {
        for (var event : committed) {
            if (event.sequence() <= foundTo) {
                continue; // it is on disk only
            }
            if (event.sequence() != lastSequence + 1) {
                reset(event.sequence() - 1);
            }
            if (event.sequence() - first == EVENTS_MAX) {
                evictOldest();
            }
            lastSequence = event.sequence();
            ring[slot(lastSequence)] = event;
            chars += estimatedChars(event);
        }
        while (chars > CHARS_MAX && first <= lastSequence) {
            evictOldest();
        }
    }

    /// Another process has added to the log, which ends at that sequence or later.
    public synchronized void advanceTo(long sequence) {
        if (sequence > lastSequence) {
            reset(sequence);
            foundTo = sequence;
        }
    }

    /// The log ends at that sequence now, and all of it is on disk only.
    public synchronized void reset(long newHead) {
        Arrays.fill(ring, null);
        lastSequence = newHead;
        first = lastSequence + 1;
        chars = 0;
    }

    public synchronized long lastSequence() {
        return lastSequence;
    }

    /// At most `max` events after that position, or nothing when some of them are on disk only. What they weigh
    /// together is bounded by what is kept here.
    public synchronized Optional<List<LogEntry>> listAfter(long position, int max) {
        if (position < first - 1) {
            return Optional.empty();
        }
        var news = new ArrayList<LogEntry>();
        for (var next = position + 1; next <= lastSequence && news.size() < max; next++) {
            news.add(entryAt(next));
        }
        return Optional.of(news);
    }

    /// The events at those positions, in their order, or nothing when some of them are on disk only.
    public synchronized Optional<List<LogEntry>> entryAt(List<Long> positions) {
        return positions.stream().allMatch(position -> position >= first && position <= lastSequence)
                ? Optional.of(positions.stream().map(this::entryAt).toList())
                : Optional.empty();
    }

    private void evictOldest() {
        chars -= estimatedChars(entryAt(first));
        ring[slot(first)] = null;
        first++;
    }

    private static long estimatedChars(LogEntry entry) {
        return switch (entry.event()) {
            case OrderEvent event ->
                event.document().length()
                        + entry.order().map(RecentEventCache::estimatedChars).orElse(0L);
            case HubEvent.UserNotified(var _, var _, var title, var message, var _) ->
                title.length() + message.length();
            case HubEvent.CouponCreated(var _, var description, var _) -> description.length();
            case HubEvent.DriverStatusChanged changed ->
                changed.shift().area().map(RecentEventCache::estimatedChars).orElse(0L);
            case HubEvent.BackendEmitted(var _, var _, var data) -> data.length();
            case HubEvent.AlertOpened(var alert) -> alert.message().length();
            case HubEvent.AlertCleared(var alert) -> alert.message().length();
            case HubEvent.BusinessStatusChanged _, NodeEvent _ -> 0;
        };
    }

    private static long estimatedChars(Area area) {
        return switch (area) {
            case Area.Circle _ -> 0;
            case Area.Polygon(var corners) -> (long) corners.size() * CHARS_PER_CORNER;
        };
    }

    private static long estimatedChars(Order order) {
        var details = order.details();
        return (long) details.items().size() * CHARS_PER_ITEM
                + details.document().length()
                + details.pickup().text().length()
                + details.dropoff().text().length();
    }

    private LogEntry entryAt(long position) {
        var event = ring[slot(position)];
        if (event == null) {
            throw new AssertionError("no event at " + position);
        }
        return event;
    }

    private static int slot(long position) {
        return (int) (position % EVENTS_MAX);
    }
}
