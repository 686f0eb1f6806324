package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.LiveTestClient.json;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A driver is told how often to report, and more often while a viewer is in the room of its order.
class RateHintsOverSocketsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private DialectServerFixture fixture;

    private double latitude = 59.90;

    @BeforeEach
    void open() {
        fixture = DialectServerFixture.secured(data);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aDriverReportsMoreOftenWhileAViewerWatches() {
        var order = fixture.placeInTransit(KARI);
        fixture.awaitRelay();
        var kari = fixture.connect("/realtime", KARI);
        report(kari);
        assertThat(kari.nextEvent("driver:rate_hint").payload().optLong("intervalMs"))
                .isEqualTo(15_000);

        var anna = fixture.connect("/realtime", ANNA);
        anna.emitWithAck("subscribe:order", json("orderId", order.id().toString()));
        var hint = 15_000L;
        while (hint == 15_000) { // the room is looked at with a position, and counts with the next
            drive(kari);
            var events = kari.receivedEvents().stream()
                    .filter(event -> event.event().equals("driver:rate_hint"))
                    .toList();
            hint = events.isEmpty() ? hint : events.getLast().payload().optLong("intervalMs");
        }
        assertThat(hint).isEqualTo(5_000);
    }

    @Test
    void everyDialectHasItsNameForAHintAndASocketThatConnectsIsTold() {
        var kari = fixture.connect("/realtime", KARI);
        report(kari);
        kari.nextEvent("driver:rate_hint");
        assertThat(fixture.connect("/marketplace", KARI)
                        .nextEvent("driver:rate_hint")
                        .payload()
                        .optLong("interval_ms"))
                .isEqualTo(30_000);
        assertThat(fixture.connect("/delivery", KARI)
                        .nextEvent("delivery:rate:hint")
                        .payload()
                        .optLong("intervalMs"))
                .isEqualTo(30_000);
    }

    /// Seven metres a second.
    private void drive(LiveTestClient driver) {
        fixture.clock.advance(Duration.ofSeconds(16));
        latitude += 0.001;
        report(driver);
    }

    private void report(LiveTestClient driver) {
        driver.emitWithAck("driver:location", json("latitude", latitude, "longitude", 10.75));
    }
}
