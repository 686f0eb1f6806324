package waybill.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import waybill.mailbox.Topic;
import waybill.order.EventLog;
import waybill.order.LogEntry;
import waybill.order.LogFilter;

/// The log, read from memory at its end and from disk behind that.
final class SqliteEventLog implements EventLog {

    private final Readers readers;
    private final RecentEvents recent;

    SqliteEventLog(Readers readers, RecentEvents recent) {
        this.readers = readers;
        this.recent = recent;
    }

    @Override
    public List<LogEntry> after(long after, int max) {
        return recent.after(after, max)
                .orElseGet(() -> readers.read(connection -> {
                    try (var query = connection.prepareStatement(
                            EventRow.COLUMNS + "WHERE e.position > ? ORDER BY e.position LIMIT ?")) {
                        query.setLong(1, after);
                        query.setInt(2, max);
                        return entries(query);
                    }
                }));
    }

    @Override
    public List<LogEntry> search(LogFilter filter) {
        var store = filter.inStore();
        var kinds = filter.topic().map(SqliteEventLog::kinds).orElse("");
        var sql = EventRow.COLUMNS
                + "WHERE e.position > ? AND e.received_at >= ?"
                + (store == null ? "" : " AND e.store = (SELECT id FROM store WHERE name = ?)")
                + kinds
                + " ORDER BY e.position LIMIT "
                + filter.max();
        return readers.read(connection -> {
            try (var query = connection.prepareStatement(sql)) {
                query.setLong(1, filter.after());
                query.setLong(2, filter.since().toEpochMilli());
                if (store != null) {
                    query.setString(3, store);
                }
                return entries(query);
            }
        });
    }

    @Override
    public long head() {
        return recent.head();
    }

    @Override
    public long mark(String relay) {
        return readers.read(connection -> {
            try (var query = connection.prepareStatement("SELECT position FROM relay WHERE name = ?")) {
                query.setString(1, relay);
                try (var rows = query.executeQuery()) {
                    return rows.next() ? rows.getLong(1) : 0;
                }
            }
        });
    }

    private static String kinds(Topic topic) {
        return switch (topic) {
            case PICKUP -> " AND e.kind = 0";
            case IN_TRANSIT -> " AND e.kind IN (1, 2)"; // a parcel handed over is in transit too
            case DELIVERED -> " AND e.kind = 3";
        };
    }

    private static List<LogEntry> entries(PreparedStatement query) throws SQLException {
        var entries = new ArrayList<LogEntry>();
        try (var rows = query.executeQuery()) {
            while (rows.next()) {
                entries.add(EventRow.entry(rows));
            }
        }
        return entries;
    }
}
