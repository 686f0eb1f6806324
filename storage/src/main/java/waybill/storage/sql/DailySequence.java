package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/// How many orders each day has had. Counted in memory, written once a commit. Belongs to the journal's thread.
public final class DailySequence {

    /// Days kept in memory, which is more than orders are placed of at a time.
    private static final int CACHED_DAYS_MAX = 8;

    private final PreparedStatement find;
    private final PreparedStatement saveCount;
    private final Map<LocalDate, Long> counted = new HashMap<>();
    private final Map<LocalDate, Long> unwritten = new HashMap<>();

    public DailySequence(Statements statements) throws SQLException {
        find = statements.prepare("SELECT orders FROM day_count WHERE day = ?");
        saveCount = statements.prepare("""
                INSERT INTO day_count (day, orders) VALUES (?, ?)
                ON CONFLICT (day) DO UPDATE SET orders = excluded.orders
                """);
    }

    public long next(LocalDate day) throws SQLException {
        var known = counted.get(day);
        var next = (known == null ? load(day) : known) + 1;
        counted.put(day, next);
        unwritten.put(day, next);
        return next;
    }

    /// Writes what was counted since the last time.
    public void flush() throws SQLException {
        for (var day : unwritten.entrySet()) {
            saveCount.setLong(1, day.getKey().toEpochDay());
            saveCount.setLong(2, day.getValue());
            saveCount.executeUpdate();
        }
        unwritten.clear();
        if (counted.size() > CACHED_DAYS_MAX) {
            counted.clear();
        }
    }

    public void clearCache() {
        counted.clear();
        unwritten.clear();
    }

    private long load(LocalDate day) throws SQLException {
        find.setLong(1, day.toEpochDay());
        try (var rows = find.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
