package waybill.order;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.messaging.Topic;

/// Something that has happened to an order.
public sealed interface OrderEvent extends Event {

    /// The payload of what nobody put into words of their own.
    String NO_PAYLOAD = "";

    /// It was placed. `payload` is what was said with it: JSON text as its sender wrote it, or [#NO_PAYLOAD].
    record Placed(OrderState initialState, String payload) implements OrderEvent {}

    record Paid(Money amount, String method) implements OrderEvent {}

    /// It has a driver, or another one than before.
    record Assigned(Actor driver, @Nullable Actor previousDriverOrNone) implements OrderEvent {

        /// Nobody had it until then.
        public Assigned(Actor driver) {
            this(driver, null);
        }

        /// Who had it until then.
        public Optional<Actor> previousDriver() {
            return Optional.ofNullable(previousDriverOrNone);
        }
    }

    /// It is in another state. `reason` is empty when nobody gave one; `payload` is as in [Result].
    record StateChanged(OrderState state, String reason, String payload) implements OrderEvent {}

    /// Somebody else goes on with a parcel whose driver can never come back. Kept, but told to nobody: the store has
    /// heard that its parcel is on the way.
    record DriverTakenOver(Actor driver, String payload) implements OrderEvent {}

    /// What was said with it on `/caps`: JSON text as its sender wrote it, or [#NO_PAYLOAD].
    default String payload() {
        return switch (this) {
            case Placed(var _, var payload) -> payload;
            case StateChanged(var _, var _, var payload) -> payload;
            case DriverTakenOver(var _, var payload) -> payload;
            case Paid _, Assigned _ -> NO_PAYLOAD;
        };
    }

    /// Under which topic of `/caps` somebody must be told, if anybody must.
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
