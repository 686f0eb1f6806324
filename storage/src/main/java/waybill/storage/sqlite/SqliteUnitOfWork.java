package waybill.storage.sqlite;

import static waybill.storage.sql.Statements.translateErrors;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import waybill.access.UserId;
import waybill.directory.StoredResponse;
import waybill.journal.LogEntry;
import waybill.journal.Read;
import waybill.journal.Sequences;
import waybill.messaging.ClientCheckpoint;
import waybill.messaging.Queue;
import waybill.messaging.Recipient;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.order.NodeEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.storage.sql.DailySequence;
import waybill.storage.sql.EventTable;
import waybill.storage.sql.InternedNames;
import waybill.storage.sql.JournalWriter;
import waybill.storage.sql.MessageTable;
import waybill.storage.sql.OrderTable;
import waybill.storage.sql.Retention;
import waybill.storage.sql.Statements;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sql.TrustedClock;

/// The books on the writing connection. Belongs to the journal's thread; every statement is prepared once.
///
/// Events, orders and messages wait in memory and are written in one round, before the commit or before something is
/// read that they may concern: the number of statements does not grow with the number of works in a batch.
public final class SqliteUnitOfWork extends SqliteDirectoryWriter implements JournalWriter {

    private final Statements statements;
    private final InternedNames stores;
    private final OrderTable orders;
    private final EventTable events;
    private final MessageTable messageTable;
    private final ClientCheckpointTable checkpoints;
    private final DailySequence days;
    private final Retention messageRetention;
    private final Optional<Retention> orderRetention;
    private final PreparedStatement totalChanges;
    private final PreparedStatement writeProbe;
    private final PreparedStatement newestPosition;
    private final TrustedTimeTable trustedTime;
    private final PreparedStatement saveProgress;

    /// Old events whose letters are thrown away for each new event: more than one, so that a backlog grows less.
    private static final int PURGED_PER_EVENT = 2;

    /// Old events whose messages are deleted at a time while no task waits.
    private static final int PURGED_WHEN_IDLE = 1_000;

    /// What a probe writes: more than most orders need.
    private static final int PROBE_BYTES = 64 << 10;

    /// A response that is rendered when the changes of its batch are written.
    private record PendingResponse(UserId user, String key, Function<Sequences, StoredResponse> response, Instant at) {}

    private final List<PendingResponse> responses = new ArrayList<>();
    private long changes;
    private boolean changed;
    private long committedSequence;
    private long lastSequence;
    private List<LogEntry> uncommitted = new ArrayList<>();

    public SqliteUnitOfWork(Connection connection, StoreLimits limits, TrustedClock clock) throws SQLException {
        this(new Statements(connection), limits, clock);
        connection.commit();
    }

    private SqliteUnitOfWork(Statements statements, StoreLimits limits, TrustedClock clock) throws SQLException {
        super(statements, clock);
        this.statements = statements;
        stores = InternedNames.forStores(statements);
        orders = new OrderTable(statements, stores);
        messageTable = new MessageTable(statements, stores);
        checkpoints = new ClientCheckpointTable(statements);
        days = new DailySequence(statements);
        events = new EventTable(statements);
        saveProgress = statements.prepare("""
                INSERT INTO progress (name, position) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET position = excluded.position
                """);
        trustedTime = new TrustedTimeTable(statements, saveProgress);
        messageRetention = Retention.ofMessages(statements, saveProgress, limits.messageRetention());
        orderRetention = limits.orderRetention().isZero()
                ? Optional.empty()
                : Optional.of(Retention.ofOrders(statements, saveProgress, limits.orderRetention()));
        totalChanges = statements.prepare("SELECT total_changes()");
        writeProbe = statements.prepare("INSERT INTO probe (id, filler) VALUES (1, randomblob(" + PROBE_BYTES
                + ")) ON CONFLICT (id) DO UPDATE SET filler = excluded.filler");
        newestPosition = statements.prepare("SELECT coalesce(max(position), 0) FROM event");
        committedSequence = loadLastSequence(statements);
        lastSequence = committedSequence;
        commitNewestTime();
    }

    /// The sequences of the events of this transaction.
    private Sequences sequences() {
        return new Sequences(committedSequence);
    }

