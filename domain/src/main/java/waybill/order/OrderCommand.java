package waybill.order;

/// Something that somebody wants to happen to an order. It may be refused. A `payload` is JSON text that the domain
/// carries and does not read.
public sealed interface OrderCommand {

    /// A new order, which is to begin as `initialState`: pending, or ready for pickup when a store has the parcel at
    /// hand.
    record Place(OrderId id, String foreignId, OrderState initialState, OrderDetails details, String payload)
            implements OrderCommand {

        public Place {
            if (initialState != OrderState.PENDING && initialState != OrderState.READY_FOR_PICKUP) {
                throw new IllegalArgumentException("as: " + initialState + " (expected: PENDING or READY_FOR_PICKUP)");
            }
        }
    }

    /// Some of what it costs, or all of it.
    record Pay(Money amount, String method) implements OrderCommand {}

    /// The store takes the order.
    record Accept() implements OrderCommand {}

    /// The store does not want the order.
    record Decline(String reason) implements OrderCommand {}

    /// Time is up for the store to accept.
    record Expire() implements OrderCommand {}

    record Prepare() implements OrderCommand {}

    record MarkReady() implements OrderCommand {}

    /// Somebody in charge gives it to a driver, who may be another than before.
    record Assign(Actor driver) implements OrderCommand {}

    /// A driver wants it. The first one gets it.
    record Claim(Actor driver) implements OrderCommand {}

    record PickUp() implements OrderCommand {}

    /// Its driver is on the way to the customer.
    record StartTransit() implements OrderCommand {}

    record Deliver() implements OrderCommand {}

    record Cancel(String reason) implements OrderCommand {}

    /// It cannot be delivered.
    record Fail(String reason) implements OrderCommand {}

    /// It is back at its store.
    record Return() implements OrderCommand {}

    /// A driver takes a parcel that is ready and leaves with it: claimed, picked up and in transit in one step.
    record CollectParcel(Actor driver, String payload) implements OrderCommand {}

    /// A driver has handed a parcel over, collected before or in the same step.
    record DeliverParcel(Actor driver, String payload) implements OrderCommand {}
}
