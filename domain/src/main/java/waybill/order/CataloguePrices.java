package waybill.order;

import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import waybill.directory.Product;
import waybill.directory.Register;

/// A new order at the prices of its store's catalogue: an item that names a product alone costs what the catalogue
/// says.
///
/// @param objectionOrNone why it cannot be ordered so
record CataloguePrices(Details details, @Nullable String objectionOrNone) {

    /// @param isBound whether the catalogue's price is the only one that may be asked for: a customer's word does not
    ///     make things cheaper, while a store may sell at another price
    static CataloguePrices of(Details asked, String store, Register register, boolean isBound) {
        var items = new ArrayList<Item>();
        for (var item : asked.items()) {
            var product = register.findProduct(store, item.product());
            var objection = product.flatMap(known -> objection(item, known, isBound));
            if (objection.isPresent()) {
                return new CataloguePrices(asked, "items[" + items.size() + "]" + objection.get());
            }
            items.add(
                    product.isPresent() && item.price().isEmpty()
                            ? item.pricedAt(money(product.get()), product.get().name())
                            : item);
        }
        if (items.equals(asked.items())) {
            return new CataloguePrices(asked, null);
        }
        var currencies = Stream.concat(
                        asked.fare().stream(),
                        items.stream()
                                .flatMap(item -> Stream.concat(
                                        item.price().stream(),
                                        item.options().stream().flatMap(option -> option.price().stream()))))
                .map(Money::currency)
                .distinct()
                .toList();
        return currencies.size() > 1
                ? new CataloguePrices(
                        asked, "currency: " + String.join(" and ", currencies) + " (expected: that of the catalogue)")
                : new CataloguePrices(asked.with(items), null);
    }

    private static Optional<String> objection(Item item, Product product, boolean isBound) {
        if (!product.isAvailable()) {
            return Optional.of(".product: " + item.product() + " is not available (expected: one that is)");
        }
        var price = money(product);
        return item.price()
                .filter(said -> isBound && !said.equals(price))
                .map(said -> ".price: " + said.decimal() + " " + said.currency() + " (expected: " + price.decimal()
                        + " " + price.currency() + ", as in the catalogue)");
    }

    private static Money money(Product product) {
        return new Money(product.price(), product.currency());
    }
}