    /// The order as tasks see it: what is not committed has provisional sequences.
    private Order provisional(Order order) {
        return order.lastSequence() <= committedSequence
                ? order
                : order.withSequences(provisional(order.storageId()), provisional(order.lastSequence()));
    }

    private long provisional(long sequence) {
        return sequence <= committedSequence ? sequence : Sequences.provisional(sequence - committedSequence);
    }

    @Override
    public void load(Set<Read> reads) {
        translateErrors(() -> {
            orders.load(reads);
            return true;
        });
    }

    @Override
    public Optional<Order> findOrder(OrderId id) {
        return translateErrors(() -> orders.findOrder(id)).map(this::provisional);
    }

    @Override
    public Optional<Order> findByStoreReference(String store, String name) {
        return translateErrors(() -> orders.findByStoreReference(store, name)).map(this::provisional);
    }

    @Override
    public Optional<Order> findByCustomerReference(String store, String customer, String name) {
        return translateErrors(() -> orders.findByCustomerReference(store, customer, name))
                .map(this::provisional);
    }

    @Override
    public List<Order> findAllByReference(
            String name, Optional<String> store, ReferenceScope among, Actor by, int max) {
        return translateErrors(() -> orders.findAllByReference(name, store, among, by, max)).stream()
                .map(this::provisional)
                .toList();
    }

    @Override
    public boolean storeExists(String name) {
        return translateErrors(() -> stores.findId(name).isPresent());
    }

    @Override
    public long nextOrderNumber(LocalDate day) {
        return translateErrors(() -> days.next(day));
    }

    @Override
    public long append(
            OrderState before, Order next, OrderEvent event, Actor by, Instant occurredAt, Instant receivedAt) {
        return translateErrors(() -> {
            var position = lastSequence + 1;
            var isNew = next.storageId() == 0;
            var order = sequences().of(next).withSequence(position);
            var store = stores.findOrCreateId(order.store());
            if (isNew) {
                orders.insert(order, event, store);
            } else {
                if (event.newState().isPresent() && messageTable.isPickupChanging(order)) {
                    writePending(); // what is withdrawn is the pickup until now
                }
                orders.update(order, event);
            }
            return append(new LogEntry(position, order, before, event, by, occurredAt, receivedAt), store);
        });
    }

    @Override
    public long append(HubEvent event, Actor by, Instant occurredAt, Instant receivedAt) {
        return translateErrors(() -> append(
                new LogEntry(lastSequence + 1, null, OrderState.NEW, event, by, occurredAt, receivedAt),
                storeIdOf(event)));
    }

    @Override
    public long append(NodeEvent event, Actor by, Instant at) {
        return translateErrors(
                () -> append(new LogEntry(lastSequence + 1, null, OrderState.NEW, event, by, at, at), null));
    }

    private @Nullable Long storeIdOf(HubEvent event) throws SQLException {
        return switch (event) {
            case HubEvent.BusinessStatusChanged changed -> stores.findOrCreateId(changed.store());
            case HubEvent.DriverStatusChanged _, HubEvent.UserNotified _, HubEvent.CouponCreated _ -> null;
        };
    }

    private long append(LogEntry entry, @Nullable Long store) throws SQLException {
        events.add(entry, store);
        lastSequence = entry.sequence();
        observeTime(entry.receivedAt());
        uncommitted.add(entry);
        return Sequences.provisional(lastSequence - committedSequence);
    }

    @Override
    public void enqueue(Queue queue, long sequence) {
        translateErrors(() -> {
            messageTable.enqueue(queue, sequences().of(sequence));
            return true;
        });
    }

    @Override
    public void enqueue(Recipient recipient, long sequence) {
        translateErrors(() -> {
            messageTable.enqueue(recipient, sequences().of(sequence));
            return true;
        });
    }

    @Override
    public boolean deleteMessage(Queue queue, String messageId) {
        return translateErrors(() -> {
            writePending();
            return messageTable.deleteMessage(queue, messageId);
        });
    }

    @Override
    public boolean acknowledgePickup(Queue queue, String messageId, Actor reader) {
        return translateErrors(() -> {
            writePending();
            return messageTable.acknowledgePickup(queue, messageId, reader);
        });
    }

