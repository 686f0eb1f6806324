package waybill.order;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An event of an order. A `document` is the JSON text that the sender wrote for this step. A change of state whose
/// sender repeats the order's own document ([OrderDetails#document]) has none.
public sealed interface OrderEvent extends Event {

    /// The document of an order or a step whose sender gave none.
    String NO_DOCUMENT = "";

    record Placed(OrderState initialState) implements OrderEvent {}

    record Paid(Money amount, String method) implements OrderEvent {}

    /// The order was assigned to a driver, possibly replacing another.
    record Assigned(Actor driver, @Nullable Actor previousDriverOrNone) implements OrderEvent {

        public Assigned(Actor driver) {
            this(driver, null);
        }

        public Optional<Actor> previousDriver() {
            return Optional.ofNullable(previousDriverOrNone);
        }
    }

    /// The state changed. `reason` is empty when none was given.
    record StateChanged(OrderState state, String reason, String document) implements OrderEvent {}

    /// Another driver continued with a parcel whose anonymous driver disconnected. It is stored but not published: the
    /// store knows already that its parcel is in transit.
    record DriverTakenOver(Actor driver, String document) implements OrderEvent {}

    /// The document of this step, or [#NO_DOCUMENT].
    default String document() {
        return switch (this) {
            case StateChanged(var _, var _, var document) -> document;
            case DriverTakenOver(var _, var document) -> document;
            case Placed _, Paid _, Assigned _ -> NO_DOCUMENT;
        };
    }

    /// The state that the event led to; empty when it leaves the state as it was.
    default Optional<OrderState> newState() {
        return switch (this) {
            case Placed(var state) -> Optional.of(state);
            case StateChanged(var state, var _, var _) -> Optional.of(state);
            case Paid _, Assigned _, DriverTakenOver _ -> Optional.empty();
        };
    }
}
