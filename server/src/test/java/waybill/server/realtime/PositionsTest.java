package waybill.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.realtime.House.ADMIN;
import static waybill.server.realtime.House.ANNA;
import static waybill.server.realtime.House.KARI;
import static waybill.server.realtime.House.OLA;
import static waybill.server.realtime.House.SHOP;
import static waybill.server.realtime.LiveSocket.json;

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
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.server.dialect.Report;
import waybill.tracking.Pace;

/// Positions on their way from a driver to who watches.
class PositionsTest {

    /// Some eleven metres to the north: what a driver makes in a second or two.
    private static final double STEP = 0.0001;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private House house;

    @AfterEach
    void close() {
        house.close();
    }

    private LiveSocket viewer(Order order) {
        house.settle();
        var viewer = house.connect("/realtime", ANNA);
        viewer.ask("subscribe:order", json("orderId", order.id().toString()));
        viewer.heardSoFar();
        return viewer;
    }

    private JSONObject step(int number) {
        house.clock.pass(Duration.ofMillis(1));
        return json("latitude", 59.91 + number * STEP, "longitude", 10.75);
    }

    private static double latitude(LiveSocket viewer) {
        return viewer.next("driver:location_update").payload().optDouble("latitude");
    }

    @Test
    void whatIsTooMuchIsToldALittleLaterAndOnlyTheNewest() {
        house = House.secured(data);
        var viewer = viewer(house.drivenBy(KARI));
        var kari = house.connect("/realtime", KARI);
        for (var i = 0; i < 30; i++) {
            assertThat(kari.ask("driver:location", step(i)).optBoolean("ok")).isTrue();
        }
        for (var i = 0; i < Pace.POSITION_BURST; i++) {
            assertThat(latitude(viewer)).isEqualTo(59.91 + i * STEP);
        }
        assertThat(viewer.eventsSoFar()).isEmpty();
        house.clock.pass(Duration.ofMillis(Pace.POSITION_INTERVAL_MS));
        assertThat(latitude(viewer)).isEqualTo(59.91 + 29 * STEP);
        assertThat(viewer.eventsSoFar()).isEmpty();
    }

    @Test
    void whatNobodyCanReachThatFastIsNotTold() {
        house = House.secured(data);
        var viewer = viewer(house.drivenBy(KARI));
        var kari = house.connect("/realtime", KARI);
        kari.ask("driver:location", step(0));
        house.clock.pass(Duration.ofSeconds(5));
        assertThat(kari.ask("driver:location", json("latitude", 0, "longitude", 0))
                        .optBoolean("ok"))
                .isTrue();
        house.clock.pass(Duration.ofSeconds(5));
        kari.ask("driver:location", step(1));
        assertThat(latitude(viewer)).isEqualTo(59.91);
        assertThat(latitude(viewer)).isEqualTo(59.91 + STEP);
    }

