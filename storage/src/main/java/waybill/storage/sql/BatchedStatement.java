package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/// A statement that is run for many rows in one round. Its rows, as many as a batch of the journal changes, wait until
/// [#flush]. Belongs to the thread that writes.
final class BatchedStatement {

    /// Sets the parameters of a row.
    interface RowWriter {
        void set(PreparedStatement statement) throws SQLException;
    }

    private final PreparedStatement statement;
    private boolean isEmpty = true;

    BatchedStatement(Statements statements, String sql) throws SQLException {
        statement = statements.prepare(sql);
    }

    void add(RowWriter row) throws SQLException {
        row.set(statement);
        statement.addBatch();
        isEmpty = false;
    }

    void flush() throws SQLException {
        if (!isEmpty) {
            try {
                statement.executeBatch();
            } finally {
                clear();
            }
        }
    }

    void clear() throws SQLException {
        isEmpty = true;
        statement.clearBatch();
    }
}
