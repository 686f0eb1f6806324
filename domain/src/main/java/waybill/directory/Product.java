package waybill.directory;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A product of a store. Orders may omit its price.
///
/// @param id the store's own id, which order items name
/// @param price of one unit, in the smallest unit of the currency
/// @param isAvailable whether it can be ordered now
/// @param imageHashOrNone the SHA-256 of its image, if it has one
public record Product(
        String id,
        String name,
        long price,
        String currency,
        boolean isAvailable,
        @Nullable String imageHashOrNone) {

    public static final int PER_STORE_MAX = 1_000;

    /// A product without an image.
    public Product(String id, String name, long price, String currency, boolean isAvailable) {
        this(id, name, price, currency, isAvailable, null);
    }

    public Optional<String> imageHash() {
        return Optional.ofNullable(imageHashOrNone);
    }
}
