package waybill.cli.caps;

/// What an app has to tell its user.
public sealed interface ClientEvent {

    /// The line to the hub is up.
    record Connected(String hub) implements ClientEvent {}

    /// The line to the hub is down, or could not be made.
    record Disconnected(String reason) implements ClientEvent {}

    /// The hub does not let the app in, and will not before something about it is changed.
    record AccessDenied(String code, String reason) implements ClientEvent {}

    /// A store's order is on the hub's disk.
    record Placed(Parcel parcel) implements ClientEvent {}

    /// The hub refused a store's order for good.
    record PlacementFailed(Parcel parcel, String code, String message) implements ClientEvent {}

    /// A store's outbox is full, so it places no orders.
    record OutboxFull(int unacknowledged) implements ClientEvent {}

    /// A store heard that a driver has its parcel.
    record TransitNotified(Parcel parcel) implements ClientEvent {}

    /// A store heard that its parcel has been delivered.
    record DeliveryNotified(Parcel parcel) implements ClientEvent {}

    /// A driver is at a store's door.
    record PickingUp(Parcel parcel) implements ClientEvent {}

    /// A driver has a parcel, and the hub knows.
    record PickedUp(Parcel parcel) implements ClientEvent {}

    /// Another driver was first.
    record ClaimLost(Parcel parcel) implements ClientEvent {}

    /// A driver has delivered a parcel, and the hub knows.
    record Delivered(Parcel parcel) implements ClientEvent {}

    /// A driver has scanned a code at the door, and the hub has a parcel with it.
    record Scanned(String code) implements ClientEvent {}

    /// The hub refused something for good.
    record RequestFailed(String what, String code, String message) implements ClientEvent {}
}
