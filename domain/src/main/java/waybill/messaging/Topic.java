package waybill.messaging;

import java.util.Optional;
import waybill.order.OrderEvent;
import waybill.order.OrderState;

/// The kind of events in a queue: those that led an order to one state.
public enum Topic {
    /// A parcel is ready at its store. Addressed to the drivers.
    PICKUP(OrderState.READY_FOR_PICKUP),

    /// A driver has the parcel. Addressed to the store.
    IN_TRANSIT(OrderState.IN_TRANSIT),

    /// The parcel was delivered. Addressed to the store.
    DELIVERED(OrderState.DELIVERED);

    private final OrderState state;

    Topic(OrderState state) {
        this.state = state;
    }

    /// The topic of an event, if it has one.
    public static Optional<Topic> of(OrderEvent event) {
        return event.newState().flatMap(Topic::of);
    }

    private static Optional<Topic> of(OrderState state) {
        for (var topic : values()) {
            if (topic.state == state) {
                return Optional.of(topic);
            }
        }
        return Optional.empty();
    }

    /// The state that its events lead to.
    public OrderState state() {
        return state;
    }

    /// Whether any driver may read and acknowledge the message, whatever its store.
    public boolean isForDrivers() {
        return switch (this) {
            case PICKUP -> true;
            case IN_TRANSIT, DELIVERED -> false;
        };
    }
}
