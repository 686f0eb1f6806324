package waybill.storage.sql;

import static waybill.storage.sql.Statements.translateErrors;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import waybill.journal.AppendListener;
import waybill.journal.LogEntry;
import waybill.journal.Read;
import waybill.link.TrackingLink;
import waybill.messaging.ClientCheckpoint;
import waybill.order.OrderId;

/// The transaction on the writing connection: what is written in it is committed or rolled back together, and old
/// data is deleted with it. Belongs to the journal's thread; every statement is prepared once.
public class SqlUnitOfWork extends SqlIntegrationWriter implements JournalWriter {

    private final Statements statements;
    private final WriteTransactions transactions;
    private final ClientCheckpointTable checkpoints;
    private final EtaModelTable etaModel;
    private final DecisionTable decisions;
    private final ReceiptTable receipts;
    private final LinkTable links;
    private final RetentionPurge retention;
    private final PreparedStatement writeProbe;
    private final TrustedTimeTable trustedTime;
    private final PreparedStatement saveProgress;

    /// What a probe writes: more than most orders need.
    private static final int PROBE_BYTES = 64 << 10;

    private boolean changed;

    /// @param appendListener called for each event that is appended
    @SuppressWarnings("this-escape") // a subclass only says on which database
    protected SqlUnitOfWork(
            Statements statements,
            WriteTransactions transactions,
            StoreLimits limits,
            TrustedClock clock,
            AppendListener appendListener)
            throws SQLException {
        super(statements, clock, appendListener);
        this.statements = statements;
        this.transactions = transactions;
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
        writeProbe = statements.prepare(statements.dialect().writeProbe(PROBE_BYTES));
        endDirectoryBatch();
        statements.commit();
    }

    @Override
    public final void load(Set<Read> reads) {
        translateErrors(() -> {
            begin();
            return true;
        });
        super.load(reads);
    }

    private void begin() throws SQLException {
        var lastSequence = transactions.begin();
        if (lastSequence.isPresent()) {
            clearCaches();
            retention.reload();
            uncommitted.restartAfter(lastSequence.getAsLong());
        }
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
        flushDirectory(uncommitted.sequences());
        translateErrors(() -> {
            writePending();
            writeJobs();
            return true;
        });
    }

    /// Keeps everything since the last commit, and returns the events among it.
    @Override
    public List<LogEntry> commit() throws SQLException {
        flushDirectory(uncommitted.sequences());
        writePending();
        writeJobs();
        indexWords();
        days.flush();
        if (uncommitted.size() > 0) { // so much comes in, so much may go out
            retention.purgeFor(uncommitted.size(), now(), lastSequence());
            trustedTime.save(trustedNow());
        }
        changed = transactions.end(lastSequence());
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
        begin();
        writeProbe.executeUpdate();
    }

    /// Whether another process has appended to the log.
    @Override
    public boolean hasForbiddenWriter() throws SQLException {
        return transactions.hasForbiddenWriter(uncommitted.committedSequence());
    }

    /// Deletes some of what is too old, and indexes some of what is not indexed; true when there may be more.
    @Override
    public boolean purge() throws SQLException {
        begin();
        var isMoreToIndex = indexWords();
        return retention.purgeWhenIdle(now(), lastSequence()) || isMoreToIndex;
    }

    /// The time that was trusted when this was last written to, or else that of the newest event.
    public Optional<Instant> findLastTrustedTime() throws SQLException {
        return trustedTime.find();
    }

    @Override
    public void rollback() throws SQLException {
        clearCaches();
        transactions.onRollback();
        statements.rollback();
    }

    private void clearCaches() throws SQLException {
        rollbackDirectory();
        rollbackOrders();
        rollbackJobs();
        rollbackLeases();
    }

    @Override
    public void close() throws SQLException {
        statements.close();
    }
}
