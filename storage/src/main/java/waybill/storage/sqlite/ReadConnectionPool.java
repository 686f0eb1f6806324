package waybill.storage.sqlite;

import java.sql.SQLException;
import java.time.Duration;
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

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final StoreHealth health;
    private final LinkedBlockingDeque<ReadConnectionSlot> idle = new LinkedBlockingDeque<>();

    public ReadConnectionPool(Database database, StoreHealth health) {
        this.health = health;
        try {
            for (var i = 0; i < CONNECTIONS_MAX; i++) {
                idle.add(new ReadConnectionSlot(database));
            }
            idle.getFirst().open(); // a database that cannot be read stops the start
        } catch (SQLException e) {
            throw database.openFailure(e);
        }
    }

    /// Waits for a connection if need be, so not for event loops. Throws [UnavailableException] when the disk
    /// cannot be read.
    @Override
    public <T> T read(ReadQuery<T> read) {
        try {
            var connection = idle.takeFirst(); // the one used last has the warmest cache
            try {
                return read.run(connection);
            } finally {
                idle.putFirst(connection);
            }
        } catch (SQLException e) {
            throw failure(e);
        } catch (CorruptDataException e) {
            health.onCorruption(String.valueOf(e.getMessage()));
            throw new UnavailableException("the data on the disk is damaged", RETRY_AFTER);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting to read", RETRY_AFTER);
        }
    }

    private RuntimeException failure(SQLException failure) {
        if (SqliteFailures.SQLITE.isCorruption(failure)) {
            health.onCorruption("waybill.db is damaged: " + SqliteFailures.SQLITE.describe(failure));
        }
        return SqliteFailures.SQLITE.isTransient(failure)
                ? new UnavailableException(
                        "the disk cannot be read: " + SqliteFailures.SQLITE.describe(failure), RETRY_AFTER)
                : new StorageException(failure);
    }

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
        return SqliteDialect.SQLITE;
    }

    /// Waits for the reads that are under way.
    @Override
    public void close() {
        try {
            for (var i = 0; i < CONNECTIONS_MAX; i++) {
                idle.takeFirst().close();
            }
        } catch (SQLException e) {
            throw new StorageException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
