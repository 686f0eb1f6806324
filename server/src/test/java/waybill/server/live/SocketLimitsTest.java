package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.BEN;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.OLA;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

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
import waybill.server.socket.RoleRates;
import waybill.server.socket.SharedLimits;
import waybill.server.socket.SocketLimits;

/// Too much, and what is said to it.
class SocketLimitsTest {

    private static final String STRANGE = "00000000-0000-7000-8000-000000000000";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private DialectServerFixture fixture;

    @AfterEach
    void close() {
        fixture.close();
    }

    private JSONObject rejected(Principal principal) {
        var error = fixture.connectError("/realtime", Map.of("token", fixture.token(principal)), "");
        return error.optJSONObject("data", new JSONObject());
    }

    @Test
    void aSocketMaySubscribeSoOftenInAQuarterOfAnHour() {
        fixture = DialectServerFixture.secured(
                data, SocketLimits.defaults().withRates(Role.CUSTOMER, new RoleRates(3, 50, 500, 10)));
        var anna = fixture.connect("/realtime", ANNA);
        var order = fixture.place(ANNA, "acme");
        for (var i = 0; i < 3; i++) {
            assertThat(anna.emitWithAck(
                                    "subscribe:order",
                                    json("orderId", order.id().toString()))
                            .optBoolean("ok"))
                    .isTrue();
        }
        var error = anna.error("sync", json("since", 0));
        assertThat(error.optString("code")).isEqualTo("rate_limited");
        assertThat(error.optLong("retryAfterMs"))
                .isEqualTo(Duration.ofMinutes(5).toMillis());
        fixture.clock.advance(Duration.ofMinutes(5));
        assertThat(anna.emitWithAck("sync", json("since", 0)).optBoolean("ok")).isTrue();
        assertThat(anna.error("sync", json("since", 0)).optString("code")).isEqualTo("rate_limited");
        assertThat(fixture.connect("/realtime", ANNA)
                        .emitWithAck("sync", json("since", 0))
                        .optBoolean("ok"))
                .isTrue();
    }

    @Test
    void aSocketMayWorkOnSoManyOrdersInASecond() {
        fixture = DialectServerFixture.secured(
                data, SocketLimits.defaults().withRates(Role.MERCHANT, new RoleRates(100, 2, 500, 10)));
        var shop = fixture.connect("/marketplace", SHOP);
        var order = fixture.place(ANNA, "acme");
        for (var i = 0; i < 2; i++) {
            shop.error("merchant:accept", json("order_id", STRANGE));
        }
        var error = shop.error("merchant:accept", json("order_id", order.id().toString()));
        assertThat(error.optString("code")).isEqualTo("rate_limited");
        assertThat(fixture.state(order)).isEqualTo(OrderState.PENDING);
        fixture.clock.advance(Duration.ofMillis(error.optLong("retryAfterMs")));
        assertThat(shop.emitWithAck(
                                "merchant:accept", json("order_id", order.id().toString()))
                        .optBoolean("ok"))
                .isTrue();
    }

    @Test
    void aClientThatGoesOnWhenItIsRateLimitedIsDisconnected() {
        fixture = DialectServerFixture.secured(
                data, SocketLimits.defaults().withRates(Role.CUSTOMER, new RoleRates(100, 1, 500, 10)));
        var anna = fixture.connect("/realtime", ANNA);
        for (var i = 0; i < 1 + SharedLimits.defaults().rejectionsPerSecond(); i++) {
            anna.emit("ping", json());
        }
        assertThat(anna.error("ping", json()).optString("message")).contains("the connection is closed");
        anna.awaitDisconnect();
    }

