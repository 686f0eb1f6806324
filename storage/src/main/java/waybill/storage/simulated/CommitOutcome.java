package waybill.storage.simulated;

/// What becomes of a commit.
public enum CommitOutcome {
    COMMITTED,

    /// The disk is full: nothing is committed, and the process is told so.
    FULL,

    /// The disk fails: nothing is committed, and the process is told so.
    FAILED,

    /// It is committed, but the process is told that it has failed.
    UNREPORTED,

    /// The process dies before the commit is on the disk.
    KILLED_BEFORE,

    /// The process dies when the commit is on the disk, and before it learns of it.
    KILLED_AFTER
}
