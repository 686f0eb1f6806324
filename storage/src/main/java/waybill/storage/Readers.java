package waybill.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingDeque;
import waybill.order.Unavailable;

/// The reading connections. A read takes one, waits for one if all are in use, and never meets the writer.
final class Readers implements AutoCloseable {

    /// Connections that read, and so the reads that can run at the same time.
    private static final int READERS_MAX = 3;

    /// Statements that each connection keeps prepared. Of one more, the one prepared first is prepared again.
    private static final int KEPT_MAX = 16;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /// Something read on a connection.
    interface Read<T> {
        T from(Connection connection) throws SQLException;
    }

    /// Something read by a statement.
    interface Query<T> {
        T from(PreparedStatement query) throws SQLException;
    }

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

    Readers(Database database, StoreHealth health) {
        this.health = health;
        try {
            for (var i = 0; i < READERS_MAX; i++) {
                idle.add(new Reading(database.reader(), new LinkedHashMap<>()));
            }
        } catch (SQLException e) {
            throw database.cannotOpen(e);
        }
    }

    /// Waits for a connection if need be, so not for event loops. Throws [Unavailable] when the disk cannot be read.
    <T> T read(Read<T> read) {
        return with(reading -> read.from(reading.connection));
    }

    /// The same for one statement that is read with often, so that it is prepared once. `query` closes its rows.
    <T> T query(String sql, Query<T> query) {
        return with(reading -> reading.query(sql, query));
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
                idle.takeFirst().connection.close();
            }
        } catch (SQLException e) {
            throw new StorageException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
