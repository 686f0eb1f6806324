package waybill.storage;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import waybill.blob.BlobReferences;
import waybill.directory.Directory;
import waybill.dispatch.DecisionQueries;
import waybill.eta.EtaModelStore;
import waybill.journal.AppendListener;
import waybill.journal.CommitListener;
import waybill.journal.EventLog;
import waybill.journal.Journal;
import waybill.journal.OpenAlerts;
import waybill.link.LinkQueries;
import waybill.messaging.ClientCheckpoints;
import waybill.messaging.Confirmations;
import waybill.messaging.MessageQueues;
import waybill.notification.Receipts;
import waybill.order.OrderQueries;
import waybill.outbound.OutboundJobs;
import waybill.outbound.WebhookEndpoints;
import waybill.storage.sql.GroupCommitJournal;
import waybill.storage.sql.RecentEventCache;
import waybill.storage.sql.StoreHealth;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sql.TrustedClock;
import waybill.storage.sqlite.AlertTable;
import waybill.storage.sqlite.ClientCheckpointTable;
import waybill.storage.sqlite.Database;
import waybill.storage.sqlite.DatabaseFileMonitor;
import waybill.storage.sqlite.DecisionTable;
import waybill.storage.sqlite.EtaModelTable;
import waybill.storage.sqlite.ReadConnectionPool;
import waybill.storage.sqlite.ReceiptTable;
import waybill.storage.sqlite.SqliteBlobReferences;
import waybill.storage.sqlite.SqliteConfirmations;
import waybill.storage.sqlite.SqliteDirectory;
import waybill.storage.sqlite.SqliteEventLog;
import waybill.storage.sqlite.SqliteFailures;
import waybill.storage.sqlite.SqliteLinkQueries;
import waybill.storage.sqlite.SqliteMessageQueues;
import waybill.storage.sqlite.SqliteOrderQueries;
import waybill.storage.sqlite.SqliteOutboundJobs;
import waybill.storage.sqlite.SqliteUnitOfWork;
import waybill.storage.sqlite.WebhookTable;
import waybill.storage.track.SqliteTrackLog;
import waybill.storage.track.TrackLimits;
import waybill.tracking.TrackLog;

/// Everything the hub keeps, in one directory.
public final class Store implements AutoCloseable {

    private final Database database;
    private final ReadConnectionPool connections;
    private final GroupCommitJournal journal;
    private final EventLog eventLog;
    private final OrderQueries orderQueries;
    private final MessageQueues messageQueues;
    private final Confirmations confirmations;
    private final ClientCheckpoints clientCheckpoints;
    private final Receipts receipts;
    private final EtaModelStore etaModel;
    private final DecisionQueries decisions;
    private final LinkQueries links;
    private final OpenAlerts openAlerts;
    private final Directory directory;
    private final OutboundJobs outboundJobs;
    private final WebhookEndpoints webhooks;
    private final AtomicReference<AppendListener> appendListener;
    private final SqliteTrackLog trackLog;
    private final StoreHealth health;
    private final InstantSource trusted;
    private boolean closed;

    private Store(
            Database database,
            ReadConnectionPool connections,
            GroupCommitJournal journal,
            RecentEventCache recentEvents,
            SqliteTrackLog trackLog,
            AtomicReference<AppendListener> appendListener,
            StoreHealth health,
            InstantSource trusted) {
        this.database = database;
        this.health = health;
        this.trusted = trusted;
        this.connections = connections;
        this.journal = journal;
        eventLog = new SqliteEventLog(connections, recentEvents);
        orderQueries = new SqliteOrderQueries(connections);
        messageQueues = new SqliteMessageQueues(connections);
        confirmations = new SqliteConfirmations(connections);
        clientCheckpoints = ClientCheckpointTable.queries(connections);
        receipts = ReceiptTable.queries(connections);
        etaModel = EtaModelTable.queries(connections);
        decisions = DecisionTable.queries(connections);
        links = new SqliteLinkQueries(connections);
        openAlerts = AlertTable.queries(connections);
        directory = new SqliteDirectory(connections);
        outboundJobs = new SqliteOutboundJobs(connections);
        webhooks = WebhookTable.queries(connections);
        this.appendListener = appendListener;
        this.trackLog = trackLog;
    }

