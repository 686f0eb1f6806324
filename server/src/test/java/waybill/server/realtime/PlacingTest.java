package waybill.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.realtime.House.ANNA;
import static waybill.server.realtime.House.KARI;
import static waybill.server.realtime.House.SHOP;
import static waybill.server.realtime.LiveSocket.json;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.order.OrderFilter;

/// Orders that are placed over a socket.
class PlacingTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private House house;

    @BeforeEach
    void open() {
        house = House.secured(data);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/realtime", "/storefront"})
    void anOrderIsPlacedOnceAndItsStoreHearsOfIt(String namespace) {
        var shop = house.connect("/realtime", SHOP);
        var anna = house.connect(namespace, ANNA);
        var form = json("storeId", "acme", "externalId", "a-1", "items", tea(2), "deliveryAddress", "Door street 2");
        var placed = anna.ask("order:place", form);
        assertThat(placed.optBoolean("ok")).as("%s", placed).isTrue();
        assertThat(placed.optString("status")).isEqualTo("pending");
        var heard = shop.next("order:new");
        assertThat(heard.text("orderId")).isEqualTo(placed.optString("orderId"));
        assertThat(heard.payload().optDouble("totalAmount")).isEqualTo(13.0);
        var again = anna.ask("order:place", form);
        assertThat(again.optBoolean("duplicate")).isTrue();
        assertThat(again.optString("orderId")).isEqualTo(placed.optString("orderId"));
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void aMarketplaceSaysItInItsOwnNames() {
        var shop = house.connect("/marketplace", SHOP);
        var anna = house.connect("/marketplace", ANNA);
        var address = json("text", "Door street 2", "latitude", 59.95, "longitude", 10.75);
        var placed = anna.ask("order:place", json("store_id", "acme", "items", tea(1), "delivery_address", address));
        assertThat(placed.optString("order_number")).startsWith("WB-");
        assertThat(shop.next("merchant:new_order").text("order_id")).isEqualTo(placed.optString("order_id"));
        var error = error(anna.ask("order:place", json("store_id", "acme", "items", tea(1))));
        assertThat(List.of(error.optString("code"), error.optString("field")))
                .containsExactly("invalid", "delivery_address");
    }

    @Test
    void whatIsNoOrderIsRefusedAndNothingIsPlaced() {
        var anna = house.connect("/realtime", ANNA);
        var none = error(anna.ask("order:place", json("storeId", "acme", "deliveryAddress", "Door street 2")));
        assertThat(List.of(none.optString("code"), none.optString("field"))).containsExactly("invalid", "items");
        var many = error(
                anna.ask("order:place", json("storeId", "acme", "items", tea(-1), "deliveryAddress", "Door street 2")));
        assertThat(many.optString("field")).isEqualTo("items[0].quantity");
        assertThat(many.optString("message")).contains("-1 (expected: ");
        var fared = json("storeId", "acme", "items", tea(1), "deliveryAddress", "Door street 2", "fare", 500);
        assertThat(error(anna.ask("order:place", fared)).optString("code")).isEqualTo("forbidden");
        var driver = house.connect("/realtime", KARI);
        var form = json("storeId", "acme", "items", tea(1), "deliveryAddress", "Door street 2");
        assertThat(error(driver.ask("order:place", form)).optString("code")).isEqualTo("forbidden");
        assertThat(orders()).isZero();
    }

    private int orders() {
        return house.store()
                .book()
                .list(new OrderFilter(new OrderFilter.Scope.All(), Set.of(), Long.MAX_VALUE, 10))
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
