package waybill.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import waybill.order.LogEntry;

/// The newest committed events, in memory, so that whoever follows the log closely need not read what was just written.
///
/// It is always an unbroken end of the log: events come in as they are committed and the oldest go first, so a reader
/// whose place is inside it misses nothing. A monitor: safe from any thread.
final class RecentEvents {

    /// Events kept; the oldest makes room, and is read from disk by whoever still wants it.
    private static final int EVENTS_MAX = 8_192;

    /// Characters of payload kept, for the same answer.
    private static final long CHARS_MAX = 8L << 20;

    private final Deque<LogEntry> events = new ArrayDeque<>();
    private long chars;
    private long head;

    RecentEvents(long head) {
        this.head = head;
    }

    synchronized void add(List<LogEntry> committed) {
        for (var event : committed) {
            events.addLast(event);
            chars += event.event().payload().length();
            head = event.position();
        }
        while (events.size() > EVENTS_MAX || chars > CHARS_MAX) {
            chars -= events.removeFirst().event().payload().length();
        }
    }

    synchronized long head() {
        return head;
    }

    /// At most `max` events after that position, or nothing when some of them are on disk only.
    synchronized Optional<List<LogEntry>> after(long position, int max) {
        if (position >= head) {
            return Optional.of(List.of());
        }
        var first = events.peekFirst();
        if (first == null || position < first.position() - 1) {
            return Optional.empty();
        }
        var news = new ArrayList<LogEntry>();
        var skipped = position - first.position() + 1;
        for (var event : events) {
            if (skipped-- > 0) {
                continue;
            }
            if (news.size() == max) {
                break;
            }
            news.add(event);
        }
        return Optional.of(news);
    }
}
