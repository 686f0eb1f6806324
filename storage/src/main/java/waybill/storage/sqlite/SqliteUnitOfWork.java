package waybill.storage.sqlite;

import static waybill.storage.sql.Statements.translateErrors;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.journal.AppendListener;
import waybill.journal.LogEntry;
import waybill.link.TrackingLink;
import waybill.messaging.ClientCheckpoint;
import waybill.order.OrderId;
import waybill.storage.sql.JournalWriter;
import waybill.storage.sql.LinkTable;
import waybill.storage.sql.Statements;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sql.TrustedClock;

/// The transaction on the writing connection: what is written in it is committed or rolled back together, and old
/// data is deleted with it. Belongs to the journal's thread; every statement is prepared once.
public final class SqliteUnitOfWork extends SqliteIntegrationWriter implements JournalWriter {

    private final Statements statements;
    private final ClientCheckpointTable checkpoints;
    private final EtaModelTable etaModel;
    private final DecisionTable decisions;
    private final ReceiptTable receipts;
    private final LinkTable links;
    private final RetentionPurge retention;
    private final PreparedStatement totalChanges;
    private final PreparedStatement writeProbe;
    private final PreparedStatement newestPosition;
    private final TrustedTimeTable trustedTime;
    private final PreparedStatement saveProgress;

    /// What a probe writes: more than most orders need.
    private static final int PROBE_BYTES = 64 << 10;

    private long changes;
    private boolean changed;

    public SqliteUnitOfWork(Connection connection, StoreLimits limits, TrustedClock clock) throws SQLException {
        this(connection, limits, clock, AppendListener.NONE);
    }

    /// @param appendListener called for each event that is appended
    public SqliteUnitOfWork(
            Connection connection, StoreLimits limits, TrustedClock clock, AppendListener appendListener)
            throws SQLException {
        this(new Statements(connection), limits, clock, appendListener);
        connection.commit();
    }

    private SqliteUnitOfWork(
            Statements statements, StoreLimits limits, TrustedClock clock, AppendListener appendListener)
            throws SQLException {
        super(statements, clock, appendListener);
        this.statements = statements;
        checkpoints = new ClientCheckpointTable(statements);
        etaModel = new EtaModelTable(statements);
        decisions = new DecisionTable(statements);
        receipts = new ReceiptTable(statements);
        links = new LinkTable(statements);
        saveProgress = statements.prepare("""
                INSERT INTO progress (name, position) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET position = excluded.position
                """);
        trustedTime = new TrustedTimeTable(statements, saveProgress);
        retention = new RetentionPurge(statements, saveProgress, limits);
        totalChanges = statements.prepare("SELECT total_changes()");
        writeProbe = statements.prepare("INSERT INTO probe (id, filler) VALUES (1, randomblob(" + PROBE_BYTES
                + ")) ON CONFLICT (id) DO UPDATE SET filler = excluded.filler");
        newestPosition = statements.prepare("SELECT coalesce(max(position), 0) FROM event");
        endDirectoryBatch();
    }

    @Override
    public void saveClientCheckpoint(String node, ClientCheckpoint checkpoint) {
        translateErrors(() -> checkpoints.save(node, checkpoint));
    }

    @Override
    public void purgeClientCheckpoints(Instant before) {
        translateErrors(() -> checkpoints.purge(before));
    }

    @Override
    public void saveEtaModel(long sequence, byte[] state) {
        translateErrors(() -> etaModel.save(sequence, state));
    }

    @Override
    public void saveDecision(OrderId order, long decidedAtMs, byte[] decision) {
        translateErrors(() -> decisions.save(order, decidedAtMs, decision));
    }

    @Override
    public void saveReceipt(long job, String receiver, Instant at) {
        translateErrors(() -> receipts.save(job, receiver, at));
    }

    @Override
    public List<TrackingLink> save(TrackingLink link, int perOrderMax) {
        return translateErrors(() -> links.save(link, perOrderMax));
    }

    @Override
    public List<TrackingLink> deleteLinks(OrderId order, Instant now) {
        return translateErrors(() -> links.deleteOf(order, now));
    }

    @Override
    public void saveRelayCheckpoint(String relay, long position) {
        translateErrors(() -> {
            saveProgress.setString(1, relay);
            saveProgress.setLong(2, position);
            return saveProgress.executeUpdate();
        });
    }

    /// The position of the newest event, committed or not.
    @Override
    public long lastSequence() {
        return uncommitted.lastSequence();
    }

    /// Writes what was added and changed and is not in the tables yet.
    @Override
    public void flush() {
        flushResponses(uncommitted.sequences());
        translateErrors(() -> {
            writePending();
            writeJobs();
            return true;
        });
    }

    /// Keeps everything since the last commit, and returns the events among it.
    @Override
    public List<LogEntry> commit() throws SQLException {
        flushResponses(uncommitted.sequences());
        writePending();
        writeJobs();
        indexWords();
        days.flush();
        if (uncommitted.size() > 0) { // so much comes in, so much may go out
            retention.purgeFor(uncommitted.size(), now(), lastSequence());
            trustedTime.save(trustedNow());
        }
        var before = changes;
        changes = queryLong(totalChanges);
        changed = changes != before;
        statements.commit();
        endDirectoryBatch();
        endOrderBatch();
        return uncommitted.commit();
    }

    /// Whether anything was written by the last commit: one that changes nothing does not ask the disk.
    @Override
    public boolean hasChanged() {
        return changed;
    }

    /// Writes something that makes no difference.
    @Override
    public void probe() throws SQLException {
        writeProbe.executeUpdate();
    }

    /// Whether another process has appended to the log.
    @Override
    public boolean hasForbiddenWriter() throws SQLException {
        return queryLong(newestPosition) != uncommitted.committedSequence();
    }

    /// Deletes some of what is too old, and indexes some of what is not indexed; true when there may be more.
    @Override
    public boolean purge() throws SQLException {
        var isMoreToIndex = indexWords();
        return retention.purgeWhenIdle(now(), lastSequence()) || isMoreToIndex;
    }

    /// The time that was trusted when this was last written to, or else that of the newest event.
    public Optional<Instant> findLastTrustedTime() throws SQLException {
        return trustedTime.find();
    }

    private static long queryLong(PreparedStatement query) throws SQLException {
        try (var rows = query.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    @Override
    public void rollback() throws SQLException {
        rollbackDirectory();
        rollbackOrders();
        rollbackJobs();
        statements.rollback();
    }

    @Override
    public void close() throws SQLException {
        statements.close();
    }
}
