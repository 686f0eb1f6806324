package waybill.storage.sql;

/// Tells this node of the events that other nodes have committed. Belongs to the thread that looks for the end of the
/// log.
public final class LogFollower {

    private final RecentEventCache recentEvents;
    private final Runnable onCommitted;
    private boolean isBehind;

    /// @param onCommitted called when another node has added to the log
    public LogFollower(RecentEventCache recentEvents, Runnable onCommitted) {
        this.recentEvents = recentEvents;
        this.onCommitted = onCommitted;
    }

    /// The log ends with an event. What this node has committed is in memory a moment later, so without a notification
    /// of another it waits for one look more.
    ///
    /// @param isForeign whether another node has said that it has committed
    public void follow(long lastSequence, boolean isForeign) {
        var wasBehind = isBehind;
        isBehind = lastSequence > recentEvents.lastSequence();
        if (isBehind && (isForeign || wasBehind)) {
            isBehind = false;
            recentEvents.advanceTo(lastSequence);
            onCommitted.run();
        }
    }
}
