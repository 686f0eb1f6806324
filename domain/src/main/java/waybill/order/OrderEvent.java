package waybill.order;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.messaging.Topic;

/// An event of an order.
public sealed interface OrderEvent extends Event {

    /// The payload of an event whose sender gave none.
    String NO_PAYLOAD = "";

    /// The order was placed. `payload` is the sender's JSON text, or [#NO_PAYLOAD].
    record Placed(OrderState initialState, String payload) implements OrderEvent {}

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

    /// The state changed. `reason` is empty when none was given; `payload` is as in [#payload].
    record StateChanged(OrderState state, String reason, String payload) implements OrderEvent {}

    /// Another driver continued with a parcel whose anonymous driver disconnected. It is stored but not published: the
    /// store knows already that its parcel is in transit.
    record DriverTakenOver(Actor driver, String payload) implements OrderEvent {}

    /// The payload sent on `/caps`: JSON text as its sender wrote it, or [#NO_PAYLOAD].
    default String payload() {
        return switch (this) {
            case Placed(var _, var payload) -> payload;
            case StateChanged(var _, var _, var payload) -> payload;
            case DriverTakenOver(var _, var payload) -> payload;
            case Paid _, Assigned _ -> NO_PAYLOAD;
        };
    }

    /// The `/caps` topic of the event, if it has one.
    default Optional<Topic> topic() {
        return switch (this) {
            case Placed(var as, var _) -> topic(as);
            case StateChanged(var to, var _, var _) -> topic(to);
            case Paid _, Assigned _, DriverTakenOver _ -> Optional.empty();
        };
    }

    private static Optional<Topic> topic(OrderState state) {
        return switch (state) {
            case READY_FOR_PICKUP -> Optional.of(Topic.PICKUP);
            case IN_TRANSIT -> Optional.of(Topic.IN_TRANSIT);
            case DELIVERED -> Optional.of(Topic.DELIVERED);
            case NEW,
                    PENDING,
                    PAYMENT_CONFIRMED,
                    ACCEPTED,
                    PREPARING,
                    ASSIGNED_TO_DRIVER,
                    PICKED_UP,
                    CANCELLED,
                    DECLINED,
                    EXPIRED,
                    FAILED,
                    RETURNED -> Optional.empty();
        };
    }
}
