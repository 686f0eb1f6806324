package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ADMIN;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.server.socket.SocketLimits;

/// How exactly viewers see a driver with several orders.
class PositionPrecisionTest {

    /// Some eleven metres to the north: what a driver makes in a second or two.
    private static final double STEP = 0.0001;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private DialectServerFixture fixture;

    @AfterEach
    void close() {
        fixture.close();
    }

    private LiveTestClient viewer(Order order) {
        fixture.awaitRelay();
        var viewer = fixture.connect("/realtime", ANNA);
        viewer.emitWithAck("subscribe:order", json("orderId", order.id().toString()));
        viewer.receivedEvents();
        return viewer;
    }

    private JSONObject step(int number) {
        fixture.clock.advance(Duration.ofMillis(1));
        return json("latitude", 59.91 + number * STEP, "longitude", 10.75);
    }

    private static double latitude(LiveTestClient viewer) {
        return viewer.nextEvent("driver:location_update").payload().optDouble("latitude");
    }

    @Test
    void whoseOrderIsNotTheNextStopSeesTheDriverToAKilometre() {
        fixture = DialectServerFixture.secured(data);
        var next = fixture.placeInTransit(KARI);
        var later = fixture.placeInTransit(KARI);
        var viewer = viewer(later);
        var shop = fixture.connect("/storefront", SHOP);
        shop.emitWithAck("join:order", json("orderId", later.id().toString()));
        var admin = fixture.connect("/realtime", ADMIN);
        admin.emitWithAck("subscribe:order", json("orderId", later.id().toString()));
        var kari = fixture.connect("/realtime", KARI);
        kari.emitWithAck("driver:location", step(7).put("speed", 9).put("heading", 90));

        var rounded = viewer.nextEvent("driver:location_update").payload();
        assertThat(rounded.optDouble("latitude")).isEqualTo(59.91);
        assertThat(rounded.optDouble("longitude")).isEqualTo(10.76);
        assertThat(List.of(rounded.isNull("speed"), rounded.isNull("heading"))).containsOnly(true);
        assertThat(shop.nextEvent("delivery:location:update")
                        .payload()
                        .optJSONObject("location")
                        .optDouble("lat"))
                .isEqualTo(59.91);
        assertThat(latitude(admin)).isEqualTo(59.91 + 7 * STEP);
        assertThat(viewer.emitWithAck(
                                "subscribe:order", json("orderId", later.id().toString()))
                        .optJSONObject("position")
                        .optDouble("latitude"))
                .isEqualTo(59.91);

        fixture.execute(next, new OrderCommand.Deliver(), KARI);
        fixture.awaitRelay();
        kari.emitWithAck("driver:location", step(8));
        assertThat(latitude(viewer)).isEqualTo(59.91 + 8 * STEP);
        assertThat(latitude(admin)).isEqualTo(59.91 + 8 * STEP);
    }

    @Test
    void orSeesNothingUntilThen() {
        fixture = DialectServerFixture.secured(data, SocketLimits.defaults().withHiddenUntilNext(true));
        fixture.placeInTransit(KARI);
        var later = fixture.placeInTransit(KARI);
        var viewer = viewer(later);
        var kari = fixture.connect("/realtime", KARI);
        kari.emitWithAck("driver:location", step(7));
        assertThat(viewer.receivedEventNames()).doesNotContain("driver:location_update");
        var snapshot =
                viewer.emitWithAck("subscribe:order", json("orderId", later.id().toString()));
        assertThat(snapshot.isNull("position")).isTrue();
    }
}
