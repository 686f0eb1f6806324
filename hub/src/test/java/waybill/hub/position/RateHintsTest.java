package waybill.hub.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.hub.projection.ActiveOrders;
import waybill.tracking.DriverTrack;
import waybill.tracking.Fix;

class RateHintsTest {

    private final List<String> sent = new ArrayList<>();
    private long elapsedMs = 1_000;
    private final DriverTrack track = new DriverTrack(100);
    private final RateHints hints = new RateHints(
            new ActiveOrders(),
            _ -> Address.UNKNOWN,
            (_, _) -> {},
            (driver, intervalMs) -> sent.add(driver + " " + intervalMs),
            () -> elapsedMs);
    private double latitude = 59.91;

    @Test
    void aHintIsSentWhenTheIntervalChanges() {
        assertThat(hints.intervalMs("kari")).isZero();
        drive(8, 1);
        assertThat(sent).containsExactly("kari 30000");
        assertThat(hints.intervalMs("kari")).isEqualTo(30_000);
        drive(8, 60);
        assertThat(sent).hasSize(1);
        drive(0, 300);
        assertThat(sent).containsExactly("kari 30000", "kari 60000");
    }

    @Test
    void hintsAreTenSecondsApart() {
        for (var i = 0; i < 600; i++) {
            var before = sent.size();
            drive(i % 20 < 10 ? 30 : 0, 1);
            if (sent.size() > before) {
                elapsedMs += RateHints.SENT_EVERY_MS - 2_000;
                drive(i % 20 < 10 ? 0 : 30, 1);
                assertThat(sent).hasSize(before + 1);
            }
        }
        assertThat(sent).isNotEmpty();
    }

    @Test
    void aSocketThatConnectsIsToldAtOnce() {
        hints.onConnect("kari");
        assertThat(sent).isEmpty();
        drive(8, 1);
        hints.onConnect("kari");
        assertThat(sent).containsExactly("kari 30000", "kari 30000");
    }

    private void drive(double metresPerSecond, int seconds) {
        for (var i = 0; i < seconds; i++) {
            elapsedMs += 1_000;
            latitude += metresPerSecond / 111_195;
            var fix = new Fix(
                    "kari", new Position(latitude, 10.75), Double.NaN, metresPerSecond, 5, elapsedMs, elapsedMs);
            hints.onNewest(track.accept(fix), elapsedMs);
        }
    }
}
