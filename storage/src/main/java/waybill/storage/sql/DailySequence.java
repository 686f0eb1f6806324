package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/// Counts the orders of each day. Belongs to the journal's thread.
///
/// The count is read in the transaction that draws a number and saved with it, never carried from one transaction
/// to the next, so that another writer may draw numbers as well.
public final class DailySequence {

    private final PreparedStatement find;
    private final PreparedStatement saveCount;
    private final Map<LocalDate, Long> counted = new HashMap<>(); // in this transaction

    public DailySequence(Statements statements) throws SQLException {
        find = statements.prepare("SELECT orders FROM day_count WHERE day = ?");
        saveCount = statements.prepare("""
                INSERT INTO day_count (day, orders) VALUES (?, ?)
                ON CONFLICT (day) DO UPDATE SET orders = excluded.orders
                """);
    }

    public long next(LocalDate day) throws SQLException {
        var before = counted.get(day);
        var next = (before == null ? load(day) : before) + 1;
        counted.put(day, next);
        return next;
    }

    /// Saves the counts of this transaction, which ends with it.
    public void flush() throws SQLException {
        for (var day : counted.entrySet()) {
            saveCount.setLong(1, day.getKey().toEpochDay());
            saveCount.setLong(2, day.getValue());
            saveCount.executeUpdate();
        }
        counted.clear();
    }

    public void clear() {
        counted.clear();
    }

    private long load(LocalDate day) throws SQLException {
        find.setLong(1, day.toEpochDay());
        try (var rows = find.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
