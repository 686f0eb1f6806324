package waybill.storage;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import waybill.directory.Directory;
import waybill.mailbox.Checkpoints;
import waybill.mailbox.Mailboxes;
import waybill.mailbox.Receipts;
import waybill.order.EventLog;
import waybill.order.Journal;
import waybill.order.OrderBook;
import waybill.tracking.TrackLog;

/// Everything the hub keeps, in one directory.
public final class Store implements AutoCloseable {

    private final Database database;
    private final Readers readers;
    private final GroupJournal journal;
    private final EventLog log;
    private final OrderBook book;
    private final Mailboxes mailboxes;
    private final Receipts receipts;
    private final Checkpoints checkpoints;
    private final Directory directory;
    private final SqliteTrackLog tracks;
    private final StoreHealth health;
    private final InstantSource trusted;
    private boolean closed;

    private Store(
            Database database,
            Readers readers,
            GroupJournal journal,
            RecentEvents recent,
            SqliteTrackLog tracks,
            StoreHealth health,
            InstantSource trusted) {
        this.database = database;
        this.health = health;
        this.trusted = trusted;
        this.readers = readers;
        this.journal = journal;
        log = new SqliteEventLog(readers, recent);
        book = new SqliteOrderBook(readers);
        mailboxes = new SqliteMailboxes(readers);
        receipts = new SqliteReceipts(readers);
        checkpoints = CheckpointTable.reading(readers);
        directory = new SqliteDirectory(readers);
        this.tracks = tracks;
    }

    /// Opens the store with the machine's clock and the usual limits on where drivers were.
    public static Store open(Path directory, Limits limits, Runnable onNews) {
        return open(directory, limits, TrackLimits.defaults(), InstantSource.system(), onNews);
    }

    /// Opens the store in `directory`, which this process then has to itself. `onNews` is called after every commit
    /// that added to the log, on the journal's thread; it must not block.
    public static Store open(
            Path directory, Limits limits, TrackLimits trackLimits, InstantSource clock, Runnable onNews) {
        return open(directory, limits, trackLimits, clock, System::nanoTime, onNews);
    }

    static Store open(
            Path directory,
            Limits limits,
            TrackLimits trackLimits,
            InstantSource wall,
            LongSupplier nanoTime,
            Runnable onNews) {
        var database = Database.open(directory);
        try {
            var clock = new TrustedClock(wall, nanoTime);
            var health = new StoreHealth();
            GroupJournal.Books books = () -> new SqliteLedger(database.writer(), limits, clock);
            var ledger = books.open();
            ledger.lastTrusted().ifPresent(clock::goOnFrom);
            var recent = new RecentEvents(ledger.head());
            var watch = new FileWatch(database, health, limits.probeEvery(), nanoTime);
            var journal = new GroupJournal(books, ledger, recent, onNews, limits, health, watch::lookWhenDue);
            var readers = new Readers(database, health);
            journal.start();
            var tracks = SqliteTrackLog.open(directory, trackLimits, clock::now);
            return new Store(database, readers, journal, recent, tracks, health, clock::now);
        } catch (SQLException e) {
            database.close();
            throw database.cannotOpen(e);
        }
    }

    public Journal journal() {
        return journal;
    }

    public EventLog log() {
        return log;
    }

    public OrderBook book() {
        return book;
    }

    public Mailboxes mailboxes() {
        return mailboxes;
    }

    public Receipts receipts() {
        return receipts;
    }

    public Checkpoints checkpoints() {
        return checkpoints;
    }

    public Directory directory() {
        return directory;
    }

    /// Where drivers were.
    public TrackLog tracks() {
        return tracks;
    }

    /// The time that ages are measured against: a clock that is set forward counts only after a while.
    public InstantSource trustedClock() {
        return trusted;
    }

    /// False while the disk takes nothing. It is tried again without being asked.
    public boolean isWritable() {
        return health.isWritable();
    }

    /// Why nothing is acknowledged although the disk takes it, for the operator: it names files and rows.
    public Optional<String> obstacle() {
        return health.obstacle();
    }

    /// False while what is written stays in the write-ahead log, because the main file does not take it.
    public boolean isCheckpointed() {
        return health.isCheckpointed();
    }

    /// What the works that wait to be written hold in memory, about.
    public long waitingBytes() {
        return journal.waitingBytes();
    }

    /// How many works wait to be written.
    public int waiting() {
        return journal.waiting();
    }

    /// Has somebody watch every commit from now on, in the place of whoever did before.
    public void onCommit(Commits watcher) {
        journal.onCommit(watcher);
    }

    /// Writes what waits, then closes. Doing it twice is doing it once.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        journal.close();
        tracks.close();
        readers.close();
        database.close();
    }
}
