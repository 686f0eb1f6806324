package waybill.storage.sql;

import static waybill.storage.sql.Statements.translateErrors;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import waybill.journal.AppendListener;
import waybill.journal.LogEntry;
import waybill.journal.Read;
import waybill.messaging.Queue;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.order.EmitTarget;
import waybill.order.HubEvent;
import waybill.order.NodeEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;

/// The orders and the events of the log, on the writing connection. Belongs to the journal's thread.
///
/// Orders, events and messages wait in memory and are written in one round, before the commit or before a statement
/// that may concern them: the number of statements does not grow with the number of tasks in a batch.
abstract class SqlOrderWriter extends SqlDirectoryWriter {

    final MessageTable messages;
    final ConfirmationTable confirmations;
    final DailySequence days;
    final UncommittedEvents uncommitted;
    final InternedNames stores;
    private final OrderTable orders;
    private final EventTable events;
    private final AppendListener appendListener;
    private final OrderWordIndex words;
    private Set<Read> reads = Set.of();

    SqlOrderWriter(Statements statements, TrustedClock clock, AppendListener appendListener) throws SQLException {
        super(statements, clock);
        this.appendListener = appendListener;
        stores = InternedNames.forStores(statements);
        orders = new OrderTable(statements, stores);
        messages = new MessageTable(statements, stores);
        confirmations = new ConfirmationTable(statements, stores);
        days = new DailySequence(statements);
        events = new EventTable(statements);
        words = new OrderWordIndex(statements, stores);
        uncommitted = new UncommittedEvents(loadLastSequence(statements));
    }

    /// Loads in one round what the transactions of a batch are about to read.
    public void load(Set<Read> ofBatch) {
        reads = ofBatch;
        loadDirectory(ofBatch);
        translateErrors(() -> {
            stores.load(ofBatch.stream().flatMap(SqlOrderWriter::storeOf).toList());
            orders.load(ofBatch);
            loadMessages(ofBatch);
            confirmations.load(ofBatch);
            return true;
        });
    }

    private static Stream<String> storeOf(Read read) {
        return switch (read) {
            case Read.OfStoreReference(var store, var _) -> Stream.of(store);
            case Read.OfReferenceElsewhere(var store, var _) -> Stream.of(store);
            case Read.OfMessage(var queue, var _) -> Stream.of(queue.store());
            case Read.OfPickup(var store, var _, var _) -> Stream.ofNullable(store);
            case Read.OfBusiness(var store) -> Stream.of(store);
            case Read.OfOrder _,
                    Read.OfCustomerReference _,
                    Read.OfReference _,
                    Read.OfProduct _,
                    Read.OfPerson _,
                    Read.OfContact _,
                    Read.OfDriver _,
                    Read.OfResponse _,
                    Read.OfConfirmation _ -> Stream.empty();
        };
    }

    @Override
    final Contacts contacts() {
        return new BatchContacts(reads, orders);
    }

    private void loadMessages(Set<Read> ofBatch) throws SQLException {
        var keys = new ArrayList<MessageTable.Key>();
        for (var read : ofBatch) {
            switch (read) {
                case Read.OfMessage(var queue, var id) -> keys.add(new MessageTable.Key(queue, id, null));
                case Read.OfPickup pickup -> {
                    for (var store : storesOf(pickup)) {
                        var queue = new Queue(store, Topic.PICKUP);
                        keys.add(new MessageTable.Key(queue, pickup.messageId(), pickup.driver()));
                    }
                }
                case Read.OfOrder _,
                        Read.OfStoreReference _,
                        Read.OfReferenceElsewhere _,
                        Read.OfCustomerReference _,
                        Read.OfReference _,
                        Read.OfBusiness _,
                        Read.OfProduct _,
                        Read.OfPerson _,
                        Read.OfContact _,
                        Read.OfDriver _,
                        Read.OfResponse _,
                        Read.OfConfirmation _ -> {}
            }
        }
        messages.load(keys);
    }

    /// The store of a pickup, or those of the orders with its reference.
    private Set<String> storesOf(Read.OfPickup pickup) throws SQLException {
        var store = pickup.storeOrNone();
        return store != null && stores.findId(store).isPresent() ? Set.of(store) : orders.storesOf(pickup.messageId());
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
            Topic.of(event).ifPresent(topic -> messages.onEvent(order, topic));
            if (before == OrderState.NEW) {
                orders.insert(order, event, store);
                words.onAdded();
            } else {
                if (isReady(event) && messages.isPickupChanging(rowOf(order))) {
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

    private static boolean isReady(OrderEvent event) {
        return event.newState().filter(OrderState.READY_FOR_PICKUP::equals).isPresent();
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
        confirmations.flush();
    }

    /// Indexes the words of the next orders, if it is time. True when there are more.
    final boolean indexWords() throws SQLException {
        return words.indexStep();
    }

    /// The transaction was committed.
    final void endOrderBatch() {
        reads = Set.of();
        orders.clearLoaded();
        messages.clearLoaded();
    }

    /// The transaction was rolled back.
    final void rollbackOrders() throws SQLException {
        words.rollback();
        uncommitted.rollback();
        stores.clearCache();
        messages.clearCache();
        confirmations.clearCache();
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
