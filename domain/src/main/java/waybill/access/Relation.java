package waybill.access;

/// What somebody has to do with an order, or with whatever else is asked about.
public enum Relation {
    /// Nothing.
    NONE,

    /// It was ordered by them.
    CUSTOMER,

    /// It is their store's, or their store.
    STORE,

    /// It was given to them as a driver, or is themselves as one.
    DRIVER
}
