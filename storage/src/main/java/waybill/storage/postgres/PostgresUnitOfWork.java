package waybill.storage.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import waybill.journal.AppendListener;
import waybill.storage.sql.SqlUnitOfWork;
import waybill.storage.sql.Statements;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sql.TrustedClock;

/// The transaction on a connection that writes to a database. Belongs to the journal's thread.
public final class PostgresUnitOfWork extends SqlUnitOfWork {

    /// @param appendListener called for each event that is appended
    public PostgresUnitOfWork(
            Connection connection, StoreLimits limits, TrustedClock clock, AppendListener appendListener)
            throws SQLException {
        this(new Statements(connection, PostgresDialect.POSTGRES), limits, clock, appendListener);
    }

    private PostgresUnitOfWork(
            Statements statements, StoreLimits limits, TrustedClock clock, AppendListener appendListener)
            throws SQLException {
        super(statements, new PostgresTransactions(statements), limits, clock, appendListener);
    }
}
