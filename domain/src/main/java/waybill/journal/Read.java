package waybill.journal;

import org.jspecify.annotations.Nullable;
import waybill.access.UserId;
import waybill.messaging.Queue;
import waybill.order.Actor;
import waybill.order.OrderId;

/// One thing that a [Transaction] reads. It is declared before the transaction runs, so that a store loads what all
/// transactions of a batch read in one round.
public sealed interface Read {

    /// An order by its id.
    record OfOrder(OrderId id) implements Read {}

    /// An order by the reference of its store.
    record OfStoreReference(String store, String name) implements Read {}

    /// An order by the reference of a customer at that store.
    record OfCustomerReference(String store, String customer, String name) implements Read {}

    /// All orders with that reference of a store or a customer.
    record OfReference(String name) implements Read {}

    /// All orders with that reference, if the store has none with it.
    record OfReferenceElsewhere(String store, String name) implements Read {}

    record OfBusiness(String store) implements Read {}

    record OfProduct(String store, String id) implements Read {}

    record OfPerson(UserId user) implements Read {}

    /// How a user can be sent a message: by its e-mail address, and to its devices.
    record OfContact(UserId user) implements Read {}

    /// The status of a driver.
    record OfDriver(String driver) implements Read {}

    /// The stored response to a request.
    record OfResponse(UserId user, String key) implements Read {}

    /// A message to a store, by the id of its order.
    record OfMessage(Queue queue, String messageId) implements Read {}

    /// The pickup of an order, and whether a driver has acknowledged it.
    ///
    /// @param storeOrNone the store of the order; if it is none or not a store, the pickups of all orders with that
    ///     reference are read
    record OfPickup(@Nullable String storeOrNone, String messageId, Actor driver) implements Read {}

    /// Whether a store has yet to confirm the event with that sequence.
    record OfConfirmation(String store, long sequence) implements Read {}
}
