package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.LiveTestClient.json;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.FixStatus;

/// What is kept of what drivers say, and what is known of it after a restart.
class TrackHistoryTest extends SecuredHubTest {

    private static final double STEP = 0.0001;

    private static JSONObject at(int step) {
        return json("latitude", 59.91 + step * STEP, "longitude", 10.75);
    }

    private static JSONObject at(int step, Instant recordedAt) {
        return json("latitude", 59.91 + step * STEP, "longitude", 10.75, "recordedAt", recordedAt.toString());
    }

    private List<ClassifiedFix> history() {
        while (fixture.store().trackLog().stats().queueLength() > 0) {
            Thread.onSpinWait();
        }
        return fixture.store().trackLog().listBetween("kari", 0, Long.MAX_VALUE, 1_000);
    }

    private static int step(ClassifiedFix point) {
        return (int) Math.round((point.fix().position().latitude() - 59.91) / STEP);
    }

    private JSONObject snapshot(String order) {
        return fixture.connect("/realtime", ANNA).emitWithAck("subscribe:order", json("orderId", order));
    }

    @Test
    void everyPositionRecordedOfflineIsPersisted() {
        var kari = fixture.connect("/realtime", KARI);
        var now = fixture.clock.instant();
        kari.emitWithAck("driver:location", at(9, now));
        var gathered = new JSONArray();
        for (var i : List.of(2, 0, 3, 1)) {
            gathered.put(at(i, now.minusMillis(10_000 - 300L * i)));
        }
        fixture.clock.advance(Duration.ofSeconds(10));
        gathered.put(json(
                "latitude", 1, "longitude", 1, "recordedAt", now.plusSeconds(5).toString()));
        gathered.put(at(10, now.plusSeconds(10)));
        assertThat(kari.emitWithAck("driver:location", gathered).optBoolean("ok"))
                .isTrue();
        assertThat(history())
                .extracting(ClassifiedFix::status)
                .containsExactly(
                        FixStatus.STALE,
                        FixStatus.STALE,
                        FixStatus.STALE,
                        FixStatus.STALE,
                        FixStatus.ACCEPTED,
                        FixStatus.IMPLAUSIBLE,
                        FixStatus.ACCEPTED);
        assertThat(history())
                .filteredOn(point -> point.status() != FixStatus.IMPLAUSIBLE)
                .extracting(TrackHistoryTest::step)
                .containsExactly(0, 1, 2, 3, 9, 10);
    }

    @Test
    void ofFrequentPositionsOneASecondIsPersisted() {
        var kari = fixture.connect("/realtime", KARI);
        for (var i = 0; i < 21; i++) {
            kari.emitWithAck("driver:location", at(i));
            fixture.clock.advance(Duration.ofMillis(250));
        }
        assertThat(history()).extracting(TrackHistoryTest::step).containsExactly(0, 4, 8, 12, 16, 20);
    }

    @Test
    void stalePositionsArePersistedWithTheirStatus() {
        var kari = fixture.connect("/realtime", KARI);
        var now = fixture.clock.instant();
        kari.emitWithAck("driver:location", at(1));
        kari.emitWithAck("driver:location", at(0, now.minusSeconds(10)));
        fixture.clock.advance(Duration.ofSeconds(2));
        kari.emitWithAck("driver:location", json("latitude", 0, "longitude", 0));
        assertThat(history())
                .extracting(ClassifiedFix::status)
                .containsExactly(FixStatus.STALE, FixStatus.ACCEPTED, FixStatus.IMPLAUSIBLE);
    }

    @Test
    void afterARestartADriverIsWhereItWasAndThatIsAsOldAsItIs() {
        var order = fixture.placeInTransit(KARI);
        fixture.awaitRelay();
        fixture.connect("/realtime", KARI).emitWithAck("driver:location", at(3));
        fixture.restart();
        fixture.clock.advance(Duration.ofMinutes(5));
        var position = snapshot(order.id().toString()).optJSONObject("position");
        assertThat(position).isNotNull();
        assertThat(position.optDouble("latitude")).isEqualTo(59.91 + 3 * STEP);
        assertThat(position.optLong("ageMs")).isEqualTo(Duration.ofMinutes(5).toMillis());
        var kari = fixture.connect("/realtime", KARI);
        assertThat(kari.emitWithAck("driver:location", json("latitude", 0, "longitude", 0))
                        .optBoolean("ok"))
                .isTrue();
        assertThat(history().getLast().status()).as("judged by where it was").isEqualTo(FixStatus.IMPLAUSIBLE);
    }

    @Test
    void whereADriverWasLongAgoIsNotWhereItIs() {
        var order = fixture.placeInTransit(KARI);
        fixture.awaitRelay();
        fixture.connect("/realtime", KARI).emitWithAck("driver:location", at(3));
        fixture.clock.advance(Duration.ofHours(25));
        fixture.restart();
        assertThat(snapshot(order.id().toString()).isNull("position")).isTrue();
    }
}
