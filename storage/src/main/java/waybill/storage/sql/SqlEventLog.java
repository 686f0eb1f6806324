package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.journal.EventLog;
import waybill.journal.LogEntry;
import waybill.journal.LogFilter;
import waybill.messaging.EventScope;
import waybill.order.OrderId;
import waybill.order.OrderState;

/// The log, read from memory at its end and from disk behind that.
public final class SqlEventLog implements EventLog {

    private static final String MAILBOX_EVENTS = """
            SELECT position FROM (SELECT position FROM letter
            WHERE recipient = (SELECT id FROM recipient WHERE name = ?) AND position > ? AND position <= ?
            ORDER BY position LIMIT ?) AS letters
            """;

    private static final String STORE_EVENTS = """
            SELECT position FROM (SELECT position FROM event
            WHERE store = (SELECT id FROM store WHERE name = ?) AND position > ? AND position <= ?
            ORDER BY position LIMIT ?) AS events
            """;

    /// Characters of documents and details that are read at once for a relay that is far behind.
    private static final long CHARS_MAX = 8L << 20;

    /// Where in the log a time is, by the index of times: the log is never walked to find it.
    private static final String FROM_TIME = """
             AND e.position >= coalesce(
            (SELECT min(position) FROM event WHERE received_at >= ? AND received_at < ?),
            (SELECT position FROM event WHERE received_at >= ? ORDER BY received_at, position LIMIT 1),
            9223372036854775807)""";

    private static final String ACTIVE_STATES = Stream.of(OrderState.values())
            .filter(OrderState::isActive)
            .map(state -> String.valueOf(EnumCodes.encode(state)))
            .collect(Collectors.joining(", "));

    /// By how much the hub's clock may have been put back without an event being missed that is searched for by time.
    private static final Duration CLOCK_STEP_MAX = Duration.ofHours(1);

    private final ReadConnections connections;
    private final RecentEventCache recent;

    public SqlEventLog(ReadConnections readers, RecentEventCache recent) {
        this.connections = readers;
        this.recent = recent;
    }

    @Override
    public List<LogEntry> listAfter(long after, int max) {
        return recent.listAfter(after, max).orElseGet(() -> listBetween(after, Long.MAX_VALUE, max, CHARS_MAX));
    }

    @Override
    public Optional<LogEntry> find(long sequence) {
        return recent
                .entryAt(List.of(sequence))
                .orElseGet(() -> listBetween(sequence - 1, sequence, 1, Long.MAX_VALUE))
                .stream()
                .findFirst();
    }

    @Override
    public List<LogEntry> search(LogFilter filter) {
        var store = filter.storeOrNone();
        var isSince = filter.since().isAfter(Instant.EPOCH);
        var states = filter.newState().map(SqlEventLog::newStateCondition).orElse("");
        var sql = EventRow.SELECT
                + "WHERE e.position > ? AND e.received_at >= ?"
                + (isSince ? FROM_TIME : "")
                + (store == null ? "" : " AND e.store = (SELECT id FROM store WHERE name = ?)")
                + states
                + " ORDER BY e.position LIMIT "
                + filter.max();
        return connections.read(connection -> {
            try (var query = connection.prepare(sql)) {
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
    public List<LogEntry> eventsFor(EventScope reader, long after, long upTo, int max) {
        if (reader.includesAll()) {
            return recent.listAfter(after, max)
                    .map(entries -> entries.stream()
                            .filter(entry -> entry.sequence() <= upTo)
                            .toList())
                    .orElseGet(() -> listBetween(after, upTo, max, Long.MAX_VALUE));
        }
        var parts = new ArrayList<String>();
        var names = new ArrayList<String>();
        for (var recipient : reader.recipients()) {
            parts.add(MAILBOX_EVENTS);
            names.add(recipient.key());
        }
        reader.store().ifPresent(store -> {
            parts.add(STORE_EVENTS);
            names.add(store);
        });
        return parts.isEmpty() ? List.of() : listAddressed(parts, names, after, upTo, max);
    }

    /// Each part is cut to `max` before they are put together, so that however much there is, little of it is read.
    /// Which they are is on disk alone; what they say of most is in memory, and most clients have missed none.
    private List<LogEntry> listAddressed(List<String> parts, List<String> names, long after, long upTo, int max) {
        var union = String.join(" UNION ", parts);
        ReadConnections.Query<PreparedStatement> set = query -> {
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
        var positions = connections.query(
                union + " ORDER BY position LIMIT ?",
                query -> DirectoryRows.list(set.from(query), row -> row.getLong(1)));
        return recent.entryAt(positions)
                .orElseGet(() -> connections.query(
                        EventRow.SELECT + "WHERE e.position IN (" + union + ") ORDER BY e.position LIMIT ?",
                        query -> EventRow.entries(set.from(query))));
    }

    @Override
    public List<LogEntry> listActive(long after, long upTo, int max) {
        return connections.query(
                EventRow.SELECT + """
                        WHERE e.position IN (SELECT max(position) FROM event
                        WHERE position > ? AND position <= ? AND order_row IS NOT NULL GROUP BY order_row)
                        """ + "AND e.state_after IN (" + ACTIVE_STATES + ") ORDER BY e.position LIMIT ?",
                query -> {
                    query.setLong(1, after);
                    query.setLong(2, upTo);
                    query.setInt(3, max);
                    return EventRow.entries(query, CHARS_MAX);
                });
    }

    @Override
    public List<LogEntry> listHistory(OrderId order) {
        return connections.read(connection -> {
            try (var query = connection.prepare(EventRow.SELECT
                    + "WHERE e.order_row = (SELECT order_row FROM orders WHERE id = ?) ORDER BY e.position")) {
                query.setBytes(1, OrderRow.bytes(order));
                return EventRow.entries(query);
            }
        });
    }

    @Override
    public long lastSequence() {
        return recent.lastSequence();
    }

    @Override
    public long retainedAfter() {
        return findRelayCheckpoint(Retention.MESSAGES_PROGRESS).orElse(0);
    }

    @Override
    public long deletedUpTo() {
        return findRelayCheckpoint(Retention.ORDERS_PROGRESS).orElse(0);
    }

    @Override
    public OptionalLong findRelayCheckpoint(String relay) {
        return connections.query(
                "SELECT position FROM progress WHERE name = ?",
                query -> DirectoryRows.findByName(query, relay, row -> OptionalLong.of(row.getLong(1)))
                        .orElse(OptionalLong.empty()));
    }

    private List<LogEntry> listBetween(long after, long upTo, int max, long charsMax) {
        return connections.read(connection -> {
            try (var query = connection.prepare(
                    EventRow.SELECT + "WHERE e.position > ? AND e.position <= ? ORDER BY e.position LIMIT ?")) {
                query.setLong(1, after);
                query.setLong(2, upTo);
                query.setInt(3, max);
                return EventRow.entries(query, charsMax);
            }
        });
    }

    private static String newStateCondition(OrderState state) {
        return " AND e.kind IN (" + EventJson.PLACED + ", " + EventJson.STATE_CHANGED + ") AND e.state_after = "
                + EnumCodes.encode(state);
    }
}
