package waybill.server.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.directory.Product;
import waybill.order.Money;

/// Catalogues: what stores sell, and at which prices.
final class Products {

    private static final String PRODUCTS = "products";

    private final RestServices services;

    Products(RestServices services) {
        this.services = services;
    }

    Doing list(Call call) {
        return list(call, store(call, call.find("store")));
    }

    Doing listOfStore(Call call) {
        return list(call, call.text("store"));
    }

    private Doing list(Call call, String store) {
        Permit.require(call.by(), Action.VIEW_PRODUCTS, Relation.NONE, "store " + store);
        var after = Cursor.text(call, PRODUCTS);
        var limit = call.limit();
        return new Doing.Reading(() -> {
            var products = services.directory().products(store, after, limit);
            var next = products.size() < limit
                    ? Optional.<String>empty()
                    : Optional.of(Cursor.after(PRODUCTS, products.getLast().id()));
            return Reply.ok(json(store, products, next));
        });
    }

    Doing replace(Call call) {
        return replace(call, store(call, call.body().find("storeId")));
    }

    Doing replaceOfStore(Call call) {
        var store = call.text("store");
        call.body().find("storeId").filter(said -> !said.equals(store)).ifPresent(said -> {
            throw Problem.invalid(
                    "storeId", "storeId: " + Expectation.quoted(said) + " (expected: " + store + ", as in the path)");
        });
        return replace(call, store);
    }

    private Doing replace(Call call, String store) {
        Permit.requireStore(call.by(), Action.SET_PRODUCTS, Optional.of(store));
        var ids = new HashSet<String>();
        var products =
                call.body().each(PRODUCTS).map(given -> product(given, ids)).toList();
        return new Doing.Writing(ledger -> {
            ledger.replaceProducts(store, products);
            return Reply.ok(json(store, products, Optional.empty()));
        });
    }

    private Product product(Given given, Set<String> ids) {
        var where = PRODUCTS + "[" + ids.size() + "].";
        var id = given.text("id");
        if (!ids.add(id)) {
            throw Problem.invalid(
                    where + "id", where + "id: " + Expectation.quoted(id) + " twice (expected: each product once)");
        }
        var currency = OrderForm.currency(given, where + "currency")
                .orElse(services.settings().currency());
        var price = Prices.price(given, where, currency)
                .orElseThrow(() -> Problem.invalid(
                        where + "price", where + "price: missing (expected: minor units, such as 1250 for 12.50)"));
        return new Product(
                id,
                given.find("name").orElse(id),
                price.minor(),
                currency,
                given.json().path("available").asBoolean(true));
    }

    private String store(Call call, Optional<String> named) {
        return Permit.store(call, named).orElse(services.settings().store());
    }

    private static String json(String store, List<Product> products, Optional<String> next) {
        return Json.object(json -> {
            json.writeStringField("storeId", store);
            json.writeArrayFieldStart(PRODUCTS);
            for (var product : products) {
                write(product, json);
            }
            json.writeEndArray();
            Json.text(json, "next", next);
        });
    }

    private static void write(Product product, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", product.id());
        json.writeStringField("name", product.name());
        Json.price(json, Optional.of(new Money(product.price(), product.currency())));
        json.writeStringField("currency", product.currency());
        json.writeBooleanField("available", product.isAvailable());
        json.writeEndObject();
    }
}
