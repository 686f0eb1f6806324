package waybill.journal;

/// Called for each event in the transaction that appends it, on the journal's thread, whichever command appended it. It
/// must not block.
@FunctionalInterface
public interface AppendListener {

    AppendListener NONE = (_, _) -> {};

    /// Adds to the transaction what follows from the event. It may be called more than once for an event, and the
    /// changes of only one call are committed.
    void onAppend(UnitOfWork work, LogEntry entry);
}
