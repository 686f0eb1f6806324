package waybill.messaging;

/// What the letters of a queue tell of.
public enum Topic {
    /// A parcel waits at its store. Addressed to the drivers.
    PICKUP,

    /// A driver has the parcel. Addressed to the store.
    IN_TRANSIT,

    /// The parcel is at its door. Addressed to the store.
    DELIVERED;

    /// True when any driver may read and take the letter, whatever its store.
    public boolean isForDrivers() {
        return switch (this) {
            case PICKUP -> true;
            case IN_TRANSIT, DELIVERED -> false;
        };
    }
}
