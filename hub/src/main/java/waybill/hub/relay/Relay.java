package waybill.hub.relay;

import waybill.journal.EventLog;
import waybill.journal.LogEntry;

/// Publishes committed events to a listener: in log order, at least once.
///
/// One thread calls [#poll]. An event is published before the checkpoint is saved, so a crash between the two repeats
/// an event and never loses one; clients drop repeated events by sequence.
public final class Relay {

    /// Receives events. If it throws, it receives the same event again.
    @FunctionalInterface
    public interface EventListener {
        void onEvent(LogEntry entry);

        /// Called when all events have been published, for work between two events.
        default void onIdle() {}
    }

    /// How many entries are read at once, and so are in memory at most.
    public static final int BATCH_MAX = 1_000;

    private final EventLog log;
    private final EventListener listener;
    private volatile long lastSequence;

    /// Continues after `sequence`.
    public Relay(EventLog log, EventListener listener, long sequence) {
        this.log = log;
        this.listener = listener;
        this.lastSequence = sequence;
    }

    /// Publishes one batch and returns its size. If the listener throws, so does this, and the next call begins with
    /// the entry that failed.
    public int poll() {
        var entries = log.listAfter(lastSequence, BATCH_MAX);
        for (var entry : entries) {
            listener.onEvent(entry);
            lastSequence = entry.sequence();
        }
        return entries.size();
    }

    /// The sequence of the last published entry.
    public long lastSequence() {
        return lastSequence;
    }
}
