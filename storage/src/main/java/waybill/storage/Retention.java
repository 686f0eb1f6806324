package waybill.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Throws away what nobody has fetched for too long: letters of queues, letters to readers, receipts. The log itself
/// stays whole. Belongs to the journal's thread.
///
/// Age is measured against the newest event, not against a clock: while nothing comes in, nothing need go out.
final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /// The name under which the place is remembered that this has come to.
    static final String PROGRESS = "letters thrown away";

    /// A line in the operator's log for as many things thrown away.
    private static final int LOGGED_EVERY = 10_000;

    private final Duration keptFor;
    private final PreparedStatement findProgress;
    private final PreparedStatement nextEvent;
    private final PreparedStatement nextEvents;
    private final List<PreparedStatement> trims;
    private final PreparedStatement moveProgress;

    private long position;
    private Instant dueFrom = Instant.MIN;
    private long unlogged;

    Retention(Statements statements, PreparedStatement moveProgress, Duration keptFor) throws SQLException {
        this.moveProgress = moveProgress;
        this.keptFor = keptFor;
        findProgress = statements.prepare("SELECT position FROM progress WHERE name = ?");
        nextEvent = statements.prepare("SELECT received_at FROM event WHERE position = ?");
        nextEvents = statements.prepare("""
                SELECT max(position), min(CASE WHEN received_at >= ? THEN position END)
                FROM (SELECT position, received_at FROM event WHERE position > ? ORDER BY position LIMIT ?) AS next
                """);
        trims = List.of(
                statements.prepare("DELETE FROM letter WHERE position > ? AND position <= ?"),
                statements.prepare("DELETE FROM mailbox WHERE position > ? AND position <= ?"),
                statements.prepare("DELETE FROM pickup_confirmation WHERE position > ? AND position <= ?"),
                statements.prepare("DELETE FROM receipt WHERE position > ? AND position <= ?"));
        findProgress.setString(1, PROGRESS);
        try (var rows = findProgress.executeQuery()) {
            position = rows.next() ? rows.getLong(1) : 0;
        }
    }

    /// Throws away what came with at most `eventsMax` events that are too old at `now`. True when there were that many,
    /// so that there may be more.
    boolean trim(Instant now, int eventsMax) throws SQLException {
        if (now.isBefore(dueFrom)) {
            return false;
        }
        var upTo = lastOutdated(now.minus(keptFor), eventsMax);
        if (upTo == position) {
            dueFrom = nextDue();
            return false;
        }
        for (var trim : trims) {
            trim.setLong(1, position);
            trim.setLong(2, upTo);
            unlogged += trim.executeUpdate();
        }
        moveProgress.setString(1, PROGRESS);
        moveProgress.setLong(2, upTo);
        moveProgress.executeUpdate();
        var isFull = upTo - position == eventsMax;
        position = upTo;
        logWhatPilesUp();
        return isFull;
    }

    /// The last event of those that follow that is outdated like all before it.
    private long lastOutdated(Instant cutoff, int eventsMax) throws SQLException {
        nextEvents.setLong(1, cutoff.toEpochMilli());
        nextEvents.setLong(2, position);
        nextEvents.setInt(3, eventsMax);
        try (var rows = nextEvents.executeQuery()) {
            var last = rows.getLong(1);
            var firstToKeep = rows.getLong(2);
            if (!rows.wasNull()) {
                return firstToKeep - 1;
            }
            return Math.max(last, position);
        }
    }

    private Instant nextDue() throws SQLException {
        nextEvent.setLong(1, position + 1);
        try (var rows = nextEvent.executeQuery()) {
            return rows.next() ? Instant.ofEpochMilli(rows.getLong(1)).plus(keptFor) : Instant.MIN;
        }
    }

    private void logWhatPilesUp() {
        if (unlogged >= LOGGED_EVERY) {
            LOG.info("threw away {} letters and receipts older than {}", unlogged, keptFor);
            unlogged = 0;
        }
    }
}
