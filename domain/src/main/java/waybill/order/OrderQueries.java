package waybill.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads the committed state of orders. A port: `storage` implements it.
///
/// Its orders come without the documents of their senders ([OrderDetails#document]): a list of orders stays short
/// however much each sender wrote, and only what reads the log renders a document.
///
/// `StoreContract` tests what every implementation must do.
public interface OrderQueries {

    Optional<Order> findOrder(OrderId id);

    /// At most `filter.max()` orders, newest first.
    List<ListedOrder> listOrders(OrderFilter filter);

    /// The orders among those of the filter that `search` finds, newest first. Throws
    /// [waybill.journal.UnavailableException] while the words of earlier orders are not stored yet.
    OrderMatches search(OrderSearch search, OrderFilter filter);

    /// At most `max` orders that still await acceptance after their deadline at `now`, the longest overdue first.
    List<Order> listOverdue(Instant now, int max);

    /// At most `max` active orders whose newest event was received before `before`, the earliest placed first.
    List<Order> idleSince(Instant before, int max);
}
