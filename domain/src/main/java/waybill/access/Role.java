package waybill.access;

import java.util.Locale;
import java.util.Optional;

/// What somebody is to the hub. Everything that one may do follows from it, and from whose order it is.
public enum Role {
    CUSTOMER,
    MERCHANT,
    DRIVER,
    ADMIN,
    SUPPORT;

    /// Reads the word of a token or a client, synonyms included: a `vendor` or a `chef` is a merchant, a `delivery` a
    /// driver.
    public static Optional<Role> parse(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "customer" -> Optional.of(CUSTOMER);
            case "merchant", "vendor", "chef" -> Optional.of(MERCHANT);
            case "driver", "delivery" -> Optional.of(DRIVER);
            case "admin" -> Optional.of(ADMIN);
            case "support" -> Optional.of(SUPPORT);
            default -> Optional.empty();
        };
    }

    /// The word that clients are given.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
