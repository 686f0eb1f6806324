package waybill.hub.relay;

import waybill.journal.EventLog;
import waybill.journal.LogEntry;

/// Tells the world what the log says: in the log's order, at least once, and only what is committed.
///
/// One thread calls [#poll]. The world is told before the place is remembered, so a crash between the two repeats an
/// event and never loses one; clients drop what they have by its position.
public final class Relay {

    /// Who is told. It throws when it could not tell, and is told the same again.
    @FunctionalInterface
    public interface EventListener {
        void onEvent(LogEntry entry);

        /// Is called when all that has happened has been told, for what is to be done between two events.
        default void onIdle() {}
    }

    /// How many entries are read at once, and so how many may be in memory.
    public static final int BATCH_MAX = 1_000;

    private final EventLog log;
    private final EventListener listener;
    private volatile long lastSequence;

    /// Goes on after `position`.
    public Relay(EventLog log, EventListener world, long position) {
        this.log = log;
        this.listener = world;
        this.lastSequence = position;
    }

    /// Tells one batch of news and returns how many entries that was. When the world throws, so does this, and the next
    /// call begins with the entry that was not told.
    public int poll() {
        var news = log.listAfter(lastSequence, BATCH_MAX);
        for (var entry : news) {
            listener.onEvent(entry);
            lastSequence = entry.sequence();
        }
        return news.size();
    }

    /// The last entry that the world has been told.
    public long lastSequence() {
        return lastSequence;
    }
}
