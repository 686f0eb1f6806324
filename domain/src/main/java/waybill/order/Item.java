package waybill.order;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// So many of one thing. A price is that of a single one.
///
/// @param product the seller's own id of it
/// @param nameOrNone what it is called, if its id does not say
public record Item(
        String product,
        @Nullable String nameOrNone,
        int quantity,
        @Nullable Money priceOrNone) {

    public static final int QUANTITY_MAX = 10_000;

    public Item {
        if (product.isBlank()) {
            throw new IllegalArgumentException("product: blank (expected: at least one character)");
        }
        if (quantity < 1 || quantity > QUANTITY_MAX) {
            throw new IllegalArgumentException("quantity: " + quantity + " (expected: 1.." + QUANTITY_MAX + ")");
        }
    }

    public String name() {
        return nameOrNone == null ? product : nameOrNone;
    }

    public Optional<Money> price() {
        return Optional.ofNullable(priceOrNone);
    }
}
