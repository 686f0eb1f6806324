package waybill.order;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A quantity of one product. The price is per unit, without options.
///
/// @param product the store's own id of it
/// @param nameOrNone its name, if that differs from its id
/// @param notesOrNone the customer's notes on it
public record Item(
        String product,
        @Nullable String nameOrNone,
        int quantity,
        @Nullable Money priceOrNone,
        @Nullable String notesOrNone,
        List<ItemOption> options) {

    public static final int QUANTITY_MAX = 10_000;
    public static final int OPTIONS_MAX = 20;

    public Item {
        options = List.copyOf(options);
        if (product.isBlank()) {
            throw new IllegalArgumentException("product: blank (expected: at least one character)");
        }
        if (quantity < 1 || quantity > QUANTITY_MAX) {
            throw new IllegalArgumentException("quantity: " + quantity + " (expected: 1.." + QUANTITY_MAX + ")");
        }
        if (options.size() > OPTIONS_MAX) {
            throw new IllegalArgumentException("options: " + options.size() + " (expected: 0.." + OPTIONS_MAX + ")");
        }
    }

    public Item(String product, @Nullable String name, int quantity, @Nullable Money price) {
        this(product, name, quantity, price, null, List.of());
    }

    /// A copy with another price, and with `name` if it had none.
    public Item withPrice(Money price, String name) {
        return new Item(product, nameOrNone == null ? name : nameOrNone, quantity, price, notesOrNone, options);
    }

    public String name() {
        return nameOrNone == null ? product : nameOrNone;
    }

    public Optional<Money> price() {
        return Optional.ofNullable(priceOrNone);
    }

    public Optional<String> notes() {
        return Optional.ofNullable(notesOrNone);
    }

    /// The cost of all units, options included; empty when the unit price is unknown.
    public Optional<Money> cost() {
        return price().map(price -> options.stream()
                .flatMap(option -> option.price().stream())
                .reduce(price, Money::plus)
                .times(quantity));
    }

    /// The cost of all items; empty unless the cost of each is known. All must be in one currency.
    public static Optional<Money> total(List<Item> items) {
        return items.stream()
                .map(Item::cost)
                .reduce((sum, next) -> sum.flatMap(one -> next.map(one::plus)))
                .flatMap(Function.identity());
    }
}
