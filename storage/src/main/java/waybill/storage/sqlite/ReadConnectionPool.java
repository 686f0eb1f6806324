package waybill.storage.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingDeque;
import waybill.journal.UnavailableException;
import waybill.storage.sql.CorruptDataException;
import waybill.storage.sql.ReadConnections;
import waybill.storage.sql.SqlDialect;
import waybill.storage.sql.StorageException;
import waybill.storage.sql.StoreHealth;

/// The reading connections. A read takes one, waits for one if all are in use, and never meets the writer.
public final class ReadConnectionPool implements ReadConnections, AutoCloseable {

    /// Connections that read, and so the reads that can run at the same time.
    private static final int CONNECTIONS_MAX = 3;

    /// Statements that each connection keeps prepared. Of one more, the one prepared first is prepared again.
    private static final int KEPT_MAX = 16;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final LinkedBlockingDeque<Reading> idle = new LinkedBlockingDeque<>();

    /// A connection, and what is prepared on it. Belongs to the read that has taken it.
    private record Reading(Connection connection, Map<String, PreparedStatement> kept) {

        <T> T query(String sql, Query<T> query) throws SQLException {
            var statement = kept.get(sql);
            if (statement == null) {
                statement = connection.prepareStatement(sql);
                keep(sql, statement);
            }
            try {
                return query.from(statement);
            } catch (SQLException e) {
                kept.remove(sql);
                statement.close();
                throw e;
            }
        }

        private void keep(String sql, PreparedStatement statement) throws SQLException {
            kept.put(sql, statement);
            if (kept.size() > KEPT_MAX) {
                var all = kept.values().iterator();
                try (var _ = all.next()) {
                    all.remove();
                }
            }
        }
    }

    private final StoreHealth health;

    public ReadConnectionPool(Database database, StoreHealth health) {
        this.health = health;
        try {
            for (var i = 0; i < CONNECTIONS_MAX; i++) {
                idle.add(new Reading(database.openReader(), new LinkedHashMap<>()));
            }
        } catch (SQLException e) {
            throw database.openFailure(e);
        }
    }

    /// Waits for a connection if need be, so not for event loops. Throws [UnavailableException] when the disk
    /// cannot be read.
    @Override
    public <T> T read(ReadQuery<T> read) {
        return with(reading -> read.run(reading.connection::prepareStatement));
    }

    /// The same for one statement that is read with often, so that it is prepared once. `query` closes its rows.
    @Override
    public <T> T query(String sql, Query<T> query) {
        return with(reading -> reading.query(sql, query));
    }

    @Override
    public SqlDialect dialect() {
        return SqliteDialect.SQLITE;
    }

    private interface Use<T> {
        T of(Reading reading) throws SQLException;
    }

    private <T> T with(Use<T> use) {
        try {
            var reading = idle.takeFirst(); // the one used last has the warmest cache
            try {
                return use.of(reading);
            } finally {
                idle.putFirst(reading);
            }
        } catch (SQLException e) {
            if (SqliteFailures.SQLITE.isCorruption(e)) {
                health.onCorruption("waybill.db is damaged: " + SqliteFailures.SQLITE.describe(e));
            }
            if (SqliteFailures.SQLITE.isTransient(e)) {
                throw new UnavailableException(
                        "the disk cannot be read: " + SqliteFailures.SQLITE.describe(e), RETRY_AFTER);
            }
            throw new StorageException(e);
        } catch (CorruptDataException e) {
            health.onCorruption(String.valueOf(e.getMessage()));
            throw new UnavailableException("the data on the disk is damaged", RETRY_AFTER);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting to read", RETRY_AFTER);
        }
    }

    /// Waits for the reads that are under way.
    @Override
    public void close() {
        try {
            for (var i = 0; i < CONNECTIONS_MAX; i++) {
                idle.takeFirst().connection.close();
            }
        } catch (SQLException e) {
            throw new StorageException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
