package waybill.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import waybill.journal.AppendListener;
import waybill.storage.postgres.LogTail;
import waybill.storage.postgres.PostgresAddress;
import waybill.storage.postgres.PostgresDatabase;
import waybill.storage.postgres.PostgresFailures;
import waybill.storage.postgres.PostgresReadConnections;
import waybill.storage.postgres.PostgresUnitOfWork;
import waybill.storage.sql.GroupCommitJournal;
import waybill.storage.sql.RecentEventCache;
import waybill.storage.sql.StoreHealth;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sql.TrustedClock;
import waybill.storage.sqlite.DirectoryLock;
import waybill.storage.track.CopiedTrackLog;
import waybill.storage.track.PostgresTrackLog;
import waybill.storage.track.SqliteTrackLog;
import waybill.storage.track.TrackSettings;
import waybill.tracking.TrackLog;

/// Opens a store in a PostgreSQL database. Where drivers were is in it too, or in a file of its own.
public final class PostgresStore {

    private PostgresStore() {}

    /// Opens the store in a database that other nodes may have opened too.
    ///
    /// @param node the name of this node, which no other may have
    /// @param directory for what this node alone has, such as the positions of drivers in a file
    /// @param onCommitted called after every commit that added to the log; it must not block
    public static Store open(
            PostgresAddress address,
            String node,
            Path directory,
            StoreLimits limits,
            TrackSettings trackSettings,
            StoreEnvironment environment,
            Runnable onCommitted) {
        try {
            var lock = DirectoryLock.acquire(directory);
            try {
                return open(
                        PostgresDatabase.open(address),
                        node,
                        lock,
                        directory,
                        limits,
                        trackSettings,
                        environment,
                        onCommitted);
            } catch (RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("data directory " + directory + ": " + e.getMessage(), e);
        }
    }

    private static Store open(
            PostgresDatabase database,
            String node,
            DirectoryLock lock,
            Path directory,
            StoreLimits limits,
            TrackSettings trackSettings,
            StoreEnvironment environment,
            Runnable onCommitted) {
        var clock = new TrustedClock(environment.clock(), environment.nanoTime());
        var health = new StoreHealth(PostgresFailures.POSTGRES, database.toString());
        var appendListener = new AtomicReference<>(AppendListener.NONE);
        AppendListener current = (work, entry) -> appendListener.get().onAppend(work, entry);
        var recentEvents = new RecentEventCache(0);
        var tail = new LogTail(
                database, node, recentEvents, health, onCommitted, environment.threads(), environment.nanoTime());
        PostgresSource writers = () -> openWriter(database, tail, limits, clock, current);
        try {
            tail.start();
            var writer = writers.open();
            writer.findLastTrustedTime().ifPresent(clock::resumeFrom);
            recentEvents.advanceTo(writer.lastSequence());
            var journal = new GroupCommitJournal(
                    writers::open,
                    writer,
                    recentEvents,
                    onCommitted,
                    limits,
                    health,
                    lock::ensureHeld,
                    environment.threads());
            var connections = new PostgresReadConnections(database, health);
            journal.start();
            var opened = openTracks(trackSettings, database, connections, directory, clock, environment);
            var tracks = CopiedTrackLog.open(opened.log(), trackSettings, clock::now, environment.threads());
            return new Store(
                    new StoreParts(journal, connections, recentEvents, appendListener, health, clock::now),
                    tracks,
                    List.of(
                            journal::close,
                            tracks::close,
                            opened.closing(),
                            connections::close,
                            tail::close,
                            lock::close));
        } catch (SQLException e) {
            tail.close();
            throw database.openFailure(e);
        }
    }

    private record OpenedTracks(TrackLog log, Runnable closing) {}

    private static OpenedTracks openTracks(
            TrackSettings settings,
            PostgresDatabase database,
            PostgresReadConnections connections,
            Path directory,
            TrustedClock clock,
            StoreEnvironment environment) {
        return switch (settings.place()) {
            case FILE -> {
                var file = SqliteTrackLog.open(
                        directory, settings.limits(), clock::now, environment.threads(), environment.disk());
                yield new OpenedTracks(file, file::close);
            }
            case DATABASE -> {
                var shared = PostgresTrackLog.open(
                        database, connections, settings.limits(), clock::now, environment.threads());
                yield new OpenedTracks(shared, shared::close);
            }
        };
    }

    /// Opens a writer, at the start and after a failure.
    private interface PostgresSource {
        PostgresUnitOfWork open() throws SQLException;
    }

    private static PostgresUnitOfWork openWriter(
            PostgresDatabase database, LogTail tail, StoreLimits limits, TrustedClock clock, AppendListener listener)
            throws SQLException {
        var connection = database.openWriter();
        try {
            tail.onWriterOpened(connection);
            return new PostgresUnitOfWork(connection, limits, clock, listener);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
