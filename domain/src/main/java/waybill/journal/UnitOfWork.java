package waybill.journal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import waybill.access.UserId;
import waybill.directory.DirectoryWriter;
import waybill.link.LinkWriter;
import waybill.messaging.ClientCheckpoint;
import waybill.messaging.QueueWriter;
import waybill.messaging.Recipient;
import waybill.notification.ReceiptWriter;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.order.NodeEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.outbound.JobWriter;
import waybill.outbound.WebhookWriter;

/// One transaction: it reads its own writes, and all of them are committed or none. A port: `storage` implements it.
/// Used only inside a [Journal.Task].
///
/// `StoreContract` tests what every implementation must do.
public interface UnitOfWork
        extends DirectoryWriter,
                QueueWriter,
                JobWriter,
                WebhookWriter,
                ReceiptWriter,
                LinkWriter,
                IntegrationWriter,
                LeaseWriter {

    Optional<Order> findOrder(OrderId id);

    /// The order of this store with that message id or, failing that, that foreign id. A customer's own reference
    /// does not match.
    Optional<Order> findByStoreReference(String store, String name);

    /// The order at this store with that reference of this customer.
    Optional<Order> findByCustomerReference(String store, String customer, String name);

    /// At most `max` orders with that reference of a store or a customer.
    ///
    /// @param store the store of the orders; empty for any
    /// @param by the driver that the `OWN_` scopes refer to
    List<Order> findAllByReference(String name, Optional<String> store, ReferenceScope among, Actor by, int max);

    /// Selects among orders with the same reference.
    enum ReferenceScope {
        /// Active orders of this driver.
        OWN_ACTIVE,
        /// Orders without a driver, by their store's reference.
        UNASSIGNED,
        ACTIVE,
        /// Ended orders of this driver.
        OWN_ENDED,
        ALL
    }

    /// The next order number of that day, from 1.
    long nextOrderNumber(LocalDate day);

    /// Saves the order after the event and appends the event to the log; returns its provisional sequence (see
    /// [Sequences]). `before` is the previous state, [OrderState#NEW] for a new order.
    long append(OrderState before, Order next, OrderEvent event, Actor by, Instant occurredAt, Instant receivedAt);

    /// The response to the user's request with that idempotency key, while it is retained. One that an earlier
    /// transaction of the same batch has saved is found too, although it is not rendered yet.
    Optional<PendingResponse> findResponse(UserId user, String key);

    /// Stores a response that is rendered with the sequences of the commit, and written with it.
    void save(UserId user, String key, PendingResponse response, Instant at);

    /// Appends an event that concerns no single order; returns its provisional sequence.
    long append(HubEvent event, Actor by, Instant occurredAt, Instant receivedAt);

    /// Appends an event for the nodes of the hub; returns its provisional sequence.
    long append(NodeEvent event, Actor by, Instant at);

    /// Addresses the newest event, which has this sequence, to a recipient.
    void enqueue(Recipient recipient, long sequence);

    /// Whether the store has ever had any data.
    boolean storeExists(String name);

    /// Requires the store of the order to confirm the event.
    void requestConfirmation(Order order, long sequence, Instant at);

    /// Counts one more attempt to send the event to the store.
    void recordConfirmationAttempt(String store, long sequence, Instant at);

    /// False when no such confirmation is pending.
    boolean confirm(String store, long sequence, Instant at);

    /// Closes the pending confirmations of this order.
    void closeConfirmations(Order order, Instant at);

    /// Saves the checkpoint of a user's clients in a dialect that are connected to a node, replacing the previous one.
    void saveClientCheckpoint(String node, ClientCheckpoint checkpoint);

    void purgeClientCheckpoints(Instant before);

    void saveRelayCheckpoint(String relay, long sequence);

    /// Saves what the hub has learnt about times, in the place of what was saved before.
    ///
    /// @param sequence the newest event that it has learnt from
    void saveEtaModel(long sequence, byte[] state);

    /// Stores a decision of dispatch about an order, as [waybill.dispatch.DecisionCodec] encodes it. Old ones are
    /// deleted.
    void saveDecision(OrderId order, long decidedAtMs, byte[] decision);
}
