package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Deletes the messages whose retention has ended and, if the operator wants that, the orders after them. Belongs to
/// the journal's thread.
final class RetentionPurge {

    /// Old events whose messages are deleted for each new event: more than one, so that a backlog shrinks.
    private static final int PURGED_PER_EVENT = 2;

    /// Old events whose messages are deleted at a time while no task waits.
    private static final int PURGED_WHEN_IDLE = 1_000;

    private final Retention messages;
    private final Optional<Retention> orders;

    RetentionPurge(Statements statements, PreparedStatement saveProgress, StoreLimits limits) throws SQLException {
        messages = Retention.ofMessages(statements, saveProgress, limits.messageRetention());
        orders = limits.orderRetention().isZero()
                ? Optional.empty()
                : Optional.of(Retention.ofOrders(statements, saveProgress, limits.orderRetention()));
    }

    /// Another writer may have deleted more.
    void reload() throws SQLException {
        messages.reload();
        if (orders.isPresent()) {
            orders.get().reload();
        }
    }

    /// Deletes in proportion to the new events of a transaction.
    void purgeFor(int newEvents, Instant now, long lastSequence) throws SQLException {
        purge(now, PURGED_PER_EVENT * newEvents, lastSequence);
    }

    /// True when there may be more.
    boolean purgeWhenIdle(Instant now, long lastSequence) throws SQLException {
        return purge(now, PURGED_WHEN_IDLE, lastSequence);
    }

    /// The newest event stays, so that no sequence is ever given twice.
    private boolean purge(Instant now, int eventsMax, long lastSequence) throws SQLException {
        var isMore = messages.purge(now, eventsMax, lastSequence);
        if (orders.isPresent()) {
            isMore |= orders.get().purge(now, eventsMax, Math.min(messages.lastSequence(), lastSequence - 1));
        }
        return isMore;
    }
}
