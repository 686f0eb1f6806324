package waybill.order;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import waybill.directory.Register;
import waybill.mailbox.Checkpoint;
import waybill.mailbox.Queue;
import waybill.mailbox.Recipient;

/// The books, open in one transaction: what was written a moment ago is read back, and either all of it is kept or
/// none. A port: the domain owns it, `storage` fills it in. Used only inside a [Journal.Work], never kept beyond it.
///
/// Implementations agree on what `StoreContract` says and on nothing else.
public interface Ledger extends Register {

    Optional<Order> byId(OrderId id);

    /// The order of this store that goes by that message id or, failing that, by that foreign id. What a customer calls
    /// an order is not looked at.
    Optional<Order> named(String store, String name);

    /// The order at this store that this customer calls so.
    Optional<Order> namedByCustomer(String store, String customer, String name);

    /// Orders that a store or a customer gave that name, at most `max` of them.
    ///
    /// @param store whose orders; empty is any store's
    /// @param by the driver whose own orders are meant where `among` says so
    List<Order> namesakes(String name, Optional<String> store, Among among, Actor by, int max);

    /// Which of the orders that share a name.
    enum Among {
        /// Those that this driver has and that are not over.
        OWN,
        /// Those that wait for a driver, by the name that their store gave.
        WAITING,
        /// All that are not over.
        ACTIVE,
        /// Those that this driver had, and that are over.
        OWN_ENDED,
        ALL
    }

    /// What the sender said when it placed the order.
    String placedPayload(Order order);

    /// How many orders that day has had until now, with this one.
    long nextOf(LocalDate day);

    /// Keeps the order as it stood after the event and appends the event to the log; returns its position there.
    /// `before` is the state until then, [OrderState#NEW] when the order is new.
    long append(OrderState before, Order next, OrderEvent event, Actor by, Instant occurredAt, Instant receivedAt);

    /// Appends what is not about one order; returns its position.
    long append(HubEvent event, Actor by, Instant occurredAt, Instant receivedAt);

    /// Puts the event at that position, which is the newest, into a queue.
    void post(Queue queue, long position);

    /// Addresses the event at that position, which is the newest, to somebody.
    void post(Recipient recipient, long position);

    /// Takes a letter out of a queue. False when it is not in it.
    boolean remove(Queue queue, String messageId);

    /// How many drivers may confirm one pickup. A confirmation beyond that is not kept: that driver is shown the pickup
    /// again.
    int CONFIRMATIONS_MAX = 1_000;

    /// Notes that this reader has the letter of a pickup and need not be shown it again. False when it does not wait
    /// for
    /// that reader, or was confirmed before.
    boolean confirmPickup(Queue queue, String messageId, Actor reader);

    /// Deletes which drivers have confirmed the pickup of an order: a driver has it now, or has it no more.
    void forgetConfirmations(Order order);

    /// Whether anything has ever been kept under the name of that store.
    boolean isStore(String name);

    /// The store of the order must say that it has the event at that position.
    void askReceipt(Order order, long position, Instant at);

    /// The event was sent to that store once more.
    void noteSent(String store, long position, Instant at);

    /// False when there is no such receipt, or it was acknowledged before.
    boolean acknowledge(String store, long position, Instant at);

    /// The receipts that are still asked for about this order do not matter any more.
    void closeReceipts(Order order, Instant at);

    /// Saves how far the clients of a user are in a dialect, in the place of what was saved before.
    void saveCheckpoint(Checkpoint checkpoint);

    /// Deletes the checkpoints that were saved before then.
    void purgeCheckpoints(Instant before);

    /// Remembers how far a relay has come.
    void mark(String relay, long position);
}
