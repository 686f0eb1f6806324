package waybill.storage.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The writing connection and what is prepared on it, once each. Belongs to the thread that writes.
public final class Statements implements AutoCloseable {

    /// Something asked of the database, and how its failures are told.
    public interface SqlCall<T> {
        T call() throws SQLException;
    }

    private final Connection connection;
    private final SqlDialect dialect;
    private final List<PreparedStatement> prepared = new ArrayList<>();

    public Statements(Connection connection, SqlDialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    SqlDialect dialect() {
        return dialect;
    }

    public static <T> T translateErrors(SqlCall<T> question) {
        try {
            return question.call();
        } catch (SQLException e) {
            throw new StorageException(e);
        }
    }

    public PreparedStatement prepare(String sql) throws SQLException {
        var statement = connection.prepareStatement(dialect.translate(sql));
        prepared.add(statement);
        return statement;
    }

    public void commit() throws SQLException {
        connection.commit();
    }

    public void rollback() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        for (var statement : prepared) {
            statement.close();
        }
        connection.close();
    }
}
