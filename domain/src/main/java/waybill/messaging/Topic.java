package waybill.messaging;

/// The kind of events in a queue.
public enum Topic {
    /// A parcel is ready at its store. Addressed to the drivers.
    PICKUP,

    /// A driver has the parcel. Addressed to the store.
    IN_TRANSIT,

    /// The parcel was delivered. Addressed to the store.
    DELIVERED;

    /// Whether any driver may read and acknowledge the message, whatever its store.
    public boolean isForDrivers() {
        return switch (this) {
            case PICKUP -> true;
            case IN_TRANSIT, DELIVERED -> false;
        };
    }
}
