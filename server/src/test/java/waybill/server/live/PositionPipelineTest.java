package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.OLA;
import static waybill.server.live.LiveTestClient.json;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.geo.Position;
import waybill.hub.position.PositionReport;
import waybill.hub.position.PositionThrottle;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.server.socket.RoleRates;
import waybill.server.socket.SocketLimits;

/// Positions on their way from a driver to the viewers of its orders.
class PositionPipelineTest {

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
    void positionsOverTheRateAreBroadcastLaterAndOnlyTheNewest() {
        fixture = DialectServerFixture.secured(data);
        var viewer = viewer(fixture.placeInTransit(KARI));
        var kari = fixture.connect("/realtime", KARI);
        for (var i = 0; i < 30; i++) {
            assertThat(kari.emitWithAck("driver:location", step(i)).optBoolean("ok"))
                    .isTrue();
        }
        for (var i = 0; i < PositionThrottle.BURST; i++) {
            assertThat(latitude(viewer)).isEqualTo(59.91 + i * STEP);
        }
        assertThat(viewer.receivedEventNames()).isEmpty();
        fixture.clock.advance(Duration.ofMillis(PositionThrottle.INTERVAL_MS));
        assertThat(latitude(viewer)).isEqualTo(59.91 + 29 * STEP);
        assertThat(viewer.receivedEventNames()).doesNotContain("driver:location_update");
    }

    @Test
    void anImplausiblePositionIsNotBroadcast() {
        fixture = DialectServerFixture.secured(data);
        var viewer = viewer(fixture.placeInTransit(KARI));
        var kari = fixture.connect("/realtime", KARI);
        kari.emitWithAck("driver:location", step(0));
        fixture.clock.advance(Duration.ofSeconds(5));
        assertThat(kari.emitWithAck("driver:location", json("latitude", 0, "longitude", 0))
                        .optBoolean("ok"))
                .isTrue();
        fixture.clock.advance(Duration.ofSeconds(5));
        kari.emitWithAck("driver:location", step(1));
        assertThat(latitude(viewer)).isEqualTo(59.91);
        assertThat(latitude(viewer)).isEqualTo(59.91 + STEP);
    }

    @Test
    void ofPositionsRecordedOfflineTheNewestIsBroadcast() {
        fixture = DialectServerFixture.secured(data);
        var viewer = viewer(fixture.placeInTransit(KARI));
        var kari = fixture.connect("/realtime", KARI);
        var gathered = new JSONArray();
        for (var i : List.of(2, 0, 1)) {
            gathered.put(recordedAt(step(i), fixture.clock.instant().minusSeconds(100 - 10L * i)));
        }
        assertThat(kari.emitWithAck("driver:location", gathered).optBoolean("ok"))
                .isTrue();
        assertThat(latitude(viewer)).isEqualTo(59.91 + 2 * STEP);
        kari.emitWithAck(
                "driver:location", recordedAt(step(7), fixture.clock.instant().minusSeconds(90)));
        assertThat(viewer.receivedEventNames()).doesNotContain("driver:location_update");
    }

    private static JSONObject recordedAt(JSONObject position, Instant at) {
        return json(
                "latitude",
                position.optDouble("latitude"),
                "longitude",
                position.optDouble("longitude"),
                "recordedAt",
                at.toString());
    }

    @Test
    void aPositionForOneOrderIsBroadcastToThatOrderOnly() {
        fixture = DialectServerFixture.secured(data);
        var one = fixture.placeInTransit(KARI);
        var other = fixture.placeInTransit(KARI);
        var viewer = viewer(one);
        var viewerOfOther = viewer(other);
        var kari = fixture.connect("/realtime", KARI);
        kari.emitWithAck("driver:location", step(0).put("orderId", one.id().toString()));
        assertThat(viewer.nextEvent("driver:location_update").text("orderId"))
                .isEqualTo(one.id().toString());
        assertThat(viewerOfOther.receivedEventNames()).isEmpty();
        kari.emitWithAck("driver:location", step(1));
        assertThat(latitude(viewerOfOther)).as("rounded").isEqualTo(59.91);
    }

    @Test
    void aDriverMayNameAnOrderRightAfterItsClaim() {
        fixture = DialectServerFixture.secured(data);
        var kari = fixture.connect("/realtime", KARI);
        for (var i = 0; i < 20; i++) {
            var order = fixture.placeInTransit(KARI);
            var answer = kari.emitWithAck(
                    "driver:location", step(i).put("orderId", order.id().toString()));
            assertThat(answer.optBoolean("ok")).as(answer.toString()).isTrue();
        }
    }