    @Override
    public void withdrawPickup(Order order) {
        messageTable.withdrawPickup(sequences().of(order));
    }

    @Override
    public void deletePickupAcks(Order order) {
        messageTable.deletePickupAcks(sequences().of(order));
    }

    @Override
    public void requestConfirmation(Order order, long sequence, Instant at) {
        translateErrors(() -> {
            messageTable.requestConfirmation(sequences().of(order), sequences().of(sequence), at);
            return true;
        });
    }

    @Override
    public void recordConfirmationAttempt(String store, long position, Instant at) {
        translateErrors(() -> {
            writePending();
            return messageTable.recordConfirmationAttempt(store, position, at);
        });
    }

    @Override
    public boolean confirm(String store, long position, Instant at) {
        return translateErrors(() -> {
            writePending();
            return messageTable.confirm(store, position, at);
        });
    }

    @Override
    public void closeConfirmations(Order order, Instant at) {
        messageTable.closeConfirmations(sequences().of(order), at);
    }

    @Override
    public void save(UserId user, String key, Function<Sequences, StoredResponse> response, Instant at) {
        responses.add(new PendingResponse(user, key, response, at));
    }

    @Override
    public Optional<StoredResponse> findResponse(UserId user, String key) {
        if (responses.stream().anyMatch(pending -> pending.user.equals(user) && pending.key.equals(key))) {
            flushResponses();
        }
        return super.findResponse(user, key);
    }

    private void flushResponses() {
        responses.forEach(pending -> save(pending.user, pending.key, pending.response.apply(sequences()), pending.at));
        responses.clear();
    }

    @Override
    public void saveClientCheckpoint(ClientCheckpoint checkpoint) {
        translateErrors(() -> checkpoints.save(checkpoint));
    }

    @Override
    public void purgeClientCheckpoints(Instant before) {
        translateErrors(() -> checkpoints.purge(before));
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
        return lastSequence;
    }

    /// Writes what was added and changed and is not in the tables yet.
    @Override
    public void flush() {
        flushResponses();
        translateErrors(() -> {
            writePending();
            return true;
        });
    }

    private void writePending() throws SQLException {
        orders.flush();
        events.flush();
        messageTable.flush();
    }

    /// Keeps everything since the last commit, and returns the events among it.
    @Override
    public List<LogEntry> commit() throws SQLException {
        writePending();
        days.flush();
        if (lastSequence > committedSequence) { // so much comes in, so much may go out
            purgeBatch(PURGED_PER_EVENT * (int) (lastSequence - committedSequence));
            trustedTime.save(trustedNow());
        }
        var before = changes;
        changes = queryLong(totalChanges);
        changed = changes != before;
        statements.commit();
        commitNewestTime();
        committedSequence = lastSequence;
        var committed = uncommitted;
        uncommitted = new ArrayList<>();
        return committed;
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
        return queryLong(newestPosition) != committedSequence;
    }

    /// Deletes some of what is too old; true when there may be more.
    @Override
    public boolean purge() throws SQLException {
        return purgeBatch(PURGED_WHEN_IDLE);
    }

    /// The newest event stays, so that no position is ever given twice.
    private boolean purgeBatch(int eventsMax) throws SQLException {
        var isMore = messageRetention.purge(now(), eventsMax, lastSequence);
        if (orderRetention.isPresent()) {
            isMore |= orderRetention
                    .get()
                    .purge(now(), eventsMax, Math.min(messageRetention.lastSequence(), lastSequence - 1));
        }
        return isMore;
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
        lastSequence = committedSequence;
        rollbackDirectory();
        uncommitted.clear();
        responses.clear();
        stores.clearCache();
        messageTable.clearCache();
        orders.clearCache();
        events.clear();
        days.clear();
        statements.rollback();
    }

    @Override
    public void close() throws SQLException {
        statements.close();
    }

    private long loadLastSequence(Statements statements) throws SQLException {
        var newest = statements.prepare("SELECT position, received_at FROM event ORDER BY position DESC LIMIT 1");
        try (var rows = newest.executeQuery()) {
            if (!rows.next()) {
                return 0;
            }
            observeTime(Instant.ofEpochMilli(rows.getLong(2)));
            return rows.getLong(1);
        }
    }
}
