package waybill.storage.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.concurrent.LoopThread;
import waybill.concurrent.Threads;
import waybill.storage.sql.LogFollower;
import waybill.storage.sql.RecentEventCache;
import waybill.storage.sql.StoreHealth;

/// Finds the end of the log, which writers in other processes move. A notification is only a reason to look; without
/// any, it looks every [#POLL_INTERVAL], so that one that is lost costs a moment and no event. It has a thread and a
/// connection of its own.
///
/// The connection also has the lock of the node's name: two nodes with one name would continue each other's work.
public final class LogTail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

    static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    private static final Duration RECONNECT_INTERVAL = Duration.ofSeconds(1);

    private static final String LOCK = "SELECT pg_try_advisory_lock(2003792483, hashtext(?))";

    /// The server may still know the connection of a node that was killed a moment ago.
    private static final Duration LOCK_WAIT_MAX = Duration.ofSeconds(5);

    private static final Duration LOCK_RETRY_INTERVAL = Duration.ofMillis(100);

    private final PostgresDatabase database;
    private final String node;
    private final RecentEventCache recentEvents;
    private final StoreHealth health;
    private final LogFollower follower;
    private final LongSupplier nanoTime;
    private final LoopThread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    /// The server's process for the writer of this hub, whose notifications say nothing new.
    private final AtomicInteger ownWriter = new AtomicInteger();

    private volatile @Nullable Connection connectionOrNone;
    private boolean isLossLogged;
    private long foundSequence; // of an event that is in the database for certain
    private long dueNanos;

    /// @param node the name of this node
    /// @param onCommitted called when another process has added to the log
    public LogTail(
            PostgresDatabase database,
            String node,
            RecentEventCache recentEvents,
            StoreHealth health,
            Runnable onCommitted,
            Threads threads,
            LongSupplier nanoTime) {
        this.database = database;
        this.node = node;
        this.recentEvents = recentEvents;
        this.health = health;
        follower = new LogFollower(recentEvents, onCommitted);
        this.nanoTime = nanoTime;
        dueNanos = nanoTime.getAsLong();
        thread = threads.loop("waybill-log-tail", POLL_INTERVAL, this::runRound);
    }

    /// Throws when another node with that name has opened the database.
    public void start() throws SQLException {
        connect(LOCK_WAIT_MAX);
        thread.start();
    }

    /// A connection was opened on which this hub writes.
    public void onWriterOpened(Connection writer) throws SQLException {
        ownWriter.set(writer.unwrap(PGConnection.class).getBackendPID());
        var known = recentEvents.lastSequence();
        requireReached(known, lastSequence(writer));
        writer.rollback();
    }

    /// @param known the sequence of an event that was found or committed before `lastSequence` was read
    private void requireReached(long known, long lastSequence) throws SQLException {
        if (lastSequence < known) {
            health.onLogShortened(lastSequence, known);
            throw new SQLException("the log has become shorter");
        }
    }

    private Connection connect(Duration lockWaitMax) throws SQLException {
        var connection = database.openListener();
        try (var statement = connection.createStatement()) {
            awaitLock(connection, lockWaitMax);
            statement.execute("LISTEN waybill_journal");
        } catch (SQLException | IllegalStateException e) {
            connection.close();
            throw e;
        }
        connectionOrNone = connection;
        return connection;
    }

    private void awaitLock(Connection connection, Duration waitMax) throws SQLException {
        var deadlineNanos = nanoTime.getAsLong() + waitMax.toNanos();
        while (!tryLock(connection)) {
            if (nanoTime.getAsLong() - deadlineNanos >= 0) {
                throw new IllegalStateException(database + ": another hub with the name " + node
                        + " runs on it (expected: a name of its own in the file node-id of each data directory)");
            }
            pause(LOCK_RETRY_INTERVAL);
        }
    }

    private boolean tryLock(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement(LOCK)) {
            query.setString(1, node);
            try (var rows = query.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private void pause(Duration time) {
        try {
            var _ = closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean runRound(Duration waitMax) {
        if (closing.getCount() == 0) {
            disconnect();
            return false;
        }
        try {
            var known = connectionOrNone;
            look(known == null ? connect(Duration.ZERO) : known, waitMax);
            if (isLossLogged) {
                isLossLogged = false;
                LOG.info("the events of other processes are found again");
            }
        } catch (SQLException | IllegalStateException e) {
            onLoss(e);
        }
        return true;
    }

    private void onLoss(Exception failure) {
        disconnect();
        if (closing.getCount() > 0 && !isLossLogged) {
            isLossLogged = true;
            LOG.error(
                    "the end of the log cannot be read: {}; the hub tries again by itself",
                    PostgresFailures.POSTGRES.describe(failure));
        }
        pause(RECONNECT_INTERVAL);
    }

    private void look(Connection connection, Duration waitMax) throws SQLException {
        var notifications = connection.unwrap(PGConnection.class).getNotifications((int) waitMax.toMillis());
        var isForeign = false;
        if (notifications != null) {
            for (var notification : notifications) {
                isForeign |= notification.getPID() != ownWriter.get();
            }
        }
        if (isForeign || nanoTime.getAsLong() - dueNanos >= 0) {
            dueNanos = nanoTime.getAsLong() + POLL_INTERVAL.toNanos();
            foundSequence = Math.max(foundSequence, recentEvents.lastSequence());
            var lastSequence = lastSequence(connection);
            requireReached(foundSequence, lastSequence);
            follower.follow(lastSequence, isForeign);
        }
    }

    private static long lastSequence(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT position FROM journal_head")) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private void disconnect() {
        var connection = connectionOrNone;
        connectionOrNone = null;
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("the connection was lost", e);
            }
        }
    }

    /// Ends a look that waits.
    @Override
    public void close() {
        closing.countDown();
        var connection = connectionOrNone;
        try {
            if (connection != null) {
                connection.abort(Runnable::run);
            }
            thread.wake();
            thread.join();
        } catch (SQLException e) {
            LOG.debug("the connection was lost", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
