package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Connections that read what is committed. Thread-safe; a read waits for a connection if need be, so it is not for
/// event loops.
public interface ReadConnections {

    /// A connection that a read has for itself. The read closes its statements.
    interface ReadConnection {
        PreparedStatement prepare(String sql) throws SQLException;
    }

    /// Something read on a connection.
    interface ReadQuery<T> {
        T run(ReadConnection connection) throws SQLException;
    }

    /// Something read by a statement.
    interface Query<T> {
        T from(PreparedStatement query) throws SQLException;
    }

    /// Throws [waybill.journal.UnavailableException] when the database cannot be read.
    <T> T read(ReadQuery<T> read);

    /// The same for one statement that is read with often, so that it is prepared once. `query` closes its rows.
    <T> T query(String sql, Query<T> query);

    SqlDialect dialect();
}
