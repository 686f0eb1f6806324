package waybill.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The writing connection and what is prepared on it, once each. Belongs to the thread that writes.
final class Statements implements AutoCloseable {

    /// Something asked of the database, and how its failures are told.
    interface Question<T> {
        T ask() throws SQLException;
    }

    private final Connection connection;
    private final List<PreparedStatement> prepared = new ArrayList<>();

    Statements(Connection connection) {
        this.connection = connection;
    }

    static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            throw new StorageException(e);
        }
    }

    PreparedStatement prepare(String sql) throws SQLException {
        var statement = connection.prepareStatement(sql);
        prepared.add(statement);
        return statement;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
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
