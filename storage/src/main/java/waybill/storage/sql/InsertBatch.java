package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of one table that wait to be inserted, all with one batch of a statement for one row. Belongs to the thread
/// that writes.
///
/// A statement for many rows costs more: SQLite then saves every page that it changes to a temporary file, so that it
/// can undo the rows before a refused one.
public final class InsertBatch {

    /// Rows that wait; when there are so many they are written at once.
    static final int ROWS_MAX = 1_024;

    private final int columns;
    private final PreparedStatement insert;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    /// @param insert the statement up to its values, such as `INSERT INTO letter (recipient, position)`
    public InsertBatch(Statements statements, String insert, int columns) throws SQLException {
        this.columns = columns;
        this.insert = statements.prepare(insert + " VALUES (?" + ", ?".repeat(columns - 1) + ")");
    }

    public void add(@Nullable Object... row) throws SQLException {
        if (row.length != columns) {
            throw new IllegalArgumentException("values: " + row.length + " (expected: " + columns + ")");
        }
        rows.add(row);
        if (rows.size() >= ROWS_MAX) {
            flush();
        }
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public void flush() throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try {
            for (var row : rows) {
                for (var i = 0; i < columns; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        } finally {
            insert.clearBatch();
        }
        rows.clear();
    }

    public void clear() {
        rows.clear();
    }
}
