package waybill.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.journal.LogEntry;
import waybill.journal.Read;
import waybill.journal.Sequences;
import waybill.journal.UnitOfWork;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.order.ListedOrder;
import waybill.order.NodeEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;

/// The orders and the events of the log, in a few collections.
abstract class InMemoryOrderWriter extends InMemoryDirectoryWriter implements UnitOfWork {

    /// In the sequence in which they were placed.
    final Map<OrderId, ListedOrder> orders = new LinkedHashMap<>();
    final List<LogEntry> events = new ArrayList<>();
    private final Map<LocalDate, Long> days = new HashMap<>();
    long committed; // the newest event before this transaction

    /// The sequences of the events of this transaction.
    final Sequences sequences() {
        return new Sequences(committed);
    }

    /// The order as tasks see it: what is not committed has provisional sequences.
    private Order provisional(Order order) {
        return order.lastSequence() <= committed ? order : order.withSequence(provisional(order.lastSequence()));
    }

    private long provisional(long sequence) {
        return sequence <= committed ? sequence : Sequences.provisional(sequence - committed);
    }

    final void copyOrdersTo(InMemoryOrderWriter copy) {
        copy.orders.putAll(orders);
        copy.events.addAll(events);
        copy.days.putAll(days);
        copy.committed = events.size();
    }

    @Override
    public Optional<Order> findOrder(OrderId id) {
        requireDeclared(new Read.OfOrder(id));
        return loadOrder(id);
    }

    final Stream<Order> orders() {
        return orders.values().stream().map(ListedOrder::order);
    }

    final Optional<Order> loadOrder(OrderId id) {
        return Optional.ofNullable(orders.get(id)).map(ListedOrder::order).map(this::provisional);
    }

    @Override
    public Optional<Order> findByStoreReference(String store, String name) {
        requireDeclared(new Read.OfStoreReference(store, name));
        return orders().filter(order -> order.store().equals(store))
                .filter(order -> order.messageId().equals(name)
                        || (order.foreignId().equals(name)
                                && order.foreignIdOwner().isEmpty()))
                .min(Comparator.comparing(order -> !order.messageId().equals(name)))
                .map(this::provisional);
    }

    @Override
    public Optional<Order> findByCustomerReference(String store, String customer, String name) {
        requireDeclared(new Read.OfCustomerReference(store, customer, name));
        return orders().filter(order ->
                        order.store().equals(store) && order.foreignId().equals(name))
                .filter(order -> order.foreignIdOwner().filter(customer::equals).isPresent())
                .findFirst()
                .map(this::provisional);
    }

    @Override
    public List<Order> findAllByReference(
            String name, Optional<String> store, ReferenceScope among, Actor by, int max) {
        requireReferenceDeclared(name);
        return orders().filter(order ->
                        order.messageId().equals(name) || order.foreignId().equals(name))
                .filter(order -> store.isEmpty() || store.get().equals(order.store()))
                .filter(order -> isInScope(order, among, by))
                .limit(max)
                .map(this::provisional)
                .toList();
    }

    private static boolean isInScope(Order order, ReferenceScope among, Actor by) {
        var isOwn = order.driver().filter(by::equals).isPresent();
        var isActive = order.state().isActive();
        return switch (among) {
            case OWN_ACTIVE -> isOwn && isActive;
            case UNASSIGNED ->
                order.driver().isEmpty()
                        && order.state() == OrderState.READY_FOR_PICKUP
                        && order.foreignIdOwner().isEmpty();
            case ACTIVE -> isActive;
            case OWN_ENDED -> isOwn && !isActive;
            case ALL -> true;
        };
    }

    @Override
    public boolean storeExists(String name) {
        return orders().anyMatch(order -> order.store().equals(name));
    }

    @Override
    public long nextOrderNumber(LocalDate day) {
        return days.merge(day, 1L, Long::sum);
    }

    @Override
    public long append(
            OrderState before, Order next, OrderEvent event, Actor by, Instant occurredAt, Instant receivedAt) {
        var position = events.size() + 1L;
        var order = next.withSequence(position);
        var former = orders.get(order.id());
        orders.put(order.id(), new ListedOrder(order, former == null ? position : former.placedSequence()));
        events.add(new LogEntry(position, order, before, event, by, occurredAt, receivedAt));
        observeTime(receivedAt);
        return Sequences.provisional(position - committed);
    }

    @Override
    public long append(HubEvent event, Actor by, Instant occurredAt, Instant receivedAt) {
        var position = events.size() + 1L;
        events.add(new LogEntry(position, null, OrderState.NEW, event, by, occurredAt, receivedAt));
        observeTime(receivedAt);
        return Sequences.provisional(position - committed);
    }

    @Override
    public long append(NodeEvent event, Actor by, Instant at) {
        var position = events.size() + 1L;
        events.add(new LogEntry(position, null, OrderState.NEW, event, by, at, at));
        observeTime(at);
        return Sequences.provisional(position - committed);
    }
}
