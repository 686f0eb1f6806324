package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.LiveTestClient.json;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Role;
import waybill.geo.Position;
import waybill.hub.position.PositionReport;
import waybill.server.socket.RoleRates;
import waybill.server.socket.SocketLimits;

/// Positions of one driver that arrive on several threads, while the throttle's timer publishes them too.
class PositionOrderTest {

    private static final int REPORTS = 1_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    /// A driver reports over two sockets, on two event loops, and over REST.
    @Test
    void noViewerReceivesAnOlderPositionAfterANewerOne() throws InterruptedException, ExecutionException {
        var limits = SocketLimits.defaults().withRates(Role.DRIVER, new RoleRates(0, 0, 1, 1));
        try (var fixture = DialectServerFixture.secured(data, limits)) {
            var order = fixture.placeInTransit(KARI);
            fixture.awaitRelay();
            var viewers = List.of(fixture.connect("/realtime", ANNA), fixture.connect("/realtime", ANNA));
            viewers.forEach(viewer -> viewer.emitWithAck(
                    "subscribe:order", json("orderId", order.id().toString())));
            var sockets = List.of(fixture.connect("/realtime", KARI), fixture.connect("/realtime", KARI));
            var reported = new Semaphore(0);
            try (var threads = Executors.newFixedThreadPool(3)) {
                var reporters = List.<Callable<Integer>>of(
                        () -> reportOverSocket(fixture, sockets.getFirst(), reported),
                        () -> reportOverSocket(fixture, sockets.getLast(), reported),
                        () -> reportOverRest(fixture, sockets.size() * REPORTS, reported));
                for (var result : threads.invokeAll(reporters)) {
                    assertThat(result.get()).isPositive();
                }
            }
            sockets.forEach(LiveTestClient::receivedEvents);
            assertThat(viewers)
                    .allSatisfy(viewer -> assertThat(recordedAts(viewer))
                            .hasSizeGreaterThan(REPORTS / 100)
                            .isSorted());
        }
    }

    private static int reportOverSocket(DialectServerFixture fixture, LiveTestClient socket, Semaphore reported) {
        for (var i = 0; i < REPORTS; i++) {
            fixture.clock.advance(Duration.ofMillis(1));
            reported.release();
            socket.emitWithAck("driver:location", json("latitude", 59.91, "longitude", 10.75));
        }
        return REPORTS;
    }

    /// One report beside each of a socket, because a driver's updates wait for each other and none is preferred.
    private static int reportOverRest(DialectServerFixture fixture, int reports, Semaphore reported)
            throws InterruptedException {
        for (var i = 0; i < reports; i++) {
            assertThat(reported.tryAcquire(1, TimeUnit.MINUTES))
                    .as("report %d over a socket", i)
                    .isTrue();
            fixture.clock.advance(Duration.ofMillis(1));
            fixture.positions().accept(KARI, List.of(position()));
        }
        return reports;
    }

    private static PositionReport position() {
        return new PositionReport(
                null,
                new Position(59.91, 10.75),
                PositionReport.UNKNOWN,
                PositionReport.UNKNOWN,
                PositionReport.UNKNOWN,
                null);
    }

    private static List<Instant> recordedAts(LiveTestClient viewer) {
        return viewer.receivedEvents().stream()
                .filter(received -> received.event().equals("driver:location_update"))
                .map(received -> Instant.parse(received.text("recordedAt")))
                .toList();
    }
}
