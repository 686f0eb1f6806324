package waybill.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.realtime.House.ANNA;
import static waybill.server.realtime.House.KARI;
import static waybill.server.realtime.LiveSocket.json;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.tracking.Judged;
import waybill.tracking.Verdict;

/// What is kept of what drivers say, and what is known of it after a restart.
class TrackHistoryTest {

    private static final double STEP = 0.0001;

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

    private static JSONObject at(int step) {
        return json("latitude", 59.91 + step * STEP, "longitude", 10.75);
    }

    private static JSONObject at(int step, Instant recordedAt) {
        return json("latitude", 59.91 + step * STEP, "longitude", 10.75, "recordedAt", recordedAt.toString());
    }

    private List<Judged> history() {
        while (house.store().tracks().figures().waiting() > 0) {
            Thread.onSpinWait();
        }
        return house.store().tracks().between("kari", 0, Long.MAX_VALUE, 1_000);
    }

    private static int step(Judged point) {
        return (int) Math.round((point.fix().position().latitude() - 59.91) / STEP);
    }

    private JSONObject snapshot(String order) {
        return house.connect("/realtime", ANNA).ask("subscribe:order", json("orderId", order));
    }

    @Test
    void allThatWasGatheredWithoutALineIsKept() {
        var kari = house.connect("/realtime", KARI);
        var now = house.clock.instant();
        kari.ask("driver:location", at(9, now));
        var gathered = new JSONArray();
        for (var i : List.of(2, 0, 3, 1)) {
            gathered.put(at(i, now.minusMillis(10_000 - 300L * i)));
        }
        house.clock.pass(Duration.ofSeconds(10));
        gathered.put(json(
                "latitude", 1, "longitude", 1, "recordedAt", now.plusSeconds(5).toString()));
        gathered.put(at(10, now.plusSeconds(10)));
        assertThat(kari.ask("driver:location", gathered).optBoolean("ok")).isTrue();
        assertThat(history())
                .extracting(Judged::verdict)
                .containsExactly(
                        Verdict.STALE,
                        Verdict.STALE,
                        Verdict.STALE,
                        Verdict.STALE,
                        Verdict.ACCEPTED,
                        Verdict.IMPLAUSIBLE,
                        Verdict.ACCEPTED);
        assertThat(history())
                .filteredOn(point -> point.verdict() != Verdict.IMPLAUSIBLE)
                .extracting(TrackHistoryTest::step)
                .containsExactly(0, 1, 2, 3, 9, 10);
    }

    @Test
    void ofWhatIsSaidOftenOnceInASecondIsKept() {
        var kari = house.connect("/realtime", KARI);
        for (var i = 0; i < 21; i++) {
            kari.ask("driver:location", at(i));
            house.clock.pass(Duration.ofMillis(250));
        }
        assertThat(history()).extracting(TrackHistoryTest::step).containsExactly(0, 4, 8, 12, 16, 20);
    }

    @Test
    void whatIsLateOrAstrayIsKeptWithItsMark() {
        var kari = house.connect("/realtime", KARI);
        var now = house.clock.instant();
        kari.ask("driver:location", at(1));
        kari.ask("driver:location", at(0, now.minusSeconds(10)));
        house.clock.pass(Duration.ofSeconds(2));
        kari.ask("driver:location", json("latitude", 0, "longitude", 0));
        assertThat(history())
                .extracting(Judged::verdict)
                .containsExactly(Verdict.STALE, Verdict.ACCEPTED, Verdict.IMPLAUSIBLE);
    }

    @Test
    void afterARestartADriverIsWhereItWasAndThatIsAsOldAsItIs() {
        var order = house.drivenBy(KARI);
        house.settle();
        house.connect("/realtime", KARI).ask("driver:location", at(3));
        house.restart();
        house.clock.pass(Duration.ofMinutes(5));
        var position = snapshot(order.id().toString()).optJSONObject("position");
        assertThat(position).isNotNull();
        assertThat(position.optDouble("latitude")).isEqualTo(59.91 + 3 * STEP);
        assertThat(position.optLong("ageMs")).isEqualTo(Duration.ofMinutes(5).toMillis());
        var kari = house.connect("/realtime", KARI);
        assertThat(kari.ask("driver:location", json("latitude", 0, "longitude", 0))
                        .optBoolean("ok"))
                .isTrue();
        assertThat(history().getLast().verdict()).as("judged by where it was").isEqualTo(Verdict.IMPLAUSIBLE);
    }

    @Test
    void whereADriverWasLongAgoIsNotWhereItIs() {
        var order = house.drivenBy(KARI);
        house.settle();
        house.connect("/realtime", KARI).ask("driver:location", at(3));
        house.clock.pass(Duration.ofHours(25));
        house.restart();
        assertThat(snapshot(order.id().toString()).isNull("position")).isTrue();
    }
}
