package waybill.order;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A chosen option of an item: its size, a topping, or how it is wrapped.
///
/// @param valueOrNone the chosen value, if the name does not include it
/// @param priceOrNone what it adds to the unit price
public record ItemOption(
        String name, @Nullable String valueOrNone, @Nullable Money priceOrNone) {

    public ItemOption {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: blank (expected: at least one character)");
        }
    }

    public Optional<Money> price() {
        return Optional.ofNullable(priceOrNone);
    }
}
