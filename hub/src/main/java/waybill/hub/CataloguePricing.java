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

/// A new order at the prices of its store's catalogue: an item that names a product alone costs what the catalogue
/// says.
///
/// @param rejectionOrNone why it cannot be ordered so
record CataloguePricing(OrderDetails details, @Nullable String rejectionOrNone) {

    /// @param isBound whether the catalogue's price is the only one that may be asked for: a customer's word does not
    ///     make things cheaper, while a store may sell at another price
    static CataloguePricing price(OrderDetails asked, String store, DirectoryWriter register, boolean isBound) {
        var items = new ArrayList<Item>();
        for (var item : asked.items()) {
            var product = register.findProduct(store, item.product());
            var objection = product.flatMap(known -> findRejection(item, known, isBound));
            if (objection.isPresent()) {
                return new CataloguePricing(asked, "items[" + items.size() + "]" + objection.get());
            }
            items.add(
                    product.isPresent() && item.price().isEmpty()
                            ? item.withPrice(
                                    catalogueMoney(product.get()), product.get().name())
                            : item);
        }
        if (items.equals(asked.items())) {
            return new CataloguePricing(asked, null);
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
                ? new CataloguePricing(
                        asked, "currency: " + String.join(" and ", currencies) + " (expected: that of the catalogue)")
                : new CataloguePricing(asked.withItems(items), null);
    }

    private static Optional<String> findRejection(Item item, Product product, boolean isBound) {
        if (!product.isAvailable()) {
            return Optional.of(".product: " + item.product() + " is not available (expected: one that is)");
        }
        var price = catalogueMoney(product);
        return item.price()
                .filter(said -> isBound && !said.equals(price))
                .map(said -> ".price: " + said.toDecimal() + " " + said.currency() + " (expected: " + price.toDecimal()
                        + " " + price.currency() + ", as in the catalogue)");
    }

    private static Money catalogueMoney(Product product) {
        return new Money(product.price(), product.currency());
    }
}
