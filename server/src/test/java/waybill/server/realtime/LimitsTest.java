package waybill.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.realtime.House.ANNA;
import static waybill.server.realtime.House.BEN;
import static waybill.server.realtime.House.KARI;
import static waybill.server.realtime.House.OLA;
import static waybill.server.realtime.House.SHOP;
import static waybill.server.realtime.LiveSocket.json;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.order.OrderState;

/// Too much, and what is said to it.
class LimitsTest {

    private static final String STRANGE = "00000000-0000-7000-8000-000000000000";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private House house;

    @AfterEach
    void close() {
        house.close();
    }

    private JSONObject refused(Principal principal) {
        var error = house.refused("/realtime", Map.of("token", house.token(principal)), "");
        return error.optJSONObject("data", new JSONObject());
    }

    @Test
    void aSocketMaySubscribeSoOftenInAQuarterOfAnHour() {
        house = House.secured(data, LiveLimits.defaults().withRates(Role.CUSTOMER, new Rates(3, 50, 500, 10)));
        var anna = house.connect("/realtime", ANNA);
        var order = house.place(ANNA, "acme");
        for (var i = 0; i < 3; i++) {
            assertThat(anna.ask("subscribe:order", json("orderId", order.id().toString()))
                            .optBoolean("ok"))
                    .isTrue();
        }
        var error = anna.error("sync", json("since", 0));
        assertThat(error.optString("code")).isEqualTo("rate_limited");
        assertThat(error.optLong("retryAfterMs"))
                .isEqualTo(Duration.ofMinutes(5).toMillis());
        house.clock.pass(Duration.ofMinutes(5));
        assertThat(anna.ask("sync", json("since", 0)).optBoolean("ok")).isTrue();
        assertThat(anna.error("sync", json("since", 0)).optString("code")).isEqualTo("rate_limited");
        assertThat(house.connect("/realtime", ANNA)
                        .ask("sync", json("since", 0))
                        .optBoolean("ok"))
                .isTrue();
    }

    @Test
    void aSocketMayWorkOnSoManyOrdersInASecond() {
        house = House.secured(data, LiveLimits.defaults().withRates(Role.MERCHANT, new Rates(100, 2, 500, 10)));
        var shop = house.connect("/marketplace", SHOP);
        var order = house.place(ANNA, "acme");
        for (var i = 0; i < 2; i++) {
            shop.error("merchant:accept", json("order_id", STRANGE));
        }
        var error = shop.error("merchant:accept", json("order_id", order.id().toString()));
        assertThat(error.optString("code")).isEqualTo("rate_limited");
        assertThat(house.state(order)).isEqualTo(OrderState.PENDING);
        house.clock.pass(Duration.ofMillis(error.optLong("retryAfterMs")));
        assertThat(shop.ask("merchant:accept", json("order_id", order.id().toString()))
                        .optBoolean("ok"))
                .isTrue();
    }

    /// Positions are not among them: what is too much of those is told a little later, and is no error.
    @ParameterizedTest
    @CsvSource({
        "/realtime, subscribe:order",
        "/realtime, unsubscribe:order",
        "/realtime, order:place",
        "/realtime, sync",
        "/marketplace, order:subscribe",
        "/marketplace, order:unsubscribe",
        "/marketplace, merchant:accept",
        "/marketplace, merchant:decline",
        "/marketplace, delivery:accept",
        "/marketplace, delivery:decline",
        "/marketplace, order:place",
        "/marketplace, sync",
        "/storefront, register",
        "/storefront, join:order",
        "/storefront, leave:order",
        "/storefront, join:delivery",
        "/storefront, order:place",
        "/storefront, ping",
        "/storefront, sync"
    })
    void whateverIsSaidTooOftenIsRefused(String namespace, String event) {
        house = House.secured(data, LiveLimits.defaults().withRates(Role.CUSTOMER, new Rates(1, 1, 500, 10)));
        var anna = house.connect(namespace, ANNA);
        var tea = new JSONArray(List.of(json("product", "tea", "quantity", 1)));
        var address = namespace.equals("/marketplace") ? "delivery_address" : "deliveryAddress";
        var said = event.equals("order:place")
                ? json(address, "here", "items", tea)
                : json(
                        "orderId",
                        STRANGE,
                        "order_id",
                        STRANGE,
                        "driverId",
                        "kari",
                        "since",
                        0,
                        "userId",
                        "anna",
                        "role",
                        "customer");
        assertThat(anna.ask(event, said).toString()).doesNotContain("\"invalid\"", "rate_limited");
        assertThat(anna.error(event, said).optString("code")).isEqualTo("rate_limited");
    }

    @Test
    void aDriverWhoGuessesAtOrdersIsStopped() {
        house = House.secured(data, LiveLimits.defaults().withRates(Role.DRIVER, new Rates(100, 2, 500, 10)));
        var kari = house.connect("/realtime", KARI);
        var guess = json("latitude", 59.91, "longitude", 10.75, "orderId", STRANGE);
        for (var i = 0; i < 2; i++) {
            assertThat(kari.error("driver:location", guess).optString("code")).isEqualTo("forbidden");
        }
        assertThat(kari.error("driver:location", guess).optString("code")).isEqualTo("rate_limited");
        assertThat(kari.ask("driver:location", json("latitude", 59.91, "longitude", 10.75))
                        .optBoolean("ok"))
                .isTrue();
    }

    @Test
    void aUserMayHaveSoManySockets() {
        house = House.secured(data, LiveLimits.defaults().withSocketsPerUser(2));
        house.connect("/realtime", ANNA);
        var second = house.connect("/storefront", ANNA);
        assertThat(refused(ANNA).optString("code")).isEqualTo("rate_limited");
        assertThat(refused(ANNA).optLong("retryAfterMs")).isPositive();
        house.connect("/realtime", BEN);
        second.close();
        while (!house.comesIn("/realtime", ANNA)) {
            // it is seen a little later that the other is gone
        }
    }

    @Test
    void soManySocketsMayComeAtOnceAndDriversWhoAreBusyGoFirst() {
        house = House.secured(data, LiveLimits.defaults().withHandshakes(0, 2));
        house.drivenBy(KARI);
        house.settle();
        house.connect("/realtime", ANNA);
        house.connect("/realtime", BEN);
        var refusal = refused(OLA);
        assertThat(refusal.optString("code")).isEqualTo("rate_limited");
        assertThat(refusal.optLong("retryAfterMs")).isPositive();
        house.connect("/realtime", KARI);
        house.clock.pass(Duration.ofMillis(500));
        house.connect("/realtime", OLA);
    }

    @Test
    void aSocketMayBeInSoManyRooms() {
        house = House.secured(data, LiveLimits.defaults().withRates(Role.CUSTOMER, Rates.off()));
        var anna = house.connect("/realtime", ANNA);
        var watched = 0;
        while (true) {
            var order = house.place(ANNA, "acme");
            var answer = anna.ask("subscribe:order", json("orderId", order.id().toString()));
            if (!answer.optBoolean("ok")) {
                assertThat(answer.optJSONObject("error").optString("code")).isEqualTo("too_large");
                break;
            }
            watched++;
        }
        assertThat(watched).isBetween(490, 500);
    }
}