    /// Opens the store with the machine's clock and the usual limits on where drivers were.
    public static Store open(Path directory, StoreLimits limits, Runnable onCommitted) {
        return open(directory, limits, TrackLimits.defaults(), InstantSource.system(), onCommitted);
    }

    /// Opens the store in `directory`, which this process then has to itself. `onCommitted` is called after every
    /// commit that added to the log, on the journal's thread; it must not block.
    public static Store open(
            Path directory, StoreLimits limits, TrackLimits trackLimits, InstantSource clock, Runnable onCommitted) {
        return open(directory, limits, trackLimits, StoreEnvironment.ofMachine(clock), onCommitted);
    }

    /// The same on another machine, or on one that is simulated.
    public static Store open(
            Path directory,
            StoreLimits limits,
            TrackLimits trackLimits,
            StoreEnvironment environment,
            Runnable onCommitted) {
        var nanoTime = environment.nanoTime();
        var database = Database.open(directory, environment.disk());
        try {
            var clock = new TrustedClock(environment.clock(), nanoTime);
            var health = new StoreHealth(SqliteFailures.SQLITE);
            var appendListener = new AtomicReference<>(AppendListener.NONE);
            AppendListener current = (work, entry) -> appendListener.get().onAppend(work, entry);
            var writer = new SqliteUnitOfWork(database.openWriter(), limits, clock, current);
            writer.findLastTrustedTime().ifPresent(clock::resumeFrom);
            var recentEvents = new RecentEventCache(writer.lastSequence());
            var fileMonitor = new DatabaseFileMonitor(database, health, limits.probeInterval(), nanoTime);
            var journal = new GroupCommitJournal(
                    () -> new SqliteUnitOfWork(database.openWriter(), limits, clock, current),
                    writer,
                    recentEvents,
                    onCommitted,
                    limits,
                    health,
                    fileMonitor::runDue,
                    environment.threads());
            var connections = new ReadConnectionPool(database, health);
            journal.start();
            var tracks =
                    SqliteTrackLog.open(directory, trackLimits, clock::now, environment.threads(), environment.disk());
            return new Store(database, connections, journal, recentEvents, tracks, appendListener, health, clock::now);
        } catch (SQLException e) {
            database.close();
            throw database.openFailure(e);
        }
    }

    public Journal journal() {
        return journal;
    }

    public EventLog eventLog() {
        return eventLog;
    }

    public OrderQueries orderQueries() {
        return orderQueries;
    }

    public MessageQueues messageQueues() {
        return messageQueues;
    }

    public Confirmations confirmations() {
        return confirmations;
    }

    public ClientCheckpoints clientCheckpoints() {
        return clientCheckpoints;
    }

    public Receipts receipts() {
        return receipts;
    }

    public EtaModelStore etaModel() {
        return etaModel;
    }

    public DecisionQueries decisions() {
        return decisions;
    }

    public LinkQueries links() {
        return links;
    }

    public OpenAlerts openAlerts() {
        return openAlerts;
    }

    public Directory directory() {
        return directory;
    }

    public OutboundJobs outboundJobs() {
        return outboundJobs;
    }

    public WebhookEndpoints webhooks() {
        return webhooks;
    }

    /// Sets the listener of every event from now on, in the place of the former one.
    public void onAppend(AppendListener listener) {
        appendListener.set(listener);
    }

    /// Which uploaded files are needed.
    public BlobReferences blobReferences() {
        return new SqliteBlobReferences(connections);
    }

    /// Where drivers were.
    public TrackLog trackLog() {
        return trackLog;
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
    public Optional<String> unavailableReason() {
        return health.unavailableReason();
    }

    /// Why it cannot be written, for the operator; empty if it can.
    public Optional<String> failure() {
        return health.failure();
    }

    /// False while what is written stays in the write-ahead log, because the main file does not take it.
    public boolean isWalCheckpointed() {
        return health.isWalCheckpointed();
    }

    /// What the works that wait to be written hold in memory, about.
    public long queueBytes() {
        return journal.queueBytes();
    }

    /// How many works wait to be written.
    public int queueLength() {
        return journal.queueLength();
    }

    /// Sets the listener of every commit from now on, in the place of the former one.
    public void onCommit(CommitListener watcher) {
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
        trackLog.close();
        connections.close();
        database.close();
    }
}
