package waybill.storage;

import java.nio.file.Path;
import java.sql.SQLException;
import waybill.mailbox.Mailboxes;
import waybill.order.EventLog;
import waybill.order.Journal;

/// Everything the hub keeps, in one directory.
public final class Store implements AutoCloseable {

    private final Database database;
    private final Readers readers;
    private final GroupJournal journal;
    private final EventLog log;
    private final Mailboxes mailboxes;

    private Store(Database database, Readers readers, GroupJournal journal, EventLog log, Mailboxes mailboxes) {
        this.database = database;
        this.readers = readers;
        this.journal = journal;
        this.log = log;
        this.mailboxes = mailboxes;
    }

    /// Opens the store in `directory`, which this process then has to itself. `onNews` is called after every commit
    /// that
    /// added to the log, on the journal's thread; it must not block.
    public static Store open(Path directory, Limits limits, Runnable onNews) {
        var database = Database.open(directory);
        try {
            var ledger = new SqliteLedger(database.writer());
            var recent = new RecentEvents(ledger.head());
            var journal = new GroupJournal(() -> new SqliteLedger(database.writer()), ledger, recent, onNews, limits);
            var readers = new Readers(database);
            journal.start();
            return new Store(
                    database, readers, journal, new SqliteEventLog(readers, recent), new SqliteMailboxes(readers));
        } catch (SQLException e) {
            database.close();
            throw new StorageException(e);
        }
    }

    public Journal journal() {
        return journal;
    }

    public EventLog log() {
        return log;
    }

    public Mailboxes mailboxes() {
        return mailboxes;
    }

    /// False while the disk takes nothing. It is tried again without being asked.
    public boolean isWritable() {
        return journal.isWritable();
    }

    /// Writes what waits, then closes.
    @Override
    public void close() {
        journal.close();
        readers.close();
        database.close();
    }
}
