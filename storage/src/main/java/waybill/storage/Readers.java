package waybill.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingDeque;
import waybill.order.Unavailable;

/// The reading connections. A read takes one, waits for one if all are in use, and never meets the writer.
final class Readers implements AutoCloseable {

    /// Connections that read, and so the reads that can run at the same time.
    private static final int READERS_MAX = 3;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /// Something read on a connection.
    interface Read<T> {
        T from(Connection connection) throws SQLException;
    }

    private final LinkedBlockingDeque<Connection> idle = new LinkedBlockingDeque<>();

    private final StoreHealth health;

    Readers(Database database, StoreHealth health) {
        this.health = health;
        try {
            for (var i = 0; i < READERS_MAX; i++) {
                idle.add(database.reader());
            }
        } catch (SQLException e) {
            throw database.cannotOpen(e);
        }
    }

    /// Waits for a connection if need be, so not for event loops. Throws [Unavailable] when the disk cannot be read.
    <T> T read(Read<T> read) {
        try {
            var connection = idle.takeFirst(); // the one used last has the warmest cache
            try {
                return read.from(connection);
            } finally {
                idle.putFirst(connection);
            }
        } catch (SQLException e) {
            if (StorageException.isDamage(e)) {
                health.damaged("waybill.db is damaged: " + StorageException.words(e));
            }
            var failure = new StorageException(e);
            if (failure.isTheWorlds()) {
                throw new Unavailable("the disk cannot be read: " + StorageException.words(e), RETRY_AFTER);
            }
            throw failure;
        } catch (DamagedException e) {
            health.damaged(String.valueOf(e.getMessage()));
            throw new Unavailable("the data on the disk is damaged", RETRY_AFTER);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting to read", RETRY_AFTER);
        }
    }

    /// Waits for the reads that are under way.
    @Override
    public void close() {
        try {
            for (var i = 0; i < READERS_MAX; i++) {
                idle.takeFirst().close();
            }
        } catch (SQLException e) {
            throw new StorageException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
