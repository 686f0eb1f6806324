package waybill.storage.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import waybill.journal.LogEntry;
import waybill.journal.Read;
import waybill.journal.UnitOfWork;

/// The connection on which the journal writes, one transaction after another. Belongs to the journal's thread.
/// After a failure of the database the journal closes it and opens another.
public interface JournalWriter extends UnitOfWork, AutoCloseable {

    /// Opens a writer. The caller closes it.
    interface Source {
        JournalWriter open() throws SQLException;
    }

    /// Loads in one round what the transactions of a batch are about to read.
    void load(Set<Read> reads);

    /// The sequence of the newest event, committed or not.
    long lastSequence();

    /// Writes what was added and changed and is not in the tables yet.
    void flush();

    /// Commits all changes since the last commit, and returns their events.
    List<LogEntry> commit() throws SQLException;

    /// Whether the last commit wrote anything: one that changes nothing does not test the disk.
    boolean hasChanged();

    void rollback() throws SQLException;

    /// Writes as much as an order may need. It changes nothing that is read.
    void probe() throws SQLException;

    /// Deletes some of the data whose retention has ended. True when there may be more.
    boolean purge() throws SQLException;

    /// Whether another process has written to a log that only this one may write to.
    boolean hasForbiddenWriter() throws SQLException;

    @Override
    void close() throws SQLException;
}
