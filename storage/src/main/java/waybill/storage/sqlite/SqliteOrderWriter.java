package waybill.storage.sqlite;

import static waybill.storage.sql.Statements.translateErrors;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.journal.AppendListener;
import waybill.journal.LogEntry;
import waybill.journal.Read;
import waybill.journal.UnitOfWork;
import waybill.order.Actor;
import waybill.order.EmitTarget;
import waybill.order.HubEvent;
import waybill.order.NodeEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.storage.sql.DailySequence;
import waybill.storage.sql.EventTable;
import waybill.storage.sql.InternedNames;
import waybill.storage.sql.MessageTable;
import waybill.storage.sql.OrderTable;
import waybill.storage.sql.Statements;
import waybill.storage.sql.TrustedClock;

/// The orders and the events of the log, on the writing connection. Belongs to the journal's thread.
///
/// Orders, events and messages wait in memory and are written in one round, before the commit or before a statement
/// that may concern them: the number of statements does not grow with the number of tasks in a batch.
abstract class SqliteOrderWriter extends SqliteDirectoryWriter implements UnitOfWork {

    final MessageTable messages;
    final DailySequence days;
    final UncommittedEvents uncommitted;
    private final InternedNames stores;
    private final OrderTable orders;
    private final EventTable events;
    private final AppendListener appendListener;
    private final OrderWordIndex words;

    SqliteOrderWriter(Statements statements, TrustedClock clock, AppendListener appendListener) throws SQLException {
        super(statements, clock);
        this.appendListener = appendListener;
        stores = InternedNames.forStores(statements);
        orders = new OrderTable(statements, stores);
        messages = new MessageTable(statements, stores);
        days = new DailySequence(statements);
        events = new EventTable(statements);
        words = new OrderWordIndex(statements, stores);
        uncommitted = new UncommittedEvents(loadLastSequence(statements));
    }

    /// Loads in one round what the transactions of a batch are about to read.
    public final void load(Set<Read> reads) {
        translateErrors(() -> {
            orders.load(reads);
            return true;
        });
    }

    @Override
    public Optional<Order> findOrder(OrderId id) {
        return translateErrors(() -> orders.findOrder(id)).map(uncommitted::provisional);
    }

    @Override
    public Optional<Order> findByStoreReference(String store, String name) {
        return translateErrors(() -> orders.findByStoreReference(store, name)).map(uncommitted::provisional);
    }

    @Override
    public Optional<Order> findByCustomerReference(String store, String customer, String name) {
        return translateErrors(() -> orders.findByCustomerReference(store, customer, name))
                .map(uncommitted::provisional);
    }

    @Override
    public List<Order> findAllByReference(
            String name, Optional<String> store, ReferenceScope among, Actor by, int max) {
        return translateErrors(() -> orders.findAllByReference(name, store, among, by, max)).stream()
                .map(uncommitted::provisional)
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
            var position = uncommitted.nextSequence();
            var order = next.withSequence(position);
            var store = stores.findOrCreateId(order.store());
            if (before == OrderState.NEW) {
                orders.insert(order, event, store);
                words.onAdded();
            } else {
                if (event.newState().isPresent() && messages.isPickupChanging(rowOf(order))) {
                    writePending(); // what is withdrawn is the pickup until now
                }
                orders.update(order, event);
            }
            if (event instanceof OrderEvent.ProofRecorded(var proof)
                    && proof.evidence().imageOrNone() != null) {
                blobs.add(rowOf(order), proof.evidence().imageOrNone());
            }
            return append(
                    new LogEntry(position, order, before, event, by, occurredAt, receivedAt), rowOf(order), store);
        });
    }

    @Override
    public long append(HubEvent event, Actor by, Instant occurredAt, Instant receivedAt) {
        return translateErrors(() -> append(
                new LogEntry(uncommitted.nextSequence(), null, OrderState.NEW, event, by, occurredAt, receivedAt),
                null,
                storeIdOf(event)));
    }

    @Override
    public long append(NodeEvent event, Actor by, Instant at) {
        return translateErrors(() ->
                append(new LogEntry(uncommitted.nextSequence(), null, OrderState.NEW, event, by, at, at), null, null));
    }

    private @Nullable Long storeIdOf(HubEvent event) throws SQLException {
        return switch (event) {
            case HubEvent.BusinessStatusChanged changed -> stores.findOrCreateId(changed.store());
            case HubEvent.BackendEmitted(EmitTarget.OrderParties parties, var _, var _) ->
                stores.findOrCreateId(parties.store());
            case HubEvent.DriverStatusChanged _,
                    HubEvent.UserNotified _,
                    HubEvent.CouponCreated _,
                    HubEvent.BackendEmitted _,
                    HubEvent.AlertOpened _,
                    HubEvent.AlertCleared _ -> null;
        };
    }

    private long append(LogEntry entry, @Nullable Long orderRow, @Nullable Long store) throws SQLException {
        events.add(entry, orderRow, store);
        observeTime(entry.receivedAt());
        var sequence = uncommitted.add(entry);
        appendListener.onAppend(this, entry);
        return sequence;
    }

    final long rowOf(Order order) {
        return translateErrors(() -> orders.requireRow(order.id()));
    }

    final void writePending() throws SQLException {
        orders.flush();
        events.flush();
        messages.flush();
    }

    /// Indexes the words of the next orders, if it is time. True when there are more.
    final boolean indexWords() throws SQLException {
        return words.indexStep();
    }

    /// The transaction was rolled back.
    final void rollbackOrders() {
        words.rollback();
        uncommitted.rollback();
        stores.clearCache();
        messages.clearCache();
        orders.clearCache();
        events.clear();
        days.clear();
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
