package waybill.storage.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.OptionalLong;
import waybill.storage.sql.Statements;
import waybill.storage.sql.WriteTransactions;

/// Transactions of the only writer of a file. SQLite begins them by itself.
final class SqliteTransactions implements WriteTransactions {

    private final PreparedStatement totalChanges;
    private final PreparedStatement newestPosition;
    private long changes;

    SqliteTransactions(Statements statements) throws SQLException {
        totalChanges = statements.prepare("SELECT total_changes()");
        newestPosition = statements.prepare("SELECT coalesce(max(position), 0) FROM event");
    }

    @Override
    public OptionalLong begin() {
        return OptionalLong.empty();
    }

    @Override
    public boolean end(long lastSequence) throws SQLException {
        var before = changes;
        changes = queryLong(totalChanges);
        return changes != before;
    }

    @Override
    public void onRollback() {}

    @Override
    public boolean hasForbiddenWriter(long committedSequence) throws SQLException {
        return queryLong(newestPosition) != committedSequence;
    }

    static long queryLong(PreparedStatement query) throws SQLException {
        try (var rows = query.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
