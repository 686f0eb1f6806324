package waybill.journal;

/// Observes the commits of the journal, on the journal's thread; it must not block.
@FunctionalInterface
public interface CommitListener {

    /// Called before a batch of `tasks` tasks runs. The result is run once the batch is on disk, and not at all if it
    /// fails.
    Runnable onBatchStart(int tasks);
}
