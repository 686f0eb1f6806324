package waybill.storage.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.OptionalLong;
import waybill.storage.sql.Statements;
import waybill.storage.sql.WriteTransactions;

/// Transactions of one of several writers, which take turns: from its begin to its end a transaction has a lock for
/// itself. Two calls of a server-side function, however large the batch.
final class PostgresTransactions implements WriteTransactions {

    private static final long UNKNOWN = -1;

    private final PreparedStatement begin;
    private final PreparedStatement end;
    private boolean hasBegun;
    private long lastCommits = UNKNOWN;

    PostgresTransactions(Statements statements) throws SQLException {
        begin = statements.prepare("SELECT last_position, last_commits FROM journal_begin()");
        end = statements.prepare("SELECT journal_end(?)");
    }

    @Override
    public OptionalLong begin() throws SQLException {
        if (hasBegun) {
            return OptionalLong.empty();
        }
        try (var rows = begin.executeQuery()) {
            rows.next();
            hasBegun = true;
            var position = rows.getLong(1);
            var commits = rows.getLong(2);
            var isChanged = commits != lastCommits;
            lastCommits = commits;
            return isChanged ? OptionalLong.of(position) : OptionalLong.empty();
        }
    }

    /// When the commit then fails, the writer is closed.
    @Override
    public boolean end(long lastSequence) throws SQLException {
        hasBegun = false;
        end.setLong(1, lastSequence);
        try (var rows = end.executeQuery()) {
            rows.next();
            var commits = rows.getLong(1);
            if (rows.wasNull()) {
                return false;
            }
            lastCommits = commits;
            return true;
        }
    }

    @Override
    public void onRollback() {
        hasBegun = false;
    }

    @Override
    public boolean hasForbiddenWriter(long committedSequence) {
        return false;
    }
}