    @Test
    void ofWhatWasGatheredWithoutALineTheNewestIsTold() {
        house = House.secured(data);
        var viewer = viewer(house.drivenBy(KARI));
        var kari = house.connect("/realtime", KARI);
        var gathered = new JSONArray();
        for (var i : List.of(2, 0, 1)) {
            gathered.put(recordedAt(step(i), house.clock.instant().minusSeconds(100 - 10L * i)));
        }
        assertThat(kari.ask("driver:location", gathered).optBoolean("ok")).isTrue();
        assertThat(latitude(viewer)).isEqualTo(59.91 + 2 * STEP);
        kari.ask("driver:location", recordedAt(step(7), house.clock.instant().minusSeconds(90)));
        assertThat(viewer.eventsSoFar()).doesNotContain("driver:location_update");
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
    void anOrderThatIsNamedIsToldAlone() {
        house = House.secured(data);
        var one = house.drivenBy(KARI);
        var other = house.drivenBy(KARI);
        var viewer = viewer(one);
        var viewerOfOther = viewer(other);
        var kari = house.connect("/realtime", KARI);
        kari.ask("driver:location", step(0).put("orderId", one.id().toString()));
        assertThat(viewer.next("driver:location_update").text("orderId"))
                .isEqualTo(one.id().toString());
        assertThat(viewerOfOther.eventsSoFar()).isEmpty();
        kari.ask("driver:location", step(1));
        assertThat(latitude(viewerOfOther)).as("rounded").isEqualTo(59.91);
    }

    @Test
    void whoseOrderIsNotTheNextStopSeesTheDriverToAKilometre() {
        house = House.secured(data);
        var next = house.drivenBy(KARI);
        var later = house.drivenBy(KARI);
        var viewer = viewer(later);
        var shop = house.connect("/storefront", SHOP);
        shop.ask("join:order", json("orderId", later.id().toString()));
        var admin = house.connect("/realtime", ADMIN);
        admin.ask("subscribe:order", json("orderId", later.id().toString()));
        var kari = house.connect("/realtime", KARI);
        kari.ask("driver:location", step(7).put("speed", 9).put("heading", 90));

        var rounded = viewer.next("driver:location_update").payload();
        assertThat(rounded.optDouble("latitude")).isEqualTo(59.91);
        assertThat(rounded.optDouble("longitude")).isEqualTo(10.76);
        assertThat(List.of(rounded.isNull("speed"), rounded.isNull("heading"))).containsOnly(true);
        assertThat(shop.next("delivery:location:update")
                        .payload()
                        .optJSONObject("location")
                        .optDouble("lat"))
                .isEqualTo(59.91);
        assertThat(latitude(admin)).isEqualTo(59.91 + 7 * STEP);
        assertThat(viewer.ask("subscribe:order", json("orderId", later.id().toString()))
                        .optJSONObject("position")
                        .optDouble("latitude"))
                .isEqualTo(59.91);

        house.does(next, new OrderCommand.Deliver(), KARI);
        house.settle();
        kari.ask("driver:location", step(8));
        assertThat(latitude(viewer)).isEqualTo(59.91 + 8 * STEP);
        assertThat(latitude(admin)).isEqualTo(59.91 + 8 * STEP);
    }

    @Test
    void orSeesNothingUntilThen() {
        house = House.secured(data, LiveLimits.defaults().withHiddenUntilNext(true));
        house.drivenBy(KARI);
        var later = house.drivenBy(KARI);
        var viewer = viewer(later);
        var kari = house.connect("/realtime", KARI);
        kari.ask("driver:location", step(7));
        assertThat(viewer.eventsSoFar()).doesNotContain("driver:location_update");
        var snapshot = viewer.ask("subscribe:order", json("orderId", later.id().toString()));
        assertThat(snapshot.isNull("position")).isTrue();
    }

    @Test
    void aDriverWhoHasJustTakenAnOrderMayNameItAtOnce() {
        house = House.secured(data);
        var kari = house.connect("/realtime", KARI);
        for (var i = 0; i < 20; i++) {
            var order = house.drivenBy(KARI);
            var answer = kari.ask(
                    "driver:location", step(i).put("orderId", order.id().toString()));
            assertThat(answer.optBoolean("ok")).as(answer.toString()).isTrue();
        }
    }

    @Test
    void nobodyIsToldOfAnOrderThatIsOver() {
        house = House.secured(data);
        var order = house.drivenBy(KARI);
        var viewer = viewer(order);
        house.does(order, new OrderCommand.Deliver(), KARI);
        house.settle();
        var kari = house.connect("/realtime", KARI);
        assertThat(kari.ask("driver:location", step(0)).optBoolean("ok")).isTrue();
        assertThat(viewer.eventsSoFar()).containsExactly("order:status_update");
        var late = recordedAt(step(1), house.clock.instant().minusSeconds(60))
                .put("orderId", order.id().toString());
        assertThat(kari.ask("driver:location", late).optString("verdict")).isEqualTo("history");
        assertThat(viewer.eventsSoFar()).isEmpty();
    }

    @Test
    void anArrivalIsToldAgainWhenItHasMovedByAMinute() {
        house = House.secured(data);
        var viewer = viewer(house.drivenBy(KARI));
        var kari = house.connect("/realtime", KARI);
        kari.ask("driver:location", step(0).put("speed", 6));
        assertThat(viewer.next("order:eta_update").payload().optInt("etaMinutes"))
                .isPositive();
        kari.ask("driver:location", step(1).put("speed", 6));
        assertThat(viewer.eventsSoFar()).doesNotContain("order:eta_update");
        house.clock.pass(Duration.ofMinutes(2)); // and is no nearer
        kari.ask("driver:location", step(2).put("speed", 6));
        assertThat(viewer.next("order:eta_update").event()).isEqualTo("order:eta_update");
    }

    @Test
    void whoBeginsToWatchKnowsTheLastPositionWhateverTheMoment() {
        house = House.secured(data, LiveLimits.defaults().withRates(Role.DRIVER, Rates.off()));
        var order = house.drivenBy(KARI);
        house.settle();
        for (var round = 0; round < 100; round++) {
            var first = round * 20;
            var viewer = house.connect("/realtime", ANNA);
            var driving = Thread.ofPlatform().start(() -> {
                for (var i = 1; i <= 20; i++) {
                    drive(KARI, first + i);
                }
            });
            var snapshot =
                    viewer.ask("subscribe:order", json("orderId", order.id().toString()));
            join(driving);
            var last = 59.91 + (first + 20) * STEP;
            var shown = snapshot.optJSONObject("position");
            var isShown = shown != null && shown.optDouble("latitude") == last;
            var isHeard =
                    viewer.heardSoFar().stream().anyMatch(one -> one.payload().optDouble("latitude") == last);
            assertThat(isShown || isHeard).as("round " + round).isTrue();
            viewer.close();
        }
    }

    @Test
    void aSlowViewerSeesTheNewestAndIsNotSentAway() {
        house = House.secured(data, LiveLimits.defaults().withRates(Role.DRIVER, Rates.off()));
        var order = house.drivenBy(KARI);
        house.settle();
        var count = 50_000; // far more than fits between the two
        try (var viewer = SlowViewer.connect(house.address(), house.token(ANNA), order.id())) {
            for (var i = 0; i < count; i++) {
                house.positions().hear(KARI, List.of(report(59.91 + (i % 2) * STEP)));
                house.clock.pass(Duration.ofSeconds(1));
            }
            house.positions().hear(KARI, List.of(report(59.91 + 2 * STEP)));
            assertThat(viewer.readUntil("\"latitude\":" + (59.91 + 2 * STEP))).isLessThan(count);
        }
    }

    private void drive(Principal driver, int number) {
        house.clock.pass(Duration.ofSeconds(1));
        house.positions().hear(driver, List.of(report(59.91 + number * STEP)));
    }

    private static Report report(double latitude) {
        return new Report(null, new Position(latitude, 10.75), Report.NOT_SAID, Report.NOT_SAID, Report.NOT_SAID, null);
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
        house = House.secured(data);
        var viewer = viewer(house.drivenBy(KARI));
        var kari = house.connect("/realtime", KARI);
        for (var i = 0; i < 3; i++) {
            kari.ask("driver:location", json("latitude", 59.91 + i * STEP, "longitude", 10.75));
        }
        for (var i = 0; i < 3; i++) {
            assertThat(latitude(viewer)).isEqualTo(59.91 + i * STEP);
        }
    }

    @Test
    void anotherDriverIsNotBelieved() {
        house = House.secured(data);
        var order = house.drivenBy(KARI);
        var viewer = viewer(order);
        var ola = house.connect("/realtime", OLA);
        assertThat(ola.ask("driver:location", step(0)).optBoolean("ok")).isTrue();
        assertThat(viewer.eventsSoFar()).isEmpty();
    }
}
