package waybill.storage.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import waybill.storage.sql.Statements;
import waybill.storage.sql.WriteTransactions;

/// Transactions of one of several writers of a file in a simulation, where no transaction of another begins before one
/// has ended. What the other writers have committed is noticed as on a database server.
final class SharedTransactions implements WriteTransactions {

    private final SqliteTransactions own;
    private final BooleanSupplier isReachable;
    private final PreparedStatement dataVersion;
    private final PreparedStatement newestSequence;
    private long lastDataVersion = -1;

    SharedTransactions(Statements statements, BooleanSupplier isReachable) throws SQLException {
        own = new SqliteTransactions(statements);
        this.isReachable = isReachable;
        dataVersion = statements.prepare("PRAGMA data_version"); // changes with the commits of other connections
        newestSequence = statements.prepare("SELECT coalesce(max(position), 0) FROM event");
    }

    @Override
    public OptionalLong begin() throws SQLException {
        if (!isReachable.getAsBoolean()) {
            throw new SQLiteException("the database cannot be reached", SQLiteErrorCode.SQLITE_IOERR);
        }
        var before = lastDataVersion;
        lastDataVersion = SqliteTransactions.queryLong(dataVersion);
        return lastDataVersion == before
                ? OptionalLong.empty()
                : OptionalLong.of(SqliteTransactions.queryLong(newestSequence));
    }

    @Override
    public boolean end(long lastSequence) throws SQLException {
        return own.end(lastSequence);
    }

    @Override
    public void onRollback() {
        own.onRollback();
    }

    @Override
    public boolean hasForbiddenWriter(long committedSequence) {
        return false;
    }
}
