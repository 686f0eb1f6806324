package waybill.journal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import waybill.directory.DirectoryWriter;
import waybill.messaging.ClientCheckpoint;
import waybill.messaging.Queue;
import waybill.messaging.Recipient;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;

/// The books, open in one transaction: what was written a moment ago is read back, and either all of it is kept or
/// none. A port: the domain owns it, `storage` fills it in. Used only inside a [Journal.Task], never kept beyond it.
///
/// Implementations agree on what `StoreContract` says and on nothing else.
public interface UnitOfWork extends DirectoryWriter {

    Optional<Order> findOrder(OrderId id);

    /// The order of this store that goes by that message id or, failing that, by that foreign id. What a customer calls
    /// an order is not looked at.
    Optional<Order> findByStoreReference(String store, String name);

    /// The order at this store that this customer calls so.
    Optional<Order> findByCustomerReference(String store, String customer, String name);

    /// Orders that a store or a customer gave that name, at most `max` of them.
    ///
    /// @param store whose orders; empty is any store's
    /// @param by the driver whose own orders are meant where `among` says so
    List<Order> findAllByReference(String name, Optional<String> store, ReferenceScope among, Actor by, int max);

    /// Which of the orders that share a name.
    enum ReferenceScope {
        /// Those that this driver has and that are not over.
        OWN_ACTIVE,
        /// Those that wait for a driver, by the name that their store gave.
        UNASSIGNED,
        /// All that are not over.
        ACTIVE,
        /// Those that this driver had, and that are over.
        OWN_ENDED,
        ALL
    }

    /// What the sender said when it placed the order.
    String loadPlacementPayload(Order order);

    /// How many orders that day has had until now, with this one.
    long nextOrderNumber(LocalDate day);

    /// Keeps the order as it stood after the event and appends the event to the log; returns its position there.
    /// `before` is the state until then, [OrderState#NEW] when the order is new.
    long append(OrderState before, Order next, OrderEvent event, Actor by, Instant occurredAt, Instant receivedAt);

    /// Appends what is not about one order; returns its position.
    long append(HubEvent event, Actor by, Instant occurredAt, Instant receivedAt);

    /// Puts the event at that position, which is the newest, into a queue.
    void enqueue(Queue queue, long position);

    /// Addresses the event at that position, which is the newest, to somebody.
    void enqueue(Recipient recipient, long position);

    /// Takes a letter out of a queue. False when it is not in it.
    boolean deleteMessage(Queue queue, String messageId);

    /// How many drivers may confirm one pickup. A confirmation beyond that is not kept: that driver is shown the pickup
    /// again.
    int PICKUP_ACKS_MAX = 1_000;

    /// Notes that this reader has the letter of a pickup and need not be shown it again. False when it does not wait
    /// for
    /// that reader, or was confirmed before.
    boolean acknowledgePickup(Queue queue, String messageId, Actor reader);

    /// Deletes which drivers have confirmed the pickup of an order: a driver has it now, or has it no more.
    void deletePickupAcks(Order order);

    /// Whether anything has ever been kept under the name of that store.
    boolean storeExists(String name);

    /// The store of the order must say that it has the event at that position.
    void requestConfirmation(Order order, long position, Instant at);

    /// The event was sent to that store once more.
    void recordConfirmationAttempt(String store, long position, Instant at);

    /// False when there is no such receipt, or it was acknowledged before.
    boolean confirm(String store, long position, Instant at);

    /// The receipts that are still asked for about this order do not matter any more.
    void closeConfirmations(Order order, Instant at);

    /// Saves how far the clients of a user are in a dialect, in the place of what was saved before.
    void saveClientCheckpoint(ClientCheckpoint checkpoint);

    /// Deletes the checkpoints that were saved before then.
    void purgeClientCheckpoints(Instant before);

    /// Remembers how far a relay has come.
    void saveRelayCheckpoint(String relay, long position);
}
