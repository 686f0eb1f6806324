package waybill.storage.sqlite;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import waybill.storage.sql.ReadConnections;

/// A connection, opened by its first read, whose statements stay prepared between reads: to prepare one takes longer
/// than most reads. Belongs to the read that has taken it.
final class ReadConnectionSlot implements ReadConnections.ReadConnection, AutoCloseable {

    /// Statements that wait for their next read. Of one more, the one that has waited longest is closed.
    static final int KEPT_MAX = 64;

    private final Database database;
    private @Nullable Connection connectionOrNone;
    private final Map<String, PreparedStatement> waiting = new LinkedHashMap<>();

    ReadConnectionSlot(Database database) {
        this.database = database;
    }

    Connection open() throws SQLException {
        var known = connectionOrNone;
        if (known == null) {
            known = database.openReader();
            connectionOrNone = known;
        }
        return known;
    }

    /// A statement that only this caller has. Closing it closes its rows, and leaves it prepared unless it has failed.
    @Override
    public PreparedStatement prepare(String sql) throws SQLException {
        var kept = waiting.remove(sql);
        var statement = new Kept(sql, kept == null ? open().prepareStatement(sql) : kept);
        return (PreparedStatement) Proxy.newProxyInstance(
                ReadConnectionSlot.class.getClassLoader(), new Class<?>[] {PreparedStatement.class}, statement::invoke);
    }

    private void keep(String sql, PreparedStatement statement) throws SQLException {
        statement.clearParameters();
        var same = waiting.put(sql, statement);
        if (same != null) {
            same.close();
        }
        if (waiting.size() > KEPT_MAX) {
            var all = waiting.values().iterator();
            try (var _ = all.next()) {
                all.remove();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        if (connectionOrNone != null) {
            connectionOrNone.close();
        }
    }

    private final class Kept {

        private final String sql;
        private final PreparedStatement statement;
        private @Nullable ResultSet rowsOrNone;
        private boolean isFailed;
        private boolean isClosed;

        Kept(String sql, PreparedStatement statement) {
            this.sql = sql;
            this.statement = statement;
        }

        @Nullable
        Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("close")) {
                close();
                return null;
            }
            try {
                var result = method.invoke(statement, arguments);
                if (result instanceof ResultSet rows) {
                    rowsOrNone = rows;
                }
                return result;
            } catch (InvocationTargetException e) {
                isFailed = true;
                throw e.getCause();
            }
        }

        /// Rows left open would keep the connection at the state of the database that they are from.
        private void close() throws SQLException {
            if (isClosed) {
                return;
            }
            isClosed = true;
            if (rowsOrNone != null) {
                rowsOrNone.close();
            }
            if (isFailed) {
                statement.close();
            } else {
                keep(sql, statement);
            }
        }
    }
}
