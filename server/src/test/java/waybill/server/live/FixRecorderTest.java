package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ADMIN;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.OLA;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.hub.position.DriverRateLimits;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderCommand;

/// What a driver is answered to its positions, and what its viewers are shown of them.
class FixRecorderTest {

    private static final double STEP = 0.0001;
    private static final String UPDATE = "driver:location_update";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private DialectServerFixture fixture;

    @SuppressWarnings("NullAway.Init")
    private LiveTestClient kari;

    @BeforeEach
    void open() {
        fixture = DialectServerFixture.secured(data);
        kari = fixture.connect("/realtime", KARI);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private LiveTestClient viewer(Principal who, Order order) {
        fixture.awaitRelay();
        var viewer = fixture.connect("/realtime", who);
        viewer.emitWithAck("subscribe:order", json("orderId", order.id().toString()));
        viewer.receivedEvents();
        return viewer;
    }

    private static JSONObject at(int step) {
        return json("latitude", 59.91 + step * STEP, "longitude", 10.75);
    }

    private static JSONObject at(int step, Instant recordedAt) {
        return at(step).put("recordedAt", recordedAt.toString());
    }

    private JSONObject report(Object position) {
        return kari.emitWithAck("driver:location", position);
    }

    private String verdict(Object position) {
        var answer = report(position);
        assertThat(answer.optBoolean("ok")).as(answer.toString()).isTrue();
        return answer.optString("verdict");
    }

    private static double latitude(LiveTestClient viewer) {
        return viewer.nextEvent(UPDATE).payload().optDouble("latitude");
    }

    private static List<String> verdicts(JSONObject answer) {
        return answer.optJSONArray("verdicts").toList().stream()
                .map(String::valueOf)
                .toList();
    }

    @Test
    void anInvalidElementRejectsNoOther() {
        var viewer = viewer(ANNA, fixture.placeInTransit(KARI));
        var now = fixture.clock.instant();
        var answer = report(new JSONArray()
                .put(7)
                .put(at(0, now.minusSeconds(20)))
                .put(at(1, now.minusSeconds(15)).put("heading", 400))
                .put(at(2, now.plusSeconds(3_600)))
                .put(at(3, now.minusSeconds(10)).put("speed", -1).put("heading", JSONObject.NULL))
                .put(at(4, now.minusSeconds(5)).put("orderId", "019c0f3e-8000-7000-8000-000000000001"))
                .put(at(5, now)));
        assertThat(answer.optBoolean("ok")).as(answer.toString()).isTrue();
        assertThat(answer.optInt("accepted")).isEqualTo(3);
        assertThat(answer.optJSONArray("rejected").toList())
                .extracting(one -> ((Map<?, ?>) one).get("index") + " " + ((Map<?, ?>) one).get("field"))
                .containsExactly("0 payload", "2 heading", "3 recordedAt", "5 orderId");
        assertThat(verdicts(answer)).containsExactly("null", "history", "null", "null", "history", "history", "live");
        assertThat(latitude(viewer)).isEqualTo(59.91 + 5 * STEP);
    }

    @Test
    void aListOfInvalidElementsOnlyIsRejected() {
        var error = kari.error(
                "driver:location", new JSONArray().put(json("latitude", 91)).put(7));
        assertThat(error.optString("code")).isEqualTo("invalid");
        assertThat(error.optString("field")).isEqualTo("[0].latitude");
    }

    @Test
    void positionZeroZeroIsImplausible() {
        var viewer = viewer(ANNA, fixture.placeInTransit(KARI));
        assertThat(verdict(json("latitude", 0, "longitude", 0))).isEqualTo("implausible");
        assertThat(verdict(at(0))).isEqualTo("live");
        for (var i = 0; i < 3; i++) {
            fixture.clock.advance(Duration.ofHours(10));
            assertThat(verdict(json("latitude", 0, "longitude", 0))).isEqualTo("implausible");
        }
        assertThat(verdict(new JSONArray().put(json("latitude", 0, "longitude", 0))))
                .isEqualTo("implausible");
        assertThat(verdict(at(1))).isEqualTo("live");
        assertThat(latitude(viewer)).isEqualTo(59.91);
        assertThat(latitude(viewer)).isEqualTo(59.91 + STEP);
    }

    @Test
    void aPlaceThatIsStuckDoesNotConvince() {
        var viewer = viewer(ANNA, fixture.placeInTransit(KARI));
        assertThat(verdict(at(0))).isEqualTo("live");
        for (var i = 0; i < 3; i++) {
            fixture.clock.advance(Duration.ofSeconds(1));
            assertThat(verdict(json("latitude", 48.85, "longitude", 2.35))).isEqualTo("implausible");
        }
        assertThat(latitude(viewer)).isEqualTo(59.91);
        assertThat(viewer.receivedEventNames()).doesNotContain(UPDATE);
    }

    @Test
    void aClockThatIsAheadIsCorrectedAndReported() {
        var viewer = viewer(ANNA, fixture.placeInTransit(KARI));
        var now = fixture.clock.instant();
        var answer = report(at(0, now.plusSeconds(55)));
        assertThat(answer.optString("verdict")).isEqualTo("live");
        assertThat(answer.optLong("clockOffsetMs")).isEqualTo(55_000);
        var told = viewer.nextEvent(UPDATE).payload();
        assertThat(told.optLong("ageMs")).isZero();
        assertThat(Instant.parse(told.optString("recordedAt"))).isEqualTo(now);
        fixture.clock.advance(Duration.ofSeconds(1));
        assertThat(verdict(at(1))).isEqualTo("live");
        assertThat(latitude(viewer)).isEqualTo(59.91 + STEP);
        fixture.clock.advance(Duration.ofSeconds(1));
        assertThat(report(new JSONArray().put(at(2, now.plusSeconds(86_400))).put(at(3, now.plusSeconds(86_405))))
                        .optLong("clockOffsetMs"))
                .isEqualTo(86_403_000);
        assertThat(latitude(viewer)).isEqualTo(59.91 + 3 * STEP);
    }

    @Test
    void anOldFixIsHistoryAndNoArrivalIsGuessedFromIt() {
        var order = fixture.placeInTransit(KARI);
        var viewer = viewer(ANNA, order);
        var answer = report(at(0, Instant.parse("2007-04-15T12:00:00Z")));
        assertThat(answer.optString("verdict")).isEqualTo("history");
        assertThat(answer.optLong("clockOffsetMs")).isNegative();
        assertThat(verdict(at(1, fixture.clock.instant().minusSeconds(3_600)))).isEqualTo("history");
        assertThat(viewer.receivedEventNames()).isEmpty();
        var snapshot = fixture.connect("/realtime", ADMIN)
                .emitWithAck("subscribe:order", json("orderId", order.id().toString()));
        assertThat(snapshot.isNull("eta")).as(snapshot.toString()).isTrue();
        assertThat(snapshot.optJSONObject("position").optLong("ageMs")).isEqualTo(3_600_000);
    }

    @Test
    void whatIsLateIsStale() {
        fixture.placeInTransit(KARI);
        fixture.awaitRelay();
        assertThat(verdict(at(1))).isEqualTo("live");
        assertThat(verdict(at(0, fixture.clock.instant().minusSeconds(5)))).isEqualTo("stale");
        assertThat(kari.receivedEvents())
                .filteredOn(one -> one.event().equals("driver:location_acknowledged"))
                .extracting(one -> one.payload().optString("verdict"))
                .containsExactly("live", "stale");
    }

    @Test
    void fixesOfOrdersThatAreOverAndNewAreNotLost() {
        var over = fixture.placeInTransit(KARI);
        fixture.execute(over, new OrderCommand.Deliver(), KARI);
        fixture.awaitRelay();
        var now = fixture.clock.instant();
        var fresh = fixture.placeInTransit(KARI);
        var other = fixture.placeInTransit(KARI);
        var olas = fixture.placeInTransit(OLA);
        var answer = report(new JSONArray()
                .put(at(0, now.minusSeconds(60)).put("orderId", over.id().toString()))
                .put(at(1, now.minusSeconds(30)).put("orderId", fresh.id().toString()))
                .put(at(2, now.minusSeconds(20)).put("orderId", olas.id().toString()))
                .put(at(3, now.minusSeconds(10)).put("orderId", other.id().toString())));
        assertThat(answer.optInt("accepted")).as(answer.toString()).isEqualTo(3);
        assertThat(verdicts(answer)).containsExactly("history", "history", "history", "live");
        while (fixture.store().trackLog().stats().queueLength() > 0) {
            Thread.onSpinWait();
        }
        assertThat(fixture.store().trackLog().listBetween("kari", 0, Long.MAX_VALUE, 10))
                .hasSize(4);
    }

    @Test
    void beforeThePickupAndAfterAFailureOnlyOperatorsSeeTheDriver() {
        var order = fixture.place(ANNA, "acme");
        fixture.execute(order, new OrderCommand.Accept(), SHOP);
        fixture.execute(order, new OrderCommand.MarkReady(), SHOP);
        fixture.execute(order, new OrderCommand.Claim(Actor.of(KARI)), KARI);
        var anna = viewer(ANNA, order);
        var shop = viewer(SHOP, order);
        var admin = viewer(ADMIN, order);
        report(at(0));
        assertThat(latitude(admin)).isEqualTo(59.91);
        fixture.clock.advance(Duration.ofSeconds(5));
        fixture.execute(order, new OrderCommand.PickUp(), KARI);
        fixture.awaitRelay();
        assertThat(visibleTo(ANNA, order).isNull("position"))
                .as("recorded before")
                .isTrue();
        assertThat(visibleTo(ADMIN, order).isNull("position")).isFalse();
        report(at(1));
        assertThat(latitude(anna)).isEqualTo(59.91 + STEP);
        assertThat(latitude(shop)).isEqualTo(59.91 + STEP);
        assertThat(latitude(admin)).isEqualTo(59.91 + STEP);
        assertThat(visibleTo(ANNA, order).optJSONObject("position").optDouble("latitude"))
                .isEqualTo(59.91 + STEP);
        fixture.execute(order, new OrderCommand.Fail("no answer"), KARI);
        fixture.awaitRelay();
        fixture.clock.advance(Duration.ofSeconds(5));
        report(at(2));
        assertThat(latitude(admin)).isEqualTo(59.91 + 2 * STEP);
        assertThat(anna.receivedEventNames()).doesNotContain(UPDATE);
        assertThat(shop.receivedEventNames()).doesNotContain(UPDATE);
        assertThat(visibleTo(ANNA, order).isNull("position")).isTrue();
        assertThat(visibleTo(SHOP, order).isNull("position")).isTrue();
    }

    private JSONObject visibleTo(Principal who, Order order) {
        return fixture.connect("/realtime", who)
                .emitWithAck("subscribe:order", json("orderId", order.id().toString()));
    }

    @Test
    void aClockThatGoesBackBlindsNoViewer() {
        var viewer = viewer(ANNA, fixture.placeInTransit(KARI));
        for (var i = 0; i < 15; i++) { // more than the burst, so that one waits
            report(at(i));
        }
        viewer.receivedEvents();
        fixture.clock.advance(Duration.ofHours(-1));
        assertThat(verdict(at(15))).isEqualTo("live");
        fixture.clock.advance(Duration.ofSeconds(10));
        assertThat(verdict(at(16))).isEqualTo("live");
        while (latitude(viewer) != 59.91 + 16 * STEP) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aDriverOverTheHistoryLimitIsStillBroadcast() {
        var viewer = viewer(ANNA, fixture.placeInTransit(KARI));
        var now = fixture.clock.instant();
        for (var list = 0; list <= DriverRateLimits.POINTS_BURST / 500; list++) {
            var fixes = new JSONArray();
            for (var i = 0; i < 500; i++) {
                fixes.put(at(0, now.minusSeconds(100_000 + 500L * list + i)));
            }
            var answer = report(fixes);
            var isLast = list == DriverRateLimits.POINTS_BURST / 500;
            assertThat(answer.optBoolean("ok")).as("list " + list).isEqualTo(!isLast);
            if (isLast) {
                var error = answer.optJSONObject("error");
                assertThat(error.optString("code")).isEqualTo("rate_limited");
                assertThat(error.optLong("retryAfterMs")).isPositive();
            }
        }
        assertThat(verdict(at(1))).isEqualTo("live");
        assertThat(latitude(viewer)).isEqualTo(59.91 + STEP);
    }
}
