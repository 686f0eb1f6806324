package waybill.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.mailbox.Queue;

/// The books, open in one transaction: what was written a moment ago is read back, and either all of it is kept or
/// none.
/// A port: the domain owns it, `storage` fills it in. Used only inside a [Journal.Work], never kept beyond it.
///
/// Implementations agree on what `StoreContract` says and on nothing else.
public interface Ledger {

    /// The order of this store that goes by that message id or, failing that, by that foreign id.
    Optional<Order> named(String store, String name);

    /// Orders of any store that go by that name, at most `max` of them.
    List<Order> namedAnywhere(String name, int max);

    /// What the sender said when it placed the order.
    String placedPayload(Order order);

    /// Keeps the order as it now stands and appends what happened to it to the log; returns its position there.
    long append(Order next, OrderEvent event, Actor by, Instant occurredAt, Instant receivedAt);

    /// Puts the event at that position, which is the newest, into a queue.
    void post(Queue queue, long position);

    /// Takes a letter out of a queue. False when it is not in it.
    boolean remove(Queue queue, String messageId);

    /// Remembers how far a relay has come.
    void mark(String relay, long position);
}
