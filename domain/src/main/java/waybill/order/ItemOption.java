package waybill.order;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was chosen of an item: its size, what is on it, or how it is wrapped.
///
/// @param valueOrNone what was chosen, if the name does not say
/// @param priceOrNone what it adds to the price of a single one
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
