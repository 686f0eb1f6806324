package waybill.storage.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The writer of the journal, which is opened anew after it was closed by a failure. Belongs to the journal's thread.
final class ReopeningWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReopeningWriter.class);

    private final JournalWriter.Source source;
    private final RecentEventCache recentEvents;
    private final Runnable onCommitted;
    private @Nullable JournalWriter writerOrNone;

    /// @param writer the writer until the first failure
    /// @param onCommitted called when a commit that was reported as failed turns out to be on the disk
    ReopeningWriter(
            JournalWriter.Source source, JournalWriter writer, RecentEventCache recentEvents, Runnable onCommitted) {
        this.source = source;
        this.recentEvents = recentEvents;
        this.onCommitted = onCommitted;
        writerOrNone = writer;
    }

    JournalWriter open() throws SQLException {
        var open = writerOrNone;
        if (open == null) {
            open = source.open();
            writerOrNone = open;
            if (open.lastSequence() != recentEvents.lastSequence()) {
                LOG.warn(
                        "the newest event on the disk is {}, the last acknowledged {}: a commit that was reported as"
                                + " failed reached the disk. Its orders are placed; clients that repeat them get them",
                        open.lastSequence(),
                        recentEvents.lastSequence());
                recentEvents.reset(open.lastSequence());
                onCommitted.run();
            }
        }
        return open;
    }

    @Override
    public void close() {
        var open = writerOrNone;
        writerOrNone = null;
        if (open == null) {
            return;
        }
        try {
            open.rollback();
        } catch (SQLException e) {
            LOG.debug("nothing to roll back", e);
        }
        try {
            open.close();
        } catch (SQLException e) {
            LOG.warn("the writing connection was not closed; its memory is lost until the hub is restarted", e);
        }
    }
}
