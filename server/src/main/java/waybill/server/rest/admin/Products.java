package waybill.server.rest.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.directory.Directory;
import waybill.directory.Product;
import waybill.order.Money;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.contract.SchemaText;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.Cursor;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.RestSettings;
import waybill.server.rest.http.WriteResponse;
import waybill.server.rest.order.OrderInput;
import waybill.server.rest.order.PriceInput;

/// Catalogues: the products of stores and their prices.
public final class Products implements OperationHandlers {

    private static final String PRODUCTS = "products";

    private final Directory directory;
    private final RestSettings settings;

    public Products(Directory directory, RestSettings settings) {
        this.directory = directory;
        this.settings = settings;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of(
                "listProducts", this::list,
                "replaceProducts", this::replace,
                "listProductsOfStore", this::listOfStore,
                "replaceProductsOfStore", this::replaceOfStore);
    }

    public RequestAction list(ApiRequest call) {
        return list(call, store(call, call.find("store")));
    }

    public RequestAction listOfStore(ApiRequest call) {
        return list(call, call.text("store"));
    }

    private RequestAction list(ApiRequest call, String store) {
        Authorization.require(call.principal(), Action.VIEW_PRODUCTS, Relation.NONE, "store " + store);
        var after = Cursor.text(call, PRODUCTS);
        var limit = call.limit();
        return new RequestAction.Read(() -> {
            var products = directory.listProducts(store, after, limit);
            var next = products.size() < limit
                    ? Optional.<String>empty()
                    : Optional.of(Cursor.after(PRODUCTS, products.getLast().id()));
            return ApiResponse.ok(json(store, products, next));
        });
    }

    public RequestAction replace(ApiRequest call) {
        return replace(call, store(call, call.body().find("storeId")));
    }

    public RequestAction replaceOfStore(ApiRequest call) {
        var store = call.text("store");
        call.body().find("storeId").filter(given -> !given.equals(store)).ifPresent(given -> {
            throw Problem.invalid(
                    "storeId", "storeId: " + SchemaText.quoted(given) + " (expected: " + store + ", as in the path)");
        });
        return replace(call, store);
    }

    private RequestAction replace(ApiRequest call, String store) {
        Authorization.requireStore(call.principal(), Action.SET_PRODUCTS, Optional.of(store));
        var ids = new HashSet<String>();
        var products =
                call.body().elements(PRODUCTS).map(given -> product(given, ids)).toList();
        return new RequestAction.Write(List.of(), work -> {
            work.replaceProducts(store, products);
            var saved = products.stream()
                    .flatMap(product -> work.findProduct(store, product.id()).stream())
                    .toList();
            return WriteResponse.ofSuccess(_ -> ApiResponse.ok(json(store, saved, Optional.empty())));
        });
    }

    private Product product(JsonInput given, Set<String> ids) {
        var where = PRODUCTS + "[" + ids.size() + "].";
        var id = given.text("id");
        if (!ids.add(id)) {
            throw Problem.invalid(
                    where + "id", where + "id: " + SchemaText.quoted(id) + " twice (expected: each product once)");
        }
        var currency = OrderInput.currency(given, where + "currency").orElse(settings.currency());
        var price = PriceInput.price(given, where, currency)
                .orElseThrow(() -> Problem.invalid(
                        where + "price", where + "price: missing (expected: minor units, such as 1250 for 12.50)"));
        return new Product(
                id,
                given.find("name").orElse(id),
                price.minorUnits(),
                currency,
                given.json().path("available").asBoolean(true));
    }

    private String store(ApiRequest call, Optional<String> named) {
        return Authorization.store(call, named).orElse(settings.store());
    }

    private static String json(String store, List<Product> products, Optional<String> next) {
        return JsonWriter.object(json -> {
            json.writeStringField("storeId", store);
            json.writeArrayFieldStart(PRODUCTS);
            for (var product : products) {
                write(store, product, json);
            }
            json.writeEndArray();
            JsonWriter.text(json, "next", next);
        });
    }

    private static void write(String store, Product product, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", product.id());
        json.writeStringField("name", product.name());
        JsonWriter.price(json, Optional.of(new Money(product.price(), product.currency())));
        json.writeStringField("currency", product.currency());
        json.writeBooleanField("available", product.isAvailable());
        JsonWriter.text(
                json, "imageUrl", product.imageHash().map(hash -> ProductImages.url(store, product.id(), hash)));
        json.writeEndObject();
    }
}
