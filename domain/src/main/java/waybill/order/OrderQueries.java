package waybill.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads how orders stand, as committed. A port: the domain owns it, `storage` fills it in.
///
/// Implementations agree on what `StoreContract` says and on nothing else.
public interface OrderQueries {

    Optional<Order> findOrder(OrderId id);

    /// At most `filter.max()` orders, newest first.
    List<Order> listOrders(OrderFilter filter);

    /// At most `max` orders that still await acceptance although their time was up at `now`, the longest overdue first.
    List<Order> listOverdue(Instant now, int max);

    /// At most `max` active orders of which the newest event was received before that, the earliest placed first.
    List<Order> idleSince(Instant before, int max);

    /// When the next order is overdue, if any awaits acceptance with a deadline.
    Optional<Instant> findNextDeadline();
}
