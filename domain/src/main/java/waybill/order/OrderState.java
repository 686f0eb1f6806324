package waybill.order;

/// Where an order is in its life. How it gets from one to the next is in [OrderMachine].
public enum OrderState {
    /// Nobody has placed it yet.
    NEW,
    READY_FOR_PICKUP,
    IN_TRANSIT,
    DELIVERED
}
