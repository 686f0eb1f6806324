package waybill.storage.sql;

/// What a failure of the database means. Each database has codes of its own, so each implementation classifies its
/// failures itself; a [StorageException] is classified by its cause.
public interface FailureClassifier {

    /// Whether the failure may pass by itself (a full disk, a broken connection, a locked file), so that the same
    /// write can succeed later. A violated constraint never is.
    boolean isTransient(Throwable failure);

    /// Whether the database found data in its files that it cannot have written.
    boolean isCorruption(Throwable failure);

    /// The failure without the paths and values that the message of the database may hold: clients receive this text.
    String describe(Throwable failure);
}
