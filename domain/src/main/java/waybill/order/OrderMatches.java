package waybill.order;

import java.util.List;

/// A page of the orders that a search has found, newest first. The search may end before the page is full, since it
/// looks at a limited number of orders; then it continues where it ended.
///
/// @param hasMore whether there may be more
/// @param nextPlacedBefore where the next page starts, see [OrderFilter]
public record OrderMatches(List<Match> matches, boolean hasMore, long nextPlacedBefore) {

    /// An order that was found.
    ///
    /// @param placedSequence the sequence of the event that placed it, as in [ListedOrder]
    public record Match(OrderId order, long placedSequence) {}

    public static final OrderMatches NONE = new OrderMatches(List.of(), false, 0);

    public OrderMatches {
        matches = List.copyOf(matches);
    }
}
