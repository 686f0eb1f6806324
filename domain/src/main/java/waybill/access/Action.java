package waybill.access;

/// An action that [AccessTable] permits or denies.
public enum Action {
    /// Place an order: a customer for itself, a merchant for its store.
    PLACE_ORDER,

    /// Read an order: its state, history, tracking and track.
    VIEW_ORDER,

    /// Receive the events and positions of an order: join its room.
    SUBSCRIBE_TO_ORDER,

    /// List orders. The relation must hold for every listed order; it is none for a list of all orders.
    LIST_ORDERS,

    /// Confirm that an order is paid.
    CONFIRM_PAYMENT,

    /// Accept an order, as its store.
    ACCEPT,

    /// Decline an order, as its store.
    DECLINE,

    /// Begin to prepare an order.
    PREPARE,

    /// Mark an order ready for pickup.
    MARK_READY,

    /// Set when an order is ready and when it is delivered.
    SET_TIMES,

    /// Assign an order to a driver.
    ASSIGN_DRIVER,

    /// Claim an unassigned order, as a driver. Its driver may repeat the claim.
    CLAIM,

    /// Report that the driver has arrived at the store.
    ARRIVE_AT_PICKUP,

    /// Report that the driver has arrived at the customer.
    ARRIVE_AT_DROPOFF,
    /// Accept or decline the offer of an order, as a driver that is asked. Its driver may repeat the acceptance.
    ANSWER_OFFER,

    /// List the driver's own open offers.
    VIEW_OFFERS,

    /// Take an order from its driver before the pickup: a driver its own.
    HAND_BACK,

    /// Report that the driver has picked the order up.
    PICK_UP,

    /// Report that the order is in transit.
    START_TRANSIT,

    /// Report that the order is delivered.
    DELIVER,

    /// Say at the placement which proofs an order requires.
    REQUIRE_PROOF,

    /// Record a proof of the delivery.
    RECORD_PROOF,

    /// Read the proofs of an order and their images, and export them.
    VIEW_PROOF,

    /// Report that the order could not be delivered.
    FAIL,

    /// Report that an undeliverable order is back at its store.
    RETURN,

    /// Cancel an order.
    CANCEL,

    /// Create a public link to an order, or revoke its links.
    SHARE_ORDER,

    /// Report the driver's own position. If the report names an order, the driver must be that order's driver.
    REPORT_POSITION,

    /// Create, list and delete the keys under which apps report a driver's positions.
    MANAGE_TRACKERS,

    /// Receive the positions of one driver, whatever the order.
    SUBSCRIBE_TO_DRIVER,

    /// List drivers and their positions.
    VIEW_DRIVERS,

    /// Open or close a business.
    SET_BUSINESS_STATUS,

    /// Read the products and prices of a store.
    VIEW_PRODUCTS,

    /// Set the products, the prices and the images of a store.
    SET_PRODUCTS,

    /// Set the status and the shift of a driver: a driver its own.
    SET_DRIVER_STATUS,

    /// Create a coupon for all customers.
    CREATE_COUPON,

    /// Send a notification to a user.
    SEND_NOTIFICATION,

    /// Emit an event of a backend's own to clients.
    EMIT,

    /// Register or remove a push device of the user's own.
    REGISTER_DEVICE,

    /// List the queues of a store and their subscribers.
    VIEW_QUEUES,

    /// Read the event log of a store, or, without a relation, of all stores.
    VIEW_LOG,

    /// Replay the recorded events and positions of all orders.
    REPLAY_EVENTS,

    /// Read the number of connected sockets and the hub's own metrics.
    VIEW_SOCKETS,

    /// Read whether a user is connected, and on what.
    VIEW_PRESENCE,

    /// List the alerts of the hub.
    VIEW_ALERTS,

    /// Read how far ETAs were off.
    VIEW_CALIBRATION,

    /// Read the orders of the last day and the load of the last hour.
    VIEW_ANALYTICS,

    /// Read the metrics endpoint.
    VIEW_METRICS,

    /// Create, change and delete the addresses that webhooks are sent to, and see what was sent to them.
    MANAGE_WEBHOOKS,

    /// List the webhooks, push messages and e-mails of the hub.
    VIEW_JOBS,

    /// Send one of them that has failed again.
    REPLAY_JOBS,

    /// Revoke a user's tokens and disconnect the user.
    REVOKE_USER,

    /// Read missed events from the user's own mailbox.
    SYNC
}
