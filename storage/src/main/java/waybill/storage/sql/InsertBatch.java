package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of one table that wait to be inserted, many with one statement. Belongs to the thread that writes.
public final class InsertBatch {

    /// Rows that wait; when there are so many they are written at once.
    static final int ROWS_MAX = 1_024;

    /// Rows of one statement. What is left over is written with the next smaller one.
    private static final int[] STATEMENT_ROWS = {32, 8, 1};

    private final int columns;
    private final PreparedStatement[] statements = new PreparedStatement[STATEMENT_ROWS.length];
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    /// @param insert the statement up to its values, such as `INSERT INTO letter (recipient, position)`
    public InsertBatch(Statements statements, String insert, int columns) throws SQLException {
        this.columns = columns;
        var row = "(?" + ", ?".repeat(columns - 1) + ")";
        for (var i = 0; i < STATEMENT_ROWS.length; i++) {
            this.statements[i] =
                    statements.prepare(insert + " VALUES " + row + (", " + row).repeat(STATEMENT_ROWS[i] - 1));
        }
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
        var next = 0;
        for (var i = 0; i < STATEMENT_ROWS.length; i++) {
            for (; rows.size() - next >= STATEMENT_ROWS[i]; next += STATEMENT_ROWS[i]) {
                insert(statements[i], next, STATEMENT_ROWS[i]);
            }
        }
        rows.clear();
    }

    private void insert(PreparedStatement statement, int from, int count) throws SQLException {
        var parameter = 1;
        for (var row : rows.subList(from, from + count)) {
            for (var value : row) {
                statement.setObject(parameter++, value);
            }
        }
        statement.executeUpdate();
    }

    public void clear() {
        rows.clear();
    }
}
