package waybill.cli.caps;

/// What an app has to tell its user.
public sealed interface News {

    /// The line to the hub is up.
    record Connected(String hub) implements News {}

    /// The line to the hub is down, or could not be made.
    record Disconnected(String reason) implements News {}

    /// The hub does not let the app in, and will not before something about it is changed.
    record TurnedAway(String code, String reason) implements News {}

    /// A store's order is on the hub's disk.
    record Placed(Parcel parcel) implements News {}

    /// The hub refused a store's order for good.
    record NotPlaced(Parcel parcel, String code, String message) implements News {}

    /// A store's outbox is full, so it places no orders.
    record Held(int unacknowledged) implements News {}

    /// A store heard that a driver has its parcel.
    record OnItsWay(Parcel parcel) implements News {}

    /// A store heard that its parcel has been delivered.
    record Arrived(Parcel parcel) implements News {}

    /// A driver is at a store's door.
    record PickingUp(Parcel parcel) implements News {}

    /// A driver has a parcel, and the hub knows.
    record PickedUp(Parcel parcel) implements News {}

    /// Another driver was first.
    record Lost(Parcel parcel) implements News {}

    /// A driver has delivered a parcel, and the hub knows.
    record Delivered(Parcel parcel) implements News {}

    /// A driver has scanned a code at the door, and the hub has a parcel with it.
    record Scanned(String code) implements News {}

    /// The hub refused something for good.
    record Refused(String what, String code, String message) implements News {}
}
