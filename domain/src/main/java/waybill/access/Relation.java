package waybill.access;

/// How a user is related to an order, a store or a driver.
public enum Relation {
    NONE,

    /// The user ordered it.
    CUSTOMER,

    /// It belongs to the user's store, or is that store.
    STORE,

    /// It is assigned to the user as its driver, or is the user as a driver.
    DRIVER
}
