package waybill.storage.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import waybill.journal.UnavailableException;
import waybill.storage.sql.CorruptDataException;
import waybill.storage.sql.ReadConnections;
import waybill.storage.sql.SqlDialect;
import waybill.storage.sql.StorageException;
import waybill.storage.sql.StoreHealth;

/// The reading connections. Each read is a transaction, so that its rows are fetched some at a time. Thread-safe.
public final class PostgresReadConnections implements ReadConnections, AutoCloseable {

    /// Connections that read, and so the reads that can run at the same time.
    private static final int CONNECTIONS_MAX = 4;

    /// How long a read waits for a connection.
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final HikariDataSource pool;
    private final StoreHealth health;

    public PostgresReadConnections(PostgresDatabase database, StoreHealth health) {
        this.health = health;
        var config = new HikariConfig();
        config.setPoolName("waybill-readers");
        config.setDataSource(database.readerSource());
        config.setAutoCommit(false);
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_MAX.toMillis());
        config.setInitializationFailTimeout(-1); // the database was opened a moment ago; what fails now may pass
        pool = new HikariDataSource(config);
    }

    @Override
    public <T> T read(ReadQuery<T> read) {
        try {
            return readAgain(read);
        } catch (SQLException e) {
            throw failure(e);
        } catch (CorruptDataException e) {
            health.onCorruption(String.valueOf(e.getMessage()));
            throw new UnavailableException("the data in the database is damaged", RETRY_AFTER);
        }
    }

    /// Reads on another connection when the first was lost while it was idle.
    private <T> T readAgain(ReadQuery<T> read) throws SQLException {
        try {
            return readOnce(read);
        } catch (SQLException e) {
            if (!PostgresFailures.isConnectionLost(e)) {
                throw e;
            }
            return readOnce(read);
        }
    }

    private <T> T readOnce(ReadQuery<T> read) throws SQLException {
        try (var connection = pool.getConnection()) {
            return read.run(sql -> connection.prepareStatement(dialect().translate(sql)));
        }
    }

    /// The driver keeps what is prepared often.
    @Override
    public <T> T query(String sql, Query<T> query) {
        return read(connection -> {
            try (var statement = connection.prepare(sql)) {
                return query.from(statement);
            }
        });
    }

    @Override
    public SqlDialect dialect() {
        return PostgresDialect.POSTGRES;
    }

    private RuntimeException failure(SQLException failure) {
        var failures = PostgresFailures.POSTGRES;
        if (failures.isCorruption(failure)) {
            health.onCorruption("the database is damaged: " + failures.describe(failure));
        }
        return failures.isTransient(failure)
                ? new UnavailableException("the database cannot be read: " + failures.describe(failure), RETRY_AFTER)
                : new StorageException(failure);
    }

    @Override
    public void close() {
        pool.close();
    }
}