    @Test
    void aClientWithoutATokenIsAnsweredNoMoreOftenAfterItHasReconnected() {
        fixture = DialectServerFixture.inDevelopment(data);
        var rate = RoleRates.defaults().orderCommandsPerSecond();
        var first = fixture.connect("/storefront", Map.of(), "");
        for (var i = 0; i < rate + SharedLimits.defaults().rejectionsPerSecond(); i++) {
            first.emit("ping", json());
        }
        assertThat(first.error("ping", json()).optString("message")).contains("the connection is closed");
        first.close();
        var again = fixture.connect("/storefront", Map.of(), "");
        for (var i = 0; i < rate; i++) {
            again.emit("ping", json());
        }
        assertThat(again.error("ping", json()).optString("message")).contains("the connection is closed");
        again.awaitDisconnect();
    }

    /// Positions are not among them: those over the limit are published a little later, without an error.
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
    void everyEventOverItsRateIsRejected(String namespace, String event) {
        fixture = DialectServerFixture.secured(
                data, SocketLimits.defaults().withRates(Role.CUSTOMER, new RoleRates(1, 1, 500, 10)));
        var anna = fixture.connect(namespace, ANNA);
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
        assertThat(anna.emitWithAck(event, said).toString()).doesNotContain("\"invalid\"", "rate_limited");
        assertThat(anna.error(event, said).optString("code")).isEqualTo("rate_limited");
    }

    @Test
    void aDriverThatNamesForeignOrdersIsRateLimited() {
        fixture = DialectServerFixture.secured(
                data, SocketLimits.defaults().withRates(Role.DRIVER, new RoleRates(100, 2, 500, 10)));
        var kari = fixture.connect("/realtime", KARI);
        var guess = json("latitude", 59.91, "longitude", 10.75, "orderId", STRANGE);
        for (var i = 0; i < 2; i++) {
            assertThat(kari.error("driver:location", guess).optString("code")).isEqualTo("forbidden");
        }
        assertThat(kari.error("driver:location", guess).optString("code")).isEqualTo("rate_limited");
        assertThat(kari.emitWithAck("driver:location", json("latitude", 59.91, "longitude", 10.75))
                        .optBoolean("ok"))
                .isTrue();
    }

    @Test
    void aUserMayHaveSoManySockets() {
        fixture = DialectServerFixture.secured(data, SocketLimits.defaults().withSocketsPerUser(2));
        fixture.connect("/realtime", ANNA);
        var second = fixture.connect("/storefront", ANNA);
        assertThat(rejected(ANNA).optString("code")).isEqualTo("rate_limited");
        assertThat(rejected(ANNA).optLong("retryAfterMs")).isPositive();
        fixture.connect("/realtime", BEN);
        second.close();
        while (!fixture.isAdmitted("/realtime", ANNA)) {
            // it is seen a little later that the other is gone
        }
    }

    @Test
    void handshakesAreLimitedExceptForBusyDrivers() {
        fixture = DialectServerFixture.secured(data, SocketLimits.defaults().withHandshakes(0, 2));
        fixture.placeInTransit(KARI);
        fixture.awaitRelay();
        fixture.connect("/realtime", ANNA);
        fixture.connect("/realtime", BEN);
        var refusal = rejected(OLA);
        assertThat(refusal.optString("code")).isEqualTo("rate_limited");
        assertThat(refusal.optLong("retryAfterMs")).isPositive();
        fixture.connect("/realtime", KARI);
        fixture.clock.advance(Duration.ofMillis(500));
        fixture.connect("/realtime", OLA);
    }

    @Test
    void aSocketMayBeInSoManyRooms() {
        fixture = DialectServerFixture.secured(data, SocketLimits.defaults().withRates(Role.CUSTOMER, RoleRates.off()));
        var anna = fixture.connect("/realtime", ANNA);
        var watched = 0;
        while (true) {
            var order = fixture.place(ANNA, "acme");
            var answer = anna.emitWithAck(
                    "subscribe:order", json("orderId", order.id().toString()));
            if (!answer.optBoolean("ok")) {
                assertThat(answer.optJSONObject("error").optString("code")).isEqualTo("too_large");
                break;
            }
            watched++;
        }
        assertThat(watched).isBetween(490, 500);
    }
}
