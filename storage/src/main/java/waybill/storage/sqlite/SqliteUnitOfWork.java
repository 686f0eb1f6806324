package waybill.storage.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import waybill.journal.AppendListener;
import waybill.storage.sql.SqlUnitOfWork;
import waybill.storage.sql.Statements;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sql.TrustedClock;

/// The transaction on the only connection that writes to a file. Belongs to the journal's thread.
public final class SqliteUnitOfWork extends SqlUnitOfWork {

    public SqliteUnitOfWork(Connection connection, StoreLimits limits, TrustedClock clock) throws SQLException {
        this(connection, limits, clock, AppendListener.NONE);
    }

    /// @param appendListener called for each event that is appended
    public SqliteUnitOfWork(
            Connection connection, StoreLimits limits, TrustedClock clock, AppendListener appendListener)
            throws SQLException {
        this(new Statements(connection, SqliteDialect.SQLITE), limits, clock, appendListener);
    }

    private SqliteUnitOfWork(
            Statements statements, StoreLimits limits, TrustedClock clock, AppendListener appendListener)
            throws SQLException {
        super(statements, new SqliteTransactions(statements), limits, clock, appendListener);
    }
}
