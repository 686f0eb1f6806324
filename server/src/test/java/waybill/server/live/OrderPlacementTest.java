package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.order.OrderFilter;

/// Orders that are placed over a socket.
class OrderPlacementTest extends SecuredHubTest {

    @ParameterizedTest
    @ValueSource(strings = {"/realtime", "/storefront"})
    void anOrderIsPlacedOnceAndItsStoreReceivesIt(String namespace) {
        var shop = fixture.connect("/realtime", SHOP);
        var anna = fixture.connect(namespace, ANNA);
        var form = json("storeId", "acme", "externalId", "a-1", "items", tea(2), "deliveryAddress", "Door street 2");
        var placed = anna.emitWithAck("order:place", form);
        assertThat(placed.optBoolean("ok")).as("%s", placed).isTrue();
        assertThat(placed.optString("status")).isEqualTo("pending");
        var heard = shop.nextEvent("order:new");
        assertThat(heard.text("orderId")).isEqualTo(placed.optString("orderId"));
        assertThat(heard.payload().optDouble("totalAmount")).isEqualTo(13.0);
        var again = anna.emitWithAck("order:place", form);
        assertThat(again.optBoolean("duplicate")).isTrue();
        assertThat(again.optString("orderId")).isEqualTo(placed.optString("orderId"));
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void aMarketplaceAckHasSnakeCaseNames() {
        var shop = fixture.connect("/marketplace", SHOP);
        var anna = fixture.connect("/marketplace", ANNA);
        var address = json("text", "Door street 2", "latitude", 59.95, "longitude", 10.75);
        var placed =
                anna.emitWithAck("order:place", json("store_id", "acme", "items", tea(1), "delivery_address", address));
        assertThat(placed.optString("order_number")).startsWith("WB-");
        assertThat(shop.nextEvent("merchant:new_order").text("order_id")).isEqualTo(placed.optString("order_id"));
        var error = error(anna.emitWithAck("order:place", json("store_id", "acme", "items", tea(1))));
        assertThat(List.of(error.optString("code"), error.optString("field")))
                .containsExactly("invalid", "delivery_address");
    }

    @Test
    void anInvalidOrderIsRejectedAndNotPlaced() {
        var anna = fixture.connect("/realtime", ANNA);
        var none = error(anna.emitWithAck("order:place", json("storeId", "acme", "deliveryAddress", "Door street 2")));
        assertThat(List.of(none.optString("code"), none.optString("field"))).containsExactly("invalid", "items");
        var many = error(anna.emitWithAck(
                "order:place", json("storeId", "acme", "items", tea(-1), "deliveryAddress", "Door street 2")));
        assertThat(many.optString("field")).isEqualTo("items[0].quantity");
        assertThat(many.optString("message")).contains("-1 (expected: ");
        var fared = json("storeId", "acme", "items", tea(1), "deliveryAddress", "Door street 2", "fare", 500);
        assertThat(error(anna.emitWithAck("order:place", fared)).optString("code"))
                .isEqualTo("forbidden");
        var driver = fixture.connect("/realtime", KARI);
        var form = json("storeId", "acme", "items", tea(1), "deliveryAddress", "Door street 2");
        assertThat(error(driver.emitWithAck("order:place", form)).optString("code"))
                .isEqualTo("forbidden");
        assertThat(orders()).isZero();
    }

    private int orders() {
        return fixture.store()
                .orderQueries()
                .listOrders(new OrderFilter(new OrderFilter.Scope.All(), Set.of(), Long.MAX_VALUE, 10))
                .size();
    }

    private static JSONArray tea(int quantity) {
        return new JSONArray(List.of(json("product", "tea", "quantity", quantity, "price", 650)));
    }

    private static JSONObject error(JSONObject answer) {
        return Optional.ofNullable(answer.optJSONObject("error"))
                .orElseThrow(() -> new AssertionError("no error: " + answer));
    }
}
