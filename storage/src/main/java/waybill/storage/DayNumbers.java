package waybill.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/// How many orders each day has had. Counted in memory, written once a commit. Belongs to the journal's thread.
final class DayNumbers {

    /// Days kept in memory, which is more than anybody places orders of at a time.
    private static final int REMEMBERED_MAX = 8;

    private final PreparedStatement find;
    private final PreparedStatement keep;
    private final Map<LocalDate, Long> counted = new HashMap<>();
    private final Map<LocalDate, Long> unwritten = new HashMap<>();

    DayNumbers(Statements statements) throws SQLException {
        find = statements.prepare("SELECT orders FROM day_count WHERE day = ?");
        keep = statements.prepare("""
                INSERT INTO day_count (day, orders) VALUES (?, ?)
                ON CONFLICT (day) DO UPDATE SET orders = excluded.orders
                """);
    }

    long nextOf(LocalDate day) throws SQLException {
        var known = counted.get(day);
        var next = (known == null ? read(day) : known) + 1;
        counted.put(day, next);
        unwritten.put(day, next);
        return next;
    }

    /// Writes what was counted since the last time.
    void write() throws SQLException {
        for (var day : unwritten.entrySet()) {
            keep.setLong(1, day.getKey().toEpochDay());
            keep.setLong(2, day.getValue());
            keep.executeUpdate();
        }
        unwritten.clear();
        if (counted.size() > REMEMBERED_MAX) {
            counted.clear();
        }
    }

    void forget() {
        counted.clear();
        unwritten.clear();
    }

    private long read(LocalDate day) throws SQLException {
        find.setLong(1, day.toEpochDay());
        try (var rows = find.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
