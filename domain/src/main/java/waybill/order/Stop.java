package waybill.order;

import java.util.Locale;
import java.util.Optional;

/// One of the two stops of an order.
public enum Stop {
    PICKUP,
    DROPOFF;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Stop> parse(String word) {
        for (var stop : values()) {
            if (stop.wireName().equals(word)) {
                return Optional.of(stop);
            }
        }
        return Optional.empty();
    }

    /// Whether the order's customer is told of the driver at this stop.
    public boolean isCustomers() {
        return this == DROPOFF;
    }

    /// The stop that the driver of an order in this state goes to; empty before the order is accepted and after it has
    /// been delivered or has failed.
    public static Optional<Stop> ahead(OrderState state) {
        return switch (state) {
            case ACCEPTED, PREPARING, READY_FOR_PICKUP, ASSIGNED_TO_DRIVER -> Optional.of(PICKUP);
            case PICKED_UP, IN_TRANSIT -> Optional.of(DROPOFF);
            case NEW, PENDING, PAYMENT_CONFIRMED, DELIVERED, CANCELLED, DECLINED, EXPIRED, FAILED, RETURNED ->
                Optional.empty();
        };
    }
}
