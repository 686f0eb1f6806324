package waybill.storage.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import waybill.journal.AppendListener;
import waybill.storage.sql.SqlUnitOfWork;
import waybill.storage.sql.Statements;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sql.TrustedClock;
import waybill.storage.sql.WriteTransactions;

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
        this(statements, new SqliteTransactions(statements), limits, clock, appendListener);
    }

    private SqliteUnitOfWork(
            Statements statements,
            WriteTransactions transactions,
            StoreLimits limits,
            TrustedClock clock,
            AppendListener appendListener)
            throws SQLException {
        super(statements, transactions, limits, clock, appendListener);
    }

    /// The transaction of one of several writers of a file.
    ///
    /// @param isReachable whether this writer may begin a transaction now
    public static SqliteUnitOfWork ofShared(
            Connection connection,
            BooleanSupplier isReachable,
            StoreLimits limits,
            TrustedClock clock,
            AppendListener appendListener)
            throws SQLException {
        var statements = new Statements(connection, SqliteDialect.SQLITE);
        return new SqliteUnitOfWork(
                statements, new SharedTransactions(statements, isReachable), limits, clock, appendListener);
    }
}