    @Test
    void noPositionIsBroadcastForAnEndedOrder() {
        fixture = DialectServerFixture.secured(data);
        var order = fixture.placeInTransit(KARI);
        var viewer = viewer(order);
        fixture.execute(order, new OrderCommand.Deliver(), KARI);
        fixture.awaitRelay();
        var kari = fixture.connect("/realtime", KARI);
        assertThat(kari.emitWithAck("driver:location", step(0)).optBoolean("ok"))
                .isTrue();
        assertThat(viewer.receivedEventNames()).containsExactly("order:status_update");
        var late = recordedAt(step(1), fixture.clock.instant().minusSeconds(60))
                .put("orderId", order.id().toString());
        assertThat(kari.emitWithAck("driver:location", late).optString("verdict"))
                .isEqualTo("history");
        assertThat(viewer.receivedEventNames()).isEmpty();
    }

    @Test
    void anEtaIsBroadcastAgainWhenItChangesByAMinute() {
        fixture = DialectServerFixture.secured(data);
        var viewer = viewer(fixture.placeInTransit(KARI));
        var kari = fixture.connect("/realtime", KARI);
        kari.emitWithAck("driver:location", step(0).put("speed", 6));
        assertThat(viewer.nextEvent("order:eta_update").payload().optInt("etaMinutes"))
                .isPositive();
        kari.emitWithAck("driver:location", step(1).put("speed", 6));
        assertThat(viewer.receivedEventNames()).doesNotContain("order:eta_update");
        fixture.clock.advance(Duration.ofMinutes(2)); // and is no nearer
        kari.emitWithAck("driver:location", step(2).put("speed", 6));
        assertThat(viewer.nextEvent("order:eta_update").event()).isEqualTo("order:eta_update");
    }

    @Test
    void aNewWatcherGetsTheLastPosition() {
        fixture = DialectServerFixture.secured(data, SocketLimits.defaults().withRates(Role.DRIVER, RoleRates.off()));
        var order = fixture.placeInTransit(KARI);
        fixture.awaitRelay();
        for (var round = 0; round < 100; round++) {
            var first = round * 20;
            var viewer = fixture.connect("/realtime", ANNA);
            var driving = Thread.ofPlatform().start(() -> {
                for (var i = 1; i <= 20; i++) {
                    drive(KARI, first + i);
                }
            });
            var snapshot = viewer.emitWithAck(
                    "subscribe:order", json("orderId", order.id().toString()));
            join(driving);
            var last = 59.91 + (first + 20) * STEP;
            var shown = snapshot.optJSONObject("position");
            var isShown = shown != null && shown.optDouble("latitude") == last;
            var isHeard = viewer.receivedEvents().stream()
                    .anyMatch(one -> one.payload().optDouble("latitude") == last);
            assertThat(isShown || isHeard).as("round " + round).isTrue();
            viewer.close();
        }
    }

    @Test
    void aSlowViewerSeesTheNewestAndIsNotSentAway() {
        fixture = DialectServerFixture.secured(data, SocketLimits.defaults().withRates(Role.DRIVER, RoleRates.off()));
        var order = fixture.placeInTransit(KARI);
        fixture.awaitRelay();
        var count = 50_000; // far more than fits between the two
        try (var viewer = SlowViewer.connect(fixture.address(), fixture.token(ANNA), order.id())) {
            for (var i = 0; i < count; i++) {
                fixture.positions().accept(KARI, List.of(report(59.91 + (i % 2) * STEP)));
                fixture.clock.advance(Duration.ofSeconds(1));
            }
            fixture.positions().accept(KARI, List.of(report(59.91 + 2 * STEP)));
            assertThat(viewer.readUntil("\"latitude\":" + (59.91 + 2 * STEP))).isLessThan(count);
        }
    }

    private void drive(Principal driver, int number) {
        fixture.clock.advance(Duration.ofSeconds(1));
        fixture.positions().accept(driver, List.of(report(59.91 + number * STEP)));
    }

    private static PositionReport report(double latitude) {
        return new PositionReport(
                null,
                new Position(latitude, 10.75),
                PositionReport.UNKNOWN,
                PositionReport.UNKNOWN,
                PositionReport.UNKNOWN,
                null);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void ofWhatComesAtOnceTheLaterIsTheNewer() {
        fixture = DialectServerFixture.secured(data);
        var viewer = viewer(fixture.placeInTransit(KARI));
        var kari = fixture.connect("/realtime", KARI);
        for (var i = 0; i < 3; i++) {
            kari.emitWithAck("driver:location", json("latitude", 59.91 + i * STEP, "longitude", 10.75));
        }
        for (var i = 0; i < 3; i++) {
            assertThat(latitude(viewer)).isEqualTo(59.91 + i * STEP);
        }
    }

    @Test
    void aPositionOfAnotherDriverIsRejected() {
        fixture = DialectServerFixture.secured(data);
        var order = fixture.placeInTransit(KARI);
        var viewer = viewer(order);
        var ola = fixture.connect("/realtime", OLA);
        assertThat(ola.emitWithAck("driver:location", step(0)).optBoolean("ok")).isTrue();
        assertThat(viewer.receivedEventNames()).isEmpty();
    }
}
