package waybill.order;

import java.util.Locale;
import java.util.Optional;

/// Where an order is in its life. How it gets from one to the next is in [OrderStateMachine].
public enum OrderState {
    /// Nobody has placed it yet.
    NEW,
    PENDING,
    PAYMENT_CONFIRMED,
    ACCEPTED,
    PREPARING,
    READY_FOR_PICKUP,
    ASSIGNED_TO_DRIVER,
    PICKED_UP,
    IN_TRANSIT,
    DELIVERED,
    CANCELLED,

    /// Its store did not want it.
    DECLINED,

    /// Its store did not answer in time.
    EXPIRED,

    /// It could not be delivered, and is with its driver still.
    FAILED,

    /// It could not be delivered, and is back at its store.
    RETURNED;

    /// The word that clients see.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<OrderState> parse(String word) {
        for (var state : values()) {
            if (state != NEW && state.wireName().equals(word)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /// Whether something is still to happen to it.
    public boolean isActive() {
        return switch (this) {
            case PENDING,
                    PAYMENT_CONFIRMED,
                    ACCEPTED,
                    PREPARING,
                    READY_FOR_PICKUP,
                    ASSIGNED_TO_DRIVER,
                    PICKED_UP,
                    IN_TRANSIT,
                    FAILED -> true;
            case NEW, DELIVERED, CANCELLED, DECLINED, EXPIRED, RETURNED -> false;
        };
    }

    /// Whether its store has yet to say that it takes the order.
    public boolean awaitsAcceptance() {
        return this == PENDING || this == PAYMENT_CONFIRMED;
    }
}
