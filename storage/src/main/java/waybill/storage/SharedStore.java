package waybill.storage;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import waybill.concurrent.LoopThread;
import waybill.journal.AppendListener;
import waybill.journal.EventLog;
import waybill.journal.UnavailableException;
import waybill.storage.sql.GroupCommitJournal;
import waybill.storage.sql.LogFollower;
import waybill.storage.sql.ReadConnections;
import waybill.storage.sql.RecentEventCache;
import waybill.storage.sql.SqlDialect;
import waybill.storage.sql.SqlEventLog;
import waybill.storage.sql.StoreHealth;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sql.TrustedClock;
import waybill.storage.sqlite.Database;
import waybill.storage.sqlite.ReadConnectionPool;
import waybill.storage.sqlite.SqliteFailures;
import waybill.storage.sqlite.SqliteUnitOfWork;
import waybill.storage.track.SqliteTrackLog;
import waybill.storage.track.TrackLimits;

/// Opens the store of one of several nodes of a simulation, in one file of SQLite that takes the place of a database
/// server. The nodes run in one thread, so that their transactions follow one another as those of
/// `waybill.storage.postgres` do under the lock of the server. Each node has a journal and caches of its own, and finds
/// what the others have committed in the same way.
public final class SharedStore {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final String LAST_SEQUENCE = "SELECT coalesce(max(position), 0) FROM event";

    private SharedStore() {}

    /// A node's connections to the database.
    ///
    /// @param isReachable whether what is sent to the database arrives
    /// @param listen takes what is called when another node has committed
    public record Link(BooleanSupplier isReachable, Consumer<Runnable> listen) {}

    /// Makes the database before the first node opens it.
    public static void create(Path database, StoreEnvironment environment) {
        Database.open(database, environment.disk()).close();
    }

    /// What is committed, whichever nodes run.
    ///
    /// @param refresh called before the log is read
    /// @param close closes the connections
    public record Observer(EventLog log, Runnable refresh, Runnable close) {}

    /// Reads what the database has.
    public static Observer observe(Path database, StoreEnvironment environment) {
        var connections = new ReadConnectionPool(
                Database.openShared(database, environment.disk()), new StoreHealth(SqliteFailures.SQLITE));
        var recentEvents = new RecentEventCache(0);
        return new Observer(
                new SqlEventLog(connections, recentEvents),
                () -> recentEvents.advanceTo(lastSequence(connections)),
                connections::close);
    }

    /// Opens the store of a node, or throws when the database cannot be reached.
    ///
    /// @param directory for the positions of drivers
    /// @param onCommitted called after every commit that added to the log; it must not block
    public static Store open(
            Path directory,
            Path shared,
            Link link,
            StoreLimits limits,
            TrackLimits trackLimits,
            StoreEnvironment environment,
            Runnable onCommitted) {
        var database = Database.openShared(shared, environment.disk());
        var clock = new TrustedClock(environment.clock(), environment.nanoTime());
        var health = new StoreHealth(SqliteFailures.SQLITE);
        var appendListener = new AtomicReference<>(AppendListener.NONE);
        AppendListener current = (work, entry) -> appendListener.get().onAppend(work, entry);
        Source writers = () -> {
            requireReachable(link);
            return SqliteUnitOfWork.ofShared(database.openWriter(), link.isReachable(), limits, clock, current);
        };
        try {
            var writer = writers.open();
            writer.findLastTrustedTime().ifPresent(clock::resumeFrom);
            var recentEvents = new RecentEventCache(writer.lastSequence());
            var journal = new GroupCommitJournal(
                    writers::open, writer, recentEvents, onCommitted, limits, health, () -> {}, environment.threads());
            var connections = new ReachableReads(new ReadConnectionPool(database, health), link.isReachable());
            journal.start();
            new Tail(connections, link, new LogFollower(recentEvents, onCommitted), environment).start();
            var tracks =
                    SqliteTrackLog.open(directory, trackLimits, clock::now, environment.threads(), environment.disk());
            return new Store(
                    new StoreParts(journal, connections, recentEvents, appendListener, health, clock::now),
                    tracks,
                    List.of(journal::close, tracks::close, connections::close, database::close));
        } catch (SQLException e) {
            throw database.openFailure(e);
        }
    }

    /// Opens a writer, at the start and after a failure.
    private interface Source {
        SqliteUnitOfWork open() throws SQLException;
    }

    private static void requireReachable(Link link) throws SQLException {
        if (!link.isReachable().getAsBoolean()) {
            throw new SQLException("the database cannot be reached");
        }
    }

    private static long lastSequence(ReadConnections connections) {
        return connections.query(LAST_SEQUENCE, SharedStore::firstLong);
    }

    private static long firstLong(PreparedStatement query) throws SQLException {
        try (var rows = query.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /// Looks for the end of the log when another node has committed, and from time to time.
    private static final class Tail {

        private final ReadConnections connections;
        private final LogFollower follower;
        private final LoopThread thread;
        private boolean isForeign;

        Tail(ReadConnections connections, Link link, LogFollower follower, StoreEnvironment environment) {
            this.connections = connections;
            this.follower = follower;
            thread = environment.threads().loop("waybill-log-tail", POLL_INTERVAL, _ -> look());
            link.listen().accept(this::onNotification);
        }

        void start() {
            thread.start();
        }

        private void onNotification() {
            isForeign = true;
            thread.wake();
        }

        private boolean look() {
            var wasNotified = isForeign;
            isForeign = false;
            try {
                follower.follow(lastSequence(connections), wasNotified);
            } catch (UnavailableException _) {
                // it is looked for again
            }
            return true;
        }
    }

    /// Reads that fail while the database cannot be reached.
    private record ReachableReads(ReadConnectionPool reads, BooleanSupplier isReachable) implements ReadConnections {

        @Override
        public <T> T read(ReadQuery<T> read) {
            requireReachable();
            return reads.read(read);
        }

        @Override
        public <T> T query(String sql, Query<T> query) {
            requireReachable();
            return reads.query(sql, query);
        }

        private void requireReachable() {
            if (!isReachable.getAsBoolean()) {
                throw new UnavailableException("the database cannot be reached", RETRY_AFTER);
            }
        }

        @Override
        public SqlDialect dialect() {
            return reads.dialect();
        }

        void close() {
            reads.close();
        }
    }
}
