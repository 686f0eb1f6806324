package waybill.cli.caps;

/// An event that an app reports to its user.
public sealed interface ClientEvent {

    /// The connection to the hub is established.
    record Connected(String hub) implements ClientEvent {}

    /// The connection to the hub was lost or could not be made.
    record Disconnected(String reason) implements ClientEvent {}

    /// The hub rejects the app until its token or its configuration changes.
    record AccessDenied(String code, String reason) implements ClientEvent {}

    /// A store's order is on the hub's disk.
    record Placed(Parcel parcel) implements ClientEvent {}

    /// The hub rejected a store's order permanently.
    record PlacementFailed(Parcel parcel, String code, String message) implements ClientEvent {}

    /// A store's outbox is full, so it places no orders.
    record OutboxFull(int unacknowledged) implements ClientEvent {}

    /// A store was notified that a driver has its parcel.
    record TransitNotified(Parcel parcel) implements ClientEvent {}

    /// A store was notified that its parcel is delivered.
    record DeliveryNotified(Parcel parcel) implements ClientEvent {}

    /// A driver is picking up a parcel.
    record PickingUp(Parcel parcel) implements ClientEvent {}

    /// The hub has confirmed that a driver has a parcel.
    record PickedUp(Parcel parcel) implements ClientEvent {}

    /// Another driver claimed the parcel first.
    record ClaimLost(Parcel parcel) implements ClientEvent {}

    /// The hub has confirmed a delivery.
    record Delivered(Parcel parcel) implements ClientEvent {}

    /// The hub has accepted a scanned code as a delivery.
    record Scanned(String code) implements ClientEvent {}

    /// The hub rejected a request permanently.
    record RequestFailed(String what, String code, String message) implements ClientEvent {}
}
