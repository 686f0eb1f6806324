package waybill.journal;

/// Watches the journal at its work, on its thread; it must not block.
@FunctionalInterface
public interface CommitListener {

    /// A batch of so many works is about to be run and committed. What comes back is run once that is on disk, and not
    /// at all if it fails.
    Runnable onBatchStart(int works);
}
