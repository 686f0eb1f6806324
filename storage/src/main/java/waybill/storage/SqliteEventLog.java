package waybill.storage;

import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import waybill.mailbox.Reader;
import waybill.mailbox.Topic;
import waybill.order.EventLog;
import waybill.order.LogEntry;
import waybill.order.LogFilter;
import waybill.order.OrderId;
import waybill.order.OrderState;

/// The log, read from memory at its end and from disk behind that.
final class SqliteEventLog implements EventLog {

    private static final String LETTERS_OF = """
            SELECT position FROM (SELECT position FROM letter
            WHERE recipient = (SELECT id FROM recipient WHERE name = ?) AND position > ? AND position <= ?
            ORDER BY position LIMIT ?) AS letters
            """;

    private static final String EVENTS_OF_STORE = """
            SELECT position FROM (SELECT position FROM event
            WHERE store = (SELECT id FROM store WHERE name = ?) AND position > ? AND position <= ?
            ORDER BY position LIMIT ?) AS events
            """;

    /// Characters of payload that are read at once for a relay that is far behind.
    private static final long CHARS_MAX = 8L << 20;

    /// Where in the log a time is, by the index of times: the log is never walked to find it.
    private static final String FROM_TIME = """
             AND e.position >= coalesce(
            (SELECT min(position) FROM event WHERE received_at >= ? AND received_at < ?),
            (SELECT position FROM event WHERE received_at >= ? ORDER BY received_at, position LIMIT 1),
            9223372036854775807)""";

    /// By how much the hub's clock may have been put back without an event being missed that is searched for by time.
    private static final Duration CLOCK_STEP_MAX = Duration.ofHours(1);

    private final Readers readers;
    private final RecentEvents recent;

    SqliteEventLog(Readers readers, RecentEvents recent) {
        this.readers = readers;
        this.recent = recent;
    }

    @Override
    public List<LogEntry> after(long after, int max) {
        return recent.after(after, max).orElseGet(() -> between(after, Long.MAX_VALUE, max, CHARS_MAX));
    }

    @Override
    public List<LogEntry> search(LogFilter filter) {
        var store = filter.inStore();
        var isSince = filter.since().isAfter(Instant.EPOCH);
        var topics = filter.topic().map(SqliteEventLog::isOn).orElse("");
        var sql = EventRow.SELECT
                + "WHERE e.position > ? AND e.received_at >= ?"
                + (isSince ? FROM_TIME : "")
                + (store == null ? "" : " AND e.store = (SELECT id FROM store WHERE name = ?)")
                + topics
                + " ORDER BY e.position LIMIT "
                + filter.max();
        return readers.read(connection -> {
            try (var query = connection.prepareStatement(sql)) {
                query.setLong(1, filter.after());
                query.setLong(2, filter.since().toEpochMilli());
                var parameter = 3;
                if (isSince) {
                    query.setLong(parameter++, filter.since().toEpochMilli());
                    query.setLong(
                            parameter++, filter.since().plus(CLOCK_STEP_MAX).toEpochMilli());
                    query.setLong(parameter++, filter.since().toEpochMilli());
                }
                if (store != null) {
                    query.setString(parameter, store);
                }
                return EventRow.entries(query);
            }
        });
    }

    @Override
    public List<LogEntry> news(Reader reader, long after, long upTo, int max) {
        if (reader.readsAll()) {
            return recent.after(after, max)
                    .map(entries -> entries.stream()
                            .filter(entry -> entry.position() <= upTo)
                            .toList())
                    .orElseGet(() -> between(after, upTo, max, Long.MAX_VALUE));
        }
        var parts = new ArrayList<String>();
        var names = new ArrayList<String>();
        for (var recipient : reader.recipients()) {
            parts.add(LETTERS_OF);
            names.add(recipient.key());
        }
        reader.store().ifPresent(store -> {
            parts.add(EVENTS_OF_STORE);
            names.add(store);
        });
        return parts.isEmpty() ? List.of() : addressed(parts, names, after, upTo, max);
    }

    /// Each part is cut to `max` before they are put together, so that however much there is, little of it is read.
    /// Which they are is on disk alone; what they say of most is in memory, and most clients have missed none.
    private List<LogEntry> addressed(List<String> parts, List<String> names, long after, long upTo, int max) {
        var union = String.join(" UNION ", parts);
        Readers.Query<PreparedStatement> set = query -> {
            var parameter = 1;
            for (var name : names) {
                query.setString(parameter++, name);
                query.setLong(parameter++, after);
                query.setLong(parameter++, upTo);
                query.setInt(parameter++, max);
            }
            query.setInt(parameter, max);
            return query;
        };
        var positions = readers.query(
                union + " ORDER BY position LIMIT ?",
                query -> DirectoryRows.all(set.from(query), row -> row.getLong(1)));
        return recent.at(positions)
                .orElseGet(() -> readers.query(
                        EventRow.SELECT + "WHERE e.position IN (" + union + ") ORDER BY e.position LIMIT ?",
                        query -> EventRow.entries(set.from(query))));
    }

    @Override
    public List<LogEntry> history(OrderId order) {
        return readers.read(connection -> {
            try (var query = connection.prepareStatement(EventRow.SELECT
                    + "WHERE e.order_row = (SELECT order_row FROM orders WHERE id = ?) ORDER BY e.position")) {
                query.setBytes(1, OrderRow.bytes(order));
                return EventRow.entries(query);
            }
        });
    }

    @Override
    public long head() {
        return recent.head();
    }

    @Override
    public long horizon() {
        return mark(Retention.LETTERS);
    }

    @Override
    public long mark(String relay) {
        return readers.query(
                "SELECT position FROM progress WHERE name = ?",
                query ->
                        DirectoryRows.named(query, relay, row -> row.getLong(1)).orElse(0L));
    }

    private List<LogEntry> between(long after, long upTo, int max, long charsMax) {
        return readers.read(connection -> {
            try (var query = connection.prepareStatement(
                    EventRow.SELECT + "WHERE e.position > ? AND e.position <= ? ORDER BY e.position LIMIT ?")) {
                query.setLong(1, after);
                query.setLong(2, upTo);
                query.setInt(3, max);
                return EventRow.entries(query, charsMax);
            }
        });
    }

    /// The state that an event must have led to, to be told under that topic.
    private static String isOn(Topic topic) {
        var state = switch (topic) {
            case PICKUP -> OrderState.READY_FOR_PICKUP;
            case IN_TRANSIT -> OrderState.IN_TRANSIT;
            case DELIVERED -> OrderState.DELIVERED;
        };
        return " AND e.kind IN (" + EventBody.PLACED + ", " + EventBody.MOVED + ") AND e.state_after = "
                + Codes.of(state);
    }
}
