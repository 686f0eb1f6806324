package waybill.access;

import java.util.Locale;
import java.util.Optional;

/// The role of a user. It decides, with the relation to an order, what the user may do.
public enum Role {
    CUSTOMER,
    MERCHANT,
    DRIVER,
    ADMIN,
    SUPPORT,

    /// A backend, such as the shop that places orders. It has no socket, and may do no more than the table allows it.
    SERVICE;

    /// Parses the role in a token or a client's message, synonyms included: a `vendor` or a `chef` is a merchant, a
    /// `delivery` a driver.
    public static Optional<Role> parse(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "customer" -> Optional.of(CUSTOMER);
            case "merchant", "vendor", "chef" -> Optional.of(MERCHANT);
            case "driver", "delivery" -> Optional.of(DRIVER);
            case "admin" -> Optional.of(ADMIN);
            case "support" -> Optional.of(SUPPORT);
            case "service" -> Optional.of(SERVICE);
            default -> Optional.empty();
        };
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
