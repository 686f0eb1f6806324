package waybill.server.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.server.rest.ApiTestClient;

/// What stores sell, and what that makes of the prices of orders.
class ProductsTest {

    private static final String PRODUCTS = "/api/v1/products";
    private static final String MENU = """
            {"products": [{"id": "PIZZA", "name": "Pizza", "price": 1250}, {"id": "SOUP", "unitPrice": 6.5, "available": false}]}""";

    @RegisterExtension
    static final ApiTestClient api = ApiTestClient.ofTestClass();

    private static ApiTestClient.Answer order(String who, String fields) {
        return api.post(who, "/api/v1/orders", "{\"deliveryAddress\": \"123 Main St\", " + fields + "}");
    }

    @Test
    void anItemWithoutAPriceCostsTheCataloguePrice() {
        api.request("PUT", "admin:root", PRODUCTS, MENU).is(200);
        var order = order("customer:a", "\"items\": [{\"product\": \"PIZZA\", \"quantity\": 2}]")
                .is(201);
        assertThat(order.body().path("totalAmount").asDouble()).isEqualTo(25);
        assertThat(order.text("currency")).isEqualTo("EUR");
        assertThat(order.body().at("/items/0/name").asText()).isEqualTo("Pizza");
        assertThat(order.body().at("/items/0/price").asInt()).isEqualTo(1250);
        var unknown = order("customer:a", "\"items\": [{\"product\": \"other\", \"quantity\": 2}]")
                .is(201);
        assertThat(unknown.body().has("totalAmount")).isFalse();
    }

    @Test
    void aStoreReplacesItsProductsAndEveryRoleMayReadThem() {
        var written = api.request("PUT", "merchant:m1", PRODUCTS, MENU).is(200);
        assertThat(written.text("storeId")).isEqualTo("m1");
        for (var who : new String[] {"customer:c", "driver:d", "merchant:other", "support:s", "admin:root"}) {
            assertThat(api.get(who, "/api/v1/stores/m1/products").is(200).body())
                    .isEqualTo(written.body());
            assertThat(api.get(who, PRODUCTS + "?store=m1").is(200).body()).isEqualTo(written.body());
        }
        var again = api.request(
                        "PUT",
                        "merchant:m1",
                        "/api/v1/stores/m1/products",
                        written.http().body())
                .is(200);
        assertThat(again.body()).isEqualTo(written.body());
        var first = api.get("merchant:m1", PRODUCTS + "?limit=1").is(200);
        assertThat(ApiTestClient.ids(first, "products", "id")).containsExactly("PIZZA");
        var next = api.get("merchant:m1", PRODUCTS + "?limit=1&cursor=" + first.text("next"));
        assertThat(ApiTestClient.ids(next, "products", "id")).containsExactly("SOUP");
        api.request("PUT", "merchant:m1", PRODUCTS, "{\"products\": []}").is(200);
        assertThat(ApiTestClient.ids(api.get("merchant:m1", PRODUCTS), "products", "id"))
                .isEmpty();
    }

    @Test
    void onlyItsStoreOrAnAdministratorMayReplaceProducts() {
        for (var who : new String[] {"customer:c", "driver:d", "support:s", "merchant:m3"}) {
            api.request("PUT", who, "/api/v1/stores/m2/products", MENU).isProblem(403, "forbidden");
        }
        api.request("PUT", "admin:root", "/api/v1/stores/m2/products", MENU).is(200);
        api.request(
                        "PUT",
                        "merchant:m2",
                        "/api/v1/stores/m2/products",
                        MENU.replace("{\"products", "{\"storeId\": \"m3\", \"products"))
                .isProblem(400, "invalid");
    }

    @Test
    void aCustomerOrdersAtTheStoresPriceAndAStoreAtAnother() {
        api.request("PUT", "merchant:m4", PRODUCTS, MENU).is(200);
        var cheap = "\"storeId\": \"m4\", \"items\": [{\"product\": \"PIZZA\", \"quantity\": 1, \"price\": 1}]";
        assertThat(order("customer:c", cheap).isProblem(409, "conflict").text("detail"))
                .isEqualTo("items[0].price: 0.01 EUR (expected: 12.50 EUR, as in the catalogue)");
        order("merchant:m4", cheap).is(201);
        order("customer:c", cheap.replace("\"price\": 1", "\"price\": 1250")).is(201);
        assertThat(order("customer:c", "\"storeId\": \"m4\", \"items\": [{\"product\": \"SOUP\", \"quantity\": 1}]")
                        .isProblem(409, "conflict")
                        .text("detail"))
                .isEqualTo("items[0].product: SOUP is not available (expected: one that is)");
    }

    @Test
    void theAmountsOfAnOrderAreOfOneCurrency() {
        api.request("PUT", "merchant:m5", PRODUCTS, MENU.replace("\"price\"", "\"currency\": \"NOK\", \"price\""))
                .is(200);
        var pizza = "\"storeId\": \"m5\", \"items\": [{\"product\": \"PIZZA\", \"quantity\": 1}%s]";
        assertThat(order("customer:c", pizza.formatted("")).is(201).text("currency"))
                .isEqualTo("NOK");
        order("customer:c", pizza.formatted(", {\"product\": \"tea\", \"quantity\": 1, \"price\": 5}"))
                .isProblem(409, "conflict");
    }

    @Test
    void aCatalogueHasAThousandProducts() {
        var many = IntStream.range(0, 1_001)
                .mapToObj(i -> "{\"id\": \"p" + i + "\", \"price\": " + i + "}")
                .collect(Collectors.toList());
        assertThat(api.request("PUT", "merchant:m6", PRODUCTS, "{\"products\": " + many + "}")
                        .isProblem(400, "invalid")
                        .text("detail"))
                .isEqualTo("products: a list of 1001 (expected: a list of 0..1000)");
        api.request("PUT", "merchant:m6", PRODUCTS, "{\"products\": " + many.subList(0, 1_000) + "}")
                .is(200);
        assertThat(api.get("merchant:m6", PRODUCTS + "?limit=1000").body().path("products"))
                .hasSize(1_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"products": [{"price": 1}]}                                     | products[0].id
            {"products": [{"id": "a"}]}                                      | products[0].price
            {"products": [{"id": "a", "price": 1.5}]}                        | products[0].price
            {"products": [{"id": "a", "price": -1}]}                         | products[0].price
            {"products": [{"id": "a", "price": 1, "currency": "ZZZ"}]}       | products[0].currency
            {"products": [{"id": "a", "price": 1}, {"id": "a", "price": 2}]} | products[1].id
            {"products": [{"id": "a", "price": 1, "stock": 7}]}              | products[0].stock
            {}                                                               | products
            """)
    void anInvalidCatalogueIsRejectedWithItsField(String body, String field) {
        assertThat(api.request("PUT", "merchant:m7", PRODUCTS, body)
                        .isProblem(400, "invalid")
                        .text("field"))
                .isEqualTo(field);
    }
}
