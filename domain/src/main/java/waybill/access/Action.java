package waybill.access;

/// What somebody may want to do. Who may is in [AccessTable].
public enum Action {
    /// Place an order: a customer's own, or one of one's store.
    PLACE_ORDER,

    /// Read an order: its state, history, tracking and track.
    VIEW_ORDER,

    /// Be told what happens to an order, positions included: enter its room.
    SUBSCRIBE_TO_ORDER,

    /// List orders. Asked with a relation to all that are listed: none, for a list of everybody's.
    LIST_ORDERS,

    /// Say that an order is paid.
    CONFIRM_PAYMENT,

    /// Take an order on, as its store.
    ACCEPT,

    /// Turn an order down, as its store.
    DECLINE,

    /// Begin to prepare an order.
    PREPARE,

    /// Say that an order may be fetched.
    MARK_READY,

    /// Give an order to a driver.
    ASSIGN_DRIVER,

    /// Take an order that no driver has, as its driver. One that has it may say so again.
    CLAIM,

    /// Say that the driver has the order with them.
    PICK_UP,

    /// Say that the order is on its way.
    START_TRANSIT,

    /// Say that the order was handed over.
    DELIVER,

    /// Say that the order could not be handed over.
    FAIL,

    /// Say that an order which could not be handed over is back at its store.
    RETURN,

    /// Call an order off.
    CANCEL,

    /// Say where one is, as a driver. Who names an order with it must be that order's driver.
    REPORT_POSITION,

    /// Be told where one driver goes, whatever the order.
    SUBSCRIBE_TO_DRIVER,

    /// See who drives, and where.
    VIEW_DRIVERS,

    /// Open or close a business.
    SET_BUSINESS_STATUS,

    /// Read what a store sells, and at which prices.
    VIEW_PRODUCTS,

    /// Say what a store sells, and at which prices.
    SET_PRODUCTS,

    /// Say whether one drives just now.
    SET_DRIVER_STATUS,

    /// Make an offer to all customers.
    CREATE_COUPON,

    /// Send a notification to a user.
    SEND_NOTIFICATION,

    /// Name a device of one's own to push to, or take it back.
    REGISTER_DEVICE,

    /// See what waits in a store's queues, and who listens.
    VIEW_QUEUES,

    /// Read the event log of a store; with no relation, that of all.
    VIEW_LOG,

    /// See how many are connected, and the hub's own figures.
    VIEW_SOCKETS,

    /// Read what the hub measures of itself.
    VIEW_METRICS,

    /// Make a user's tokens worthless and disconnect them.
    REVOKE_USER,

    /// Read what was missed out of one's own mailbox.
    SYNC
}
