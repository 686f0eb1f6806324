package waybill.order;

/// Something that somebody wants to happen to an order. It may be refused. `payload` is JSON text that the domain
/// carries and does not read.
public sealed interface OrderCommand {

    /// A parcel is ready at its store.
    record Place(OrderId id, String foreignId, String payload) implements OrderCommand {}

    /// A driver takes the parcel.
    record Collect(String payload) implements OrderCommand {}

    /// A driver has handed the parcel over.
    record Deliver(String payload) implements OrderCommand {}

    /// A driver reads the code on the parcel at the door. The same as [Deliver], with what its sender said of it.
    record Scan() implements OrderCommand {}
}
