package waybill.hub;

import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import waybill.directory.DirectoryWriter;
import waybill.directory.Product;
import waybill.order.Item;
import waybill.order.Money;
import waybill.order.OrderDetails;

/// Prices a new order by its store's catalogue: an item without a price gets the catalogue price.
///
/// @param rejectionOrNone why the order is rejected
record CataloguePricing(OrderDetails details, @Nullable String rejectionOrNone) {

    /// @param isBound whether the catalogue price is mandatory: a customer may not lower a price, a store may sell at
    ///     another one
    static CataloguePricing price(OrderDetails requested, String store, DirectoryWriter directory, boolean isBound) {
        var items = new ArrayList<Item>();
        for (var item : requested.items()) {
            var product = directory.findProduct(store, item.product());
            var rejection = product.flatMap(listed -> findRejection(item, listed, isBound));
            if (rejection.isPresent()) {
                return new CataloguePricing(requested, "items[" + items.size() + "]" + rejection.get());
            }
            items.add(
                    product.isPresent() && item.price().isEmpty()
                            ? item.withPrice(
                                    catalogueMoney(product.get()), product.get().name())
                            : item);
        }
        if (items.equals(requested.items())) {
            return new CataloguePricing(requested, null);
        }
        var currencies = Stream.concat(
                        requested.fare().stream(),
                        items.stream()
                                .flatMap(item -> Stream.concat(
                                        item.price().stream(),
                                        item.options().stream().flatMap(option -> option.price().stream()))))
                .map(Money::currency)
                .distinct()
                .toList();
        return currencies.size() > 1
                ? new CataloguePricing(
                        requested,
                        "currency: " + String.join(" and ", currencies) + " (expected: that of the catalogue)")
                : new CataloguePricing(requested.withItems(items), null);
    }

    private static Optional<String> findRejection(Item item, Product product, boolean isBound) {
        if (!product.isAvailable()) {
            return Optional.of(".product: " + item.product() + " is not available (expected: one that is)");
        }
        var price = catalogueMoney(product);
        return item.price()
                .filter(given -> isBound && !given.equals(price))
                .map(given -> ".price: " + given.toDecimal() + " " + given.currency() + " (expected: "
                        + price.toDecimal() + " " + price.currency() + ", as in the catalogue)");
    }

    private static Money catalogueMoney(Product product) {
        return new Money(product.price(), product.currency());
    }
}
