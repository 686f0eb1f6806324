package waybill.storage;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
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
import waybill.storage.sql.AlertTable;
import waybill.storage.sql.ClientCheckpointTable;
import waybill.storage.sql.DecisionTable;
import waybill.storage.sql.EtaModelTable;
import waybill.storage.sql.GroupCommitJournal;
import waybill.storage.sql.ReadConnections;
import waybill.storage.sql.ReceiptTable;
import waybill.storage.sql.SqlBlobReferences;
import waybill.storage.sql.SqlConfirmations;
import waybill.storage.sql.SqlDirectory;
import waybill.storage.sql.SqlEventLog;
import waybill.storage.sql.SqlLinkQueries;
import waybill.storage.sql.SqlMessageQueues;
import waybill.storage.sql.SqlOrderQueries;
import waybill.storage.sql.SqlOutboundJobs;
import waybill.storage.sql.StoreHealth;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sql.WebhookTable;
import waybill.storage.track.TrackLimits;
import waybill.storage.track.TrackSettings;
import waybill.tracking.TrackLog;

/// Everything the hub keeps, in one directory.
public final class Store implements AutoCloseable {

    private final ReadConnections connections;
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
    private final TrackLog trackLog;
    private final StoreHealth health;
    private final InstantSource trusted;
    private final List<Runnable> closing;
    private boolean closed;

    /// @param closing what ends with the store, in its order
    Store(StoreParts parts, TrackLog trackLog, List<Runnable> closing) {
        this.trackLog = trackLog;
        this.closing = closing;
        health = parts.health();
        trusted = parts.trusted();
        connections = parts.connections();
        journal = parts.journal();
        appendListener = parts.appendListener();
        eventLog = new SqlEventLog(connections, parts.recentEvents());
        orderQueries = new SqlOrderQueries(connections);
        messageQueues = new SqlMessageQueues(connections);
        confirmations = new SqlConfirmations(connections);
        clientCheckpoints = ClientCheckpointTable.queries(connections);
        receipts = ReceiptTable.queries(connections);
        etaModel = EtaModelTable.queries(connections);
        decisions = DecisionTable.queries(connections);
        links = new SqlLinkQueries(connections);
        openAlerts = AlertTable.queries(connections);
        directory = new SqlDirectory(connections);
        outboundJobs = new SqlOutboundJobs(connections);
        webhooks = WebhookTable.queries(connections);
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
        return open(directory, limits, TrackSettings.inFile(trackLimits), environment, onCommitted);
    }

    /// The same with tracks that are written elsewhere too. Their place is a file.
    public static Store open(
            Path directory,
            StoreLimits limits,
            TrackSettings trackSettings,
            StoreEnvironment environment,
            Runnable onCommitted) {
        if (trackSettings.place() != TrackSettings.Place.FILE) {
            throw new IllegalArgumentException(
                    "tracks: postgresql, while orders are in a file (expected: sqlite, or a database of PostgreSQL)");
        }
        return SqliteStore.open(directory, limits, trackSettings, environment, onCommitted);
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
        return new SqlBlobReferences(connections);
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
        closing.forEach(Runnable::run);
    }
}
