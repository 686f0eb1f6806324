package waybill.storage;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import waybill.journal.AppendListener;
import waybill.storage.sql.GroupCommitJournal;
import waybill.storage.sql.RecentEventCache;
import waybill.storage.sql.StoreHealth;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sql.TrustedClock;
import waybill.storage.sqlite.Database;
import waybill.storage.sqlite.DatabaseFileMonitor;
import waybill.storage.sqlite.ReadConnectionPool;
import waybill.storage.sqlite.SqliteFailures;
import waybill.storage.sqlite.SqliteUnitOfWork;
import waybill.storage.track.CopiedTrackLog;
import waybill.storage.track.SqliteTrackLog;
import waybill.storage.track.TrackSettings;

/// Opens a store in files of SQLite.
final class SqliteStore {

    private SqliteStore() {}

    static Store open(
            Path directory,
            StoreLimits limits,
            TrackSettings trackSettings,
            StoreEnvironment environment,
            Runnable onCommitted) {
        var nanoTime = environment.nanoTime();
        var database = Database.open(directory, environment.disk());
        try {
            var clock = new TrustedClock(environment.clock(), nanoTime);
            var health = new StoreHealth(SqliteFailures.SQLITE);
            var appendListener = new AtomicReference<>(AppendListener.NONE);
            AppendListener current = (work, entry) -> appendListener.get().onAppend(work, entry);
            var writer = new SqliteUnitOfWork(database.openWriter(), limits, clock, current);
            writer.findLastTrustedTime().ifPresent(clock::resumeFrom);
            var recentEvents = new RecentEventCache(writer.lastSequence());
            var fileMonitor = new DatabaseFileMonitor(database, health, limits.probeInterval(), nanoTime);
            var journal = new GroupCommitJournal(
                    () -> new SqliteUnitOfWork(database.openWriter(), limits, clock, current),
                    writer,
                    recentEvents,
                    onCommitted,
                    limits,
                    health,
                    fileMonitor::runDue,
                    environment.threads());
            var connections = new ReadConnectionPool(database, health);
            journal.start();
            var file = SqliteTrackLog.open(
                    directory, trackSettings.limits(), clock::now, environment.threads(), environment.disk());
            var tracks = CopiedTrackLog.open(file, trackSettings, clock::now, environment.threads());
            return new Store(
                    new StoreParts(journal, connections, recentEvents, appendListener, health, clock::now),
                    tracks,
                    List.of(journal::close, tracks::close, file::close, connections::close, database::close));
        } catch (SQLException e) {
            database.close();
            throw database.openFailure(e);
        }
    }
}
