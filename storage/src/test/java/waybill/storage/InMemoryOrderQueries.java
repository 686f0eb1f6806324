package waybill.storage;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import waybill.order.ListedOrder;
import waybill.order.Order;
import waybill.order.OrderFilter;
import waybill.order.OrderId;
import waybill.order.OrderMatches;
import waybill.order.OrderQueries;
import waybill.order.OrderSearch;

/// The orders of the store in memory.
///
/// @param committed the newest version of everything
record InMemoryOrderQueries(Supplier<InMemoryUnitOfWork> committed) implements OrderQueries {

    @Override
    public Optional<Order> findOrder(OrderId id) {
        return committed.get().findOrder(id).map(Order::withoutDocument);
    }

    @Override
    public List<ListedOrder> listOrders(OrderFilter filter) {
        return ordersOf(filter)
                .limit(filter.max())
                .map(listed -> new ListedOrder(listed.order().withoutDocument(), listed.placedSequence()))
                .toList();
    }

    @Override
    public OrderMatches search(OrderSearch search, OrderFilter filter) {
        var found = ordersOf(filter)
                .filter(listed -> search.matches(listed.order()))
                .limit(filter.max())
                .map(listed -> new OrderMatches.Match(listed.order().id(), listed.placedSequence()))
                .toList();
        return found.size() < filter.max()
                ? new OrderMatches(found, false, 0)
                : new OrderMatches(found, true, found.getLast().placedSequence());
    }

    private Stream<ListedOrder> ordersOf(OrderFilter filter) {
        return List.copyOf(committed.get().orders.values()).reversed().stream()
                .filter(listed -> listed.placedSequence() < filter.placedBefore())
                .filter(listed -> filter.includes(listed.order()));
    }

    @Override
    public List<Order> listOverdue(Instant now, int max) {
        return awaitingAcceptance()
                .filter(order -> !order.acceptBy().orElseThrow().isAfter(now))
                .limit(max)
                .map(Order::withoutDocument)
                .toList();
    }

    @Override
    public List<Order> idleSince(Instant before, int max) {
        var books = committed.get();
        return books.orders()
                .filter(order -> order.state().isActive())
                .filter(order -> books.events
                        .get((int) order.lastSequence() - 1)
                        .receivedAt()
                        .isBefore(before))
                .limit(max)
                .map(Order::withoutDocument)
                .toList();
    }

    private Stream<Order> awaitingAcceptance() {
        return committed
                .get()
                .orders()
                .filter(order ->
                        order.state().awaitsAcceptance() && order.acceptBy().isPresent())
                .sorted(Comparator.comparing(order -> order.acceptBy().orElseThrow()));
    }
}
