package waybill.order;

import java.util.Locale;
import java.util.Optional;

/// The state of an order. The transitions are in [OrderStateMachine].
public enum OrderState {
    /// Not placed yet.
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

    /// Refused by its store.
    DECLINED,

    /// Not accepted in time.
    EXPIRED,

    /// It could not be delivered, and its driver still has it.
    FAILED,

    /// It could not be delivered, and is back at its store.
    RETURNED;

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

    /// Whether the order has not ended.
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

    /// Whether its store has yet to accept or decline.
    public boolean awaitsAcceptance() {
        return this == PENDING || this == PAYMENT_CONFIRMED;
    }

    /// Whether its store has accepted it and it is not assigned yet: a driver can be found for it.
    public boolean awaitsDriver() {
        return this == ACCEPTED || this == PREPARING || this == READY_FOR_PICKUP;
    }
}
