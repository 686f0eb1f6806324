package waybill.order;

/// An order in a list.
///
/// @param placedSequence the sequence of the event that placed it. Lists are sorted by it, and [OrderFilter] continues
///     one from it
public record ListedOrder(Order order, long placedSequence) {}
