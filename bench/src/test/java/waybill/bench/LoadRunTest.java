package waybill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.bench.load.Generator;
import waybill.bench.load.RunPhases;
import waybill.bench.load.RunResult;
import waybill.bench.load.Scenario;
import waybill.bench.server.HubServer;
import waybill.bench.server.TrackingServer;

/// A small load run, with server and generator in one process.
class LoadRunTest {

    private static final String SECRET = "a secret that is long enough for HS256";
    private static final Scenario.Size SMALL = new Scenario.Size(4, 3, 10, 20, 2, 1, 200);
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private Path data;

    @ParameterizedTest(name = "{0}")
    @CsvSource({"tracking, 16, 3", "tracking-paced, 16, 3", "fanout, 11, 10", "caps, 3, 1"})
    void deliversEveryEventToEveryReceiver(String name, int participants, double audience) throws Exception {
        requireDelivered(runOnHub(name, SECRET), participants, audience);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"tracking, 16, 3", "fanout, 11, 10"})
    void deliversEveryEventOnTheEngineAlone(String name, int participants, double audience) throws Exception {
        try (var server = new TrackingServer(0, SECRET, 1, CLOCK)) {
            requireDelivered(run(name, SECRET, server.address()), participants, audience);
        }
    }

    private static void requireDelivered(RunResult figures, int participants, double audience) {
        assertThat(figures.lost()).as(figures.firstLoss()).isZero();
        assertThat(figures.connected()).isEqualTo(participants);
        assertThat(figures.sentPerSecond()).isPositive();
        // at either end of the measured time some deliveries are still pending
        assertThat(figures.deliveredPerSecond() / figures.sentPerSecond()).isBetween(audience * 0.5, audience * 1.5);
        assertThat(figures.p50Us()).isPositive().isLessThanOrEqualTo(figures.p99Us());
        assertThat(figures.p99Us()).isLessThanOrEqualTo(figures.maxUs());
    }

    @Test
    void connectsEveryIdleParticipant() throws Exception {
        var figures = runOnHub("idle", SECRET);
        assertThat(figures.connected()).isEqualTo(20);
        assertThat(figures.connectsPerSecond()).isPositive();
        assertThat(figures.deliveredPerSecond()).isNaN();
    }

    @Test
    void reportsRejectedParticipants() throws Exception {
        var figures = runOnHub("idle", SECRET + ", but another one");
        assertThat(figures.connected()).isZero();
        assertThat(figures.lost()).isEqualTo(20);
        assertThat(figures.firstLoss()).startsWith("refused: 44/realtime,").contains("unauthenticated");
    }

    @Test
    void reportsParticipantsThatGotAnError() throws Exception {
        try (var hub = HubServer.start(0, SECRET, 1, data, 1)) { // only the first participant has an order
            var figures = run("tracking", SECRET, hub.addresses().getFirst());
            assertThat(figures.lost()).isPositive();
            assertThat(figures.firstLoss()).startsWith("received an error: 42/realtime,[\"error\"");
        }
    }

    private RunResult runOnHub(String name, String clientSecret) throws Exception {
        try (var hub = HubServer.start(0, SECRET, 1, data, Scenario.orders(name, SMALL))) {
            return run(name, clientSecret, hub.addresses().getFirst());
        }
    }

    private static RunResult run(String name, String clientSecret, InetSocketAddress server) throws Exception {
        var scenario = Scenario.named(name, SMALL, clientSecret);
        var plan = new RunPhases(
                Duration.ofMinutes(1),
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                Duration.ofMillis(400),
                Duration.ofMillis(50));
        try (var generator =
                new Generator(scenario, server, ProcessHandle.current().pid(), CLOCK.millis())) {
            return generator.run(plan);
        }
    }
}
