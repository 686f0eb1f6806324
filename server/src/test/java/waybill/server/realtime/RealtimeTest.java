package waybill.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.realtime.House.ANNA;
import static waybill.server.realtime.House.BEN;
import static waybill.server.realtime.House.KARI;
import static waybill.server.realtime.House.SHOP;
import static waybill.server.realtime.LiveSocket.json;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.order.OrderCommand;

/// `/realtime`, as the official Java client meets it.
class RealtimeTest {

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

    @Test
    void whoComesIsGreeted() {
        var anna = house.connect("/realtime", ANNA);
        var hello = anna.next();
        assertThat(hello.event()).isEqualTo("connected");
        assertThat(hello.text("userId")).isEqualTo("anna");
        assertThat(hello.text("role")).isEqualTo("customer");
        assertThat(hello.text("socketId")).isEqualTo(anna.id());
        assertThat(hello.text("serverTime")).isEqualTo("2026-01-31T12:00:00.000Z");
    }

    @Test
    void whoShowsNoTokenIsNotLetIn() {
        assertThat(house.refused("/realtime", Map.of(), "").toString()).contains("\"code\":\"unauthenticated\"");
    }

    @Test
    void anOrderIsSeenByItsPartiesAndByNobodyElse() {
        var anna = house.connect("/realtime", ANNA);
        var ben = house.connect("/realtime", BEN);
        var shop = house.connect("/realtime", SHOP);
        var order = house.place(ANNA, "acme");
        assertThat(shop.next("order:new").text("orderId")).isEqualTo(order.id().toString());
        assertThat(anna.next("order:status_update").text("status")).isEqualTo("pending");
        house.does(order, new OrderCommand.Accept(), SHOP);
        var accepted = anna.next("order:status_update");
        assertThat(accepted.text("status")).isEqualTo("accepted");
        assertThat(accepted.text("previousStatus")).isEqualTo("pending");
        assertThat(accepted.payload().optLong("eventId")).isEqualTo(2);
        house.settle();
        assertThat(ben.eventsSoFar()).containsExactly("connected");
    }

    @Test
    void aViewerSeesWhereTheDriverIs() {
        var order = house.drivenBy(KARI);
        house.settle();
        var kari = house.connect("/realtime", KARI);
        var anna = house.connect("/realtime", ANNA);
        var snapshot = anna.ask("subscribe:order", json("orderId", order.id().toString()));
        assertThat(snapshot.optBoolean("ok")).isTrue();
        assertThat(snapshot.optString("status")).isEqualTo("in_transit");
        assertThat(snapshot.optLong("eventId")).isEqualTo(order.version());
        kari.say("driver:location", json("latitude", 59.92, "longitude", 10.75, "heading", 90, "speed", 8));
        var seen = anna.next("driver:location_update");
        assertThat(seen.text("orderId")).isEqualTo(order.id().toString());
        assertThat(seen.text("driverId")).isEqualTo("kari");
        assertThat(seen.payload().optDouble("latitude")).isEqualTo(59.92);
        assertThat(anna.next("order:eta_update").payload().optInt("etaMinutes")).isPositive();
        assertThat(kari.next("driver:location_acknowledged").text("orderId"))
                .isEqualTo(order.id().toString());
    }

    @Test
    void aStrangerMayNotWatch() {
        var order = house.drivenBy(KARI);
        var ben = house.connect("/realtime", BEN);
        var error = ben.error("subscribe:order", json("orderId", order.id().toString()));
        assertThat(error.optString("code")).isEqualTo("forbidden");
    }

    @Test
    void aTokenMayBeRenewedWhileConnected() {
        var anna = house.connect("/realtime", ANNA);
        assertThat(anna.ask("auth:refresh", json("token", house.token(ANNA))).optBoolean("ok"))
                .isTrue();
        assertThat(anna.error("auth:refresh", json("token", house.token(BEN))).optString("code"))
                .isIn("forbidden", "rate_limited");
    }

    @Test
    void whoseTokensAreRevokedIsSentAway() {
        var anna = house.connect("/realtime", ANNA);
        var ben = house.connect("/realtime", BEN);
        house.revoke(ANNA);
        assertThat(anna.next("auth:revoked").text("code")).isEqualTo("unauthenticated");
        anna.awaitDisconnect();
        assertThat(ben.ask("sync", json("since", 0)).optBoolean("ok")).isTrue();
        assertThat(house.refused("/realtime", Map.of("token", house.token(ANNA)), "")
                        .toString())
                .contains("\"code\":\"unauthenticated\"");
    }

    @Test
    void namesAndPhonesOfTokensAreRemembered() {
        house.connect("/realtime", KARI).heardSoFar();
        house.store().journal().submit(_ -> true).join();
        var kari = house.store().directory().person(KARI.user()).orElseThrow();
        assertThat(kari.name()).contains("Kari");
        assertThat(kari.phone()).contains("+47 2");
    }
}
