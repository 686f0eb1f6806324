package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.BEN;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.util.Map;
import org.junit.jupiter.api.Test;
import waybill.order.OrderCommand;

/// `/realtime`, as the official Java client meets it.
class RealtimeNamespaceTest extends SecuredHubTest {

    @Test
    void aConnectedSocketGetsTheConnectedEvent() {
        var anna = fixture.connect("/realtime", ANNA);
        var hello = anna.nextEvent();
        assertThat(hello.event()).isEqualTo("connected");
        assertThat(hello.text("userId")).isEqualTo("anna");
        assertThat(hello.text("role")).isEqualTo("customer");
        assertThat(hello.text("socketId")).isEqualTo(anna.id());
        assertThat(hello.text("serverTime")).isEqualTo("2026-01-31T12:00:00.000Z");
    }

    @Test
    void aClientWithoutATokenIsRejected() {
        assertThat(fixture.connectError("/realtime", Map.of(), "").toString()).contains("\"code\":\"unauthenticated\"");
    }

    @Test
    void anOrderIsVisibleToItsPartiesOnly() {
        var anna = fixture.connect("/realtime", ANNA);
        var ben = fixture.connect("/realtime", BEN);
        var shop = fixture.connect("/realtime", SHOP);
        var order = fixture.place(ANNA, "acme");
        assertThat(shop.nextEvent("order:new").text("orderId"))
                .isEqualTo(order.id().toString());
        assertThat(anna.nextEvent("order:status_update").text("status")).isEqualTo("pending");
        fixture.execute(order, new OrderCommand.Accept(), SHOP);
        var accepted = anna.nextEvent("order:status_update");
        assertThat(accepted.text("status")).isEqualTo("accepted");
        assertThat(accepted.text("previousStatus")).isEqualTo("pending");
        assertThat(accepted.payload().optLong("eventId")).isEqualTo(2);
        fixture.awaitRelay();
        assertThat(ben.receivedEventNames()).containsExactly("connected");
    }

    @Test
    void aViewerSeesWhereTheDriverIs() {
        var order = fixture.placeInTransit(KARI);
        fixture.awaitRelay();
        var kari = fixture.connect("/realtime", KARI);
        var anna = fixture.connect("/realtime", ANNA);
        var snapshot =
                anna.emitWithAck("subscribe:order", json("orderId", order.id().toString()));
        assertThat(snapshot.optBoolean("ok")).isTrue();
        assertThat(snapshot.optString("status")).isEqualTo("in_transit");
        assertThat(snapshot.optLong("eventId")).isEqualTo(order.lastSequence());
        kari.emit("driver:location", json("latitude", 59.92, "longitude", 10.75, "heading", 90, "speed", 8));
        var seen = anna.nextEvent("driver:location_update");
        assertThat(seen.text("orderId")).isEqualTo(order.id().toString());
        assertThat(seen.text("driverId")).isEqualTo("kari");
        assertThat(seen.payload().optDouble("latitude")).isEqualTo(59.92);
        assertThat(anna.nextEvent("order:eta_update").payload().optInt("etaMinutes"))
                .isPositive();
        assertThat(kari.nextEvent("driver:location_acknowledged").text("orderId"))
                .isEqualTo(order.id().toString());
    }

    @Test
    void anUnrelatedUserMayNotWatch() {
        var order = fixture.placeInTransit(KARI);
        var ben = fixture.connect("/realtime", BEN);
        var error = ben.error("subscribe:order", json("orderId", order.id().toString()));
        assertThat(error.optString("code")).isEqualTo("forbidden");
    }

    @Test
    void aTokenMayBeRenewedWhileConnected() {
        var anna = fixture.connect("/realtime", ANNA);
        assertThat(anna.emitWithAck("auth:refresh", json("token", fixture.token(ANNA)))
                        .optBoolean("ok"))
                .isTrue();
        assertThat(anna.error("auth:refresh", json("token", fixture.token(BEN))).optString("code"))
                .isIn("forbidden", "rate_limited");
    }

    @Test
    void aRevokedUserIsDisconnected() {
        var anna = fixture.connect("/realtime", ANNA);
        var ben = fixture.connect("/realtime", BEN);
        fixture.revoke(ANNA);
        assertThat(anna.nextEvent("auth:revoked").text("code")).isEqualTo("unauthenticated");
        anna.awaitDisconnect();
        assertThat(ben.emitWithAck("sync", json("since", 0)).optBoolean("ok")).isTrue();
        assertThat(fixture.connectError("/realtime", Map.of("token", fixture.token(ANNA)), "")
                        .toString())
                .contains("\"code\":\"unauthenticated\"");
    }

    @Test
    void namesAndPhonesOfTokensAreRemembered() {
        fixture.connect("/realtime", KARI).receivedEvents();
        fixture.store().journal().submit(_ -> true).join();
        var kari = fixture.store().directory().findPerson(KARI.user()).orElseThrow();
        assertThat(kari.name()).contains("Kari");
        assertThat(kari.phone()).contains("+47 2");
    }
}
