package waybill.storage.sql;

import java.sql.SQLException;
import java.util.OptionalLong;

/// How the transactions of a writer begin and end, and what becomes of other writers meanwhile. Belongs to the thread
/// that writes.
public interface WriteTransactions {

    /// Begins a transaction, unless one has begun. From then on no other writer appends to the log.
    ///
    /// Returns the sequence of the newest event when another writer has committed since the last transaction of
    /// this one, so that nothing in memory is to be relied on.
    OptionalLong begin() throws SQLException;

    /// Prepares the commit. True when the transaction changes anything.
    ///
    /// @param lastSequence the sequence of the newest event, with those of this transaction
    boolean end(long lastSequence) throws SQLException;

    /// The transaction was rolled back.
    void onRollback();

    /// Whether another process has written to a log that only this one may write to.
    ///
    /// @param committedSequence the newest event that this writer has committed or found
    boolean hasForbiddenWriter(long committedSequence) throws SQLException;
}
