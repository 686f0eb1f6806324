package waybill.journal;

import waybill.order.Order;

/// The sequences that the events of a batch got when it was committed.
///
/// Inside its transaction an event has a provisional sequence, a negative number, because the log gives sequences
/// to a whole batch at its commit. An order that was changed in the batch has that of its newest event.
///
/// @param before the newest sequence before those of the batch
public record Sequences(long before) {

    /// The provisional sequence of the `n`-th event of a batch, from 1.
    public static long provisional(long n) {
        return -n;
    }

    /// The sequence of an event; one that was committed before, and 0 for none, stay as they are.
    public long of(long sequence) {
        return sequence < 0 ? before - sequence : sequence;
    }

    /// The order with the sequence of its newest event.
    public Order of(Order order) {
        return order.lastSequence() < 0 ? order.withSequence(of(order.lastSequence())) : order;
    }
}
