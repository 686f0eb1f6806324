package waybill.notification;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What has happened, as far as people without a socket are told of it.
public enum Trigger {
    ORDER_PLACED,
    PAYMENT_RECEIVED,
    ORDER_ACCEPTED,
    ORDER_READY,
    DRIVER_ASSIGNED,
    /// The order was taken from its driver.
    DRIVER_REMOVED,
    ORDER_PICKED_UP,
    ORDER_IN_TRANSIT,
    DRIVER_ARRIVING,
    DRIVER_ARRIVED,
    ORDER_DELAYED,
    ORDER_DELIVERED,
    ORDER_CANCELLED,
    ORDER_DECLINED,
    ORDER_EXPIRED,
    ORDER_FAILED,
    ORDER_RETURNED,
    /// A delivery was offered to a driver by name.
    DELIVERY_OFFERED,
    /// A notification of an administrator or another system.
    NOTIFICATION;

    private static final Duration EXPIRES_IN = Duration.ofHours(4);
    private static final Duration OFFER_EXPIRES_IN = Duration.ofMinutes(2);

    /// How long after the event a message about it is of use.
    public Duration expiresIn() {
        return this == DELIVERY_OFFERED ? OFFER_EXPIRES_IN : EXPIRES_IN;
    }

    /// In templates, jobs and the data of a message.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Trigger> parse(String word) {
        return Arrays.stream(values())
                .filter(trigger -> trigger.wireName().equals(word))
                .findFirst();
    }
}
