package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what is too old: letters of queues, letters to readers and receipts after one while, and, if the operator
/// wants that, ended orders and what the log says about them after another. Belongs to the journal's thread.
///
/// Age is measured against the newest event, not against a clock: while nothing comes in, nothing need go out. An
/// event that seems to come from the future was written by a wrong clock; it is as old as its neighbours.
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /// The name of the progress of [#ofMessages].
    public static final String MESSAGES_PROGRESS = "letters thrown away";

    /// The name of the progress of [#ofOrders].
    static final String ORDERS_PROGRESS = "orders deleted";

    /// How long to wait before looking again at events whose age cannot be told yet.
    private static final Duration UNDATED_RETRY_INTERVAL = Duration.ofHours(1);

    /// A line in the operator's log for as many rows deleted.
    private static final int ROWS_PER_LOG_LINE = 10_000;

    private static final String IN_WINDOW = "position > ? AND position <= ?";

    private static final String AND_BEFORE = " AND event.position <= ?";

    /// A statement that deletes what came with the events after a position and up to another.
    ///
    /// @param isBefore whether it also asks for what came before
    private record Trim(PreparedStatement delete, boolean isBefore) {

        int execute(long after, long upTo) throws SQLException {
            delete.setLong(1, after);
            delete.setLong(2, upTo);
            if (isBefore) {
                delete.setLong(3, after);
            }
            return delete.executeUpdate();
        }
    }

    private final String progress;
    private final String what;
    private final Duration retention;
    private final PreparedStatement nextEvents;
    private final PreparedStatement nextDated;
    private final List<Trim> trims;
    private final PreparedStatement moveProgress;
    private final PreparedStatement findProgress;

    private long position;
    private Instant dueFrom = Instant.MIN;
    private long unlogged;

    /// @param progress the name under which the position is remembered that this has come to
    /// @param trims what is deleted of the events after a position and up to another
    private Retention(
            Statements statements,
            PreparedStatement moveProgress,
            String progress,
            String what,
            Duration keptFor,
            List<String> trims)
            throws SQLException {
        this.moveProgress = moveProgress;
        this.progress = progress;
        this.what = what;
        this.retention = keptFor;
        nextEvents = statements.prepare(
                "SELECT position, received_at FROM event WHERE position > ? ORDER BY position LIMIT ?");
        nextDated = statements.prepare(
                "SELECT received_at FROM event WHERE position > ? AND received_at <= ? ORDER BY position LIMIT 1");
        this.trims = prepareAll(statements, trims);
        findProgress = statements.prepare("SELECT position FROM progress WHERE name = ?");
        reload();
    }

    /// Another writer may have deleted more.
    final void reload() throws SQLException {
        findProgress.setString(1, progress);
        try (var rows = findProgress.executeQuery()) {
            position = rows.next() ? rows.getLong(1) : 0;
        }
    }

    public static Retention ofMessages(Statements statements, PreparedStatement moveProgress, Duration keptFor)
            throws SQLException {
        return new Retention(
                statements,
                moveProgress,
                MESSAGES_PROGRESS,
                "letters and receipts",
                keptFor,
                List.of(
                        "DELETE FROM letter WHERE " + IN_WINDOW,
                        "DELETE FROM mailbox WHERE " + IN_WINDOW,
                        "DELETE FROM pickup_confirmation WHERE " + IN_WINDOW,
                        "DELETE FROM receipt WHERE " + IN_WINDOW));
    }

    /// An order goes with its last event, if it has ended by then, and takes all its events with it. An order that is
    /// still active stays whole; one of its later events comes by here when it has ended.
    public static Retention ofOrders(Statements statements, PreparedStatement moveProgress, Duration keptFor)
            throws SQLException {
        var ended = """
                SELECT o.order_row FROM event e JOIN orders o ON o.order_row = e.order_row
                WHERE e.position > ? AND e.position <= ? AND o.version = e.position AND o.active = 0
                """;
        return new Retention(
                statements,
                moveProgress,
                ORDERS_PROGRESS,
                "events and orders",
                keptFor,
                List.of(
                        "DELETE FROM receipt WHERE position IN" + " (SELECT position FROM event WHERE order_row IN ("
                                + ended + "))",
                        "DELETE FROM event WHERE order_row IN (" + ended + ")" + AND_BEFORE,
                        "DELETE FROM blob WHERE order_row IN (" + ended + ")",
                        "DELETE FROM order_document WHERE order_row IN (" + ended + ")",
                        "DELETE FROM order_word WHERE rowid IN (" + ended + ")",
                        "DELETE FROM orders WHERE order_row IN (" + ended + ")",
                        "DELETE FROM event WHERE " + IN_WINDOW
                                + " AND (order_row IS NULL OR order_row NOT IN (SELECT order_row FROM orders))"));
    }

    private static List<Trim> prepareAll(Statements statements, List<String> texts) throws SQLException {
        var prepared = new ArrayList<Trim>();
        for (var text : texts) {
            prepared.add(new Trim(statements.prepare(text), text.endsWith(AND_BEFORE)));
        }
        return List.copyOf(prepared);
    }

    /// Deletes what came with at most `eventsMax` events that are too old at `now`, up to `last`. True when there
    /// were that many, so that there may be more.
    public boolean purge(Instant now, int eventsMax, long last) throws SQLException {
        if (now.isBefore(dueFrom)) {
            return false;
        }
        var window = loadWindow(now, eventsMax);
        var upTo = Math.min(window.outdatedUpTo, last);
        dueFrom = window.dueFrom;
        if (upTo <= position) {
            return false;
        }
        for (var trim : trims) {
            unlogged += trim.execute(position, upTo);
        }
        moveProgress.setString(1, progress);
        moveProgress.setLong(2, upTo);
        moveProgress.executeUpdate();
        position = upTo;
        logProgress();
        return window.isFull;
    }

    /// All events up to here have been looked at.
    public long lastSequence() {
        return position;
    }

    /// What is known of the next events.
    ///
    /// @param outdatedUpTo the last of them that is outdated like all before it
    /// @param dueFrom when it is worth looking again
    /// @param isFull there may be more of them
    private record PurgeWindow(long outdatedUpTo, Instant dueFrom, boolean isFull) {}

    private PurgeWindow loadWindow(Instant now, int eventsMax) throws SQLException {
        var cutoffMs = now.minus(retention).toEpochMilli();
        var nowMs = now.toEpochMilli();
        nextEvents.setLong(1, position);
        nextEvents.setInt(2, eventsMax);
        var outdated = position;
        var end = position;
        var seen = 0;
        try (var rows = nextEvents.executeQuery()) {
            while (rows.next()) {
                end = rows.getLong(1);
                seen++;
                var receivedMs = rows.getLong(2);
                if (receivedMs < cutoffMs) {
                    outdated = end;
                } else if (receivedMs <= nowMs) {
                    return new PurgeWindow(
                            outdated, Instant.ofEpochMilli(receivedMs).plus(retention), false);
                }
            }
        }
        if (seen == 0) {
            return new PurgeWindow(position, Instant.MIN, false);
        }
        if (outdated < end && seen == eventsMax && isOutdatedAfter(end, nowMs, cutoffMs)) {
            outdated = end;
        }
        return outdated == position
                ? new PurgeWindow(position, now.plus(UNDATED_RETRY_INTERVAL), false)
                : new PurgeWindow(outdated, Instant.MIN, seen == eventsMax);
    }

    /// The next event that a right clock has dated says how old those before it are at least.
    private boolean isOutdatedAfter(long end, long nowMs, long cutoffMs) throws SQLException {
        nextDated.setLong(1, end);
        nextDated.setLong(2, nowMs);
        try (var rows = nextDated.executeQuery()) {
            return rows.next() && rows.getLong(1) < cutoffMs;
        }
    }

    private void logProgress() {
        if (unlogged >= ROWS_PER_LOG_LINE) {
            LOG.info("deleted {} {} older than {}", unlogged, what, retention);
            unlogged = 0;
        }
    }
}
