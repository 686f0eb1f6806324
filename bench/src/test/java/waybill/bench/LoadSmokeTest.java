package waybill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.bench.load.Figures;
import waybill.bench.load.Generator;
import waybill.bench.load.Plan;
import waybill.bench.load.Scenario;
import waybill.bench.ours.TrackingServer;

/// A load run in small, with server and generator in one process.
class LoadSmokeTest {

    private static final String SECRET = "a secret that is long enough for HS256";
    private static final Scenario.Size SMALL = new Scenario.Size(4, 3, 10, 20, 2, 1, 200);

    @ParameterizedTest(name = "{0}")
    @CsvSource({"tracking, 16, 3", "tracking-paced, 16, 3", "fanout, 11, 10"})
    void deliversEveryPositionToEveryWatcher(String name, int participants, double watchers) throws Exception {
        var figures = run(name, SECRET);
        assertThat(figures.connected()).isEqualTo(participants);
        assertThat(figures.lost()).as(figures.firstLoss()).isZero();
        assertThat(figures.sentPerSecond()).isPositive();
        // at either end of the measured time some deliveries are still under way
        assertThat(figures.deliveredPerSecond() / figures.sentPerSecond()).isBetween(watchers * 0.5, watchers * 1.5);
        assertThat(figures.p50Us()).isPositive().isLessThanOrEqualTo(figures.p99Us());
        assertThat(figures.p99Us()).isLessThanOrEqualTo(figures.maxUs());
    }

    @Test
    void connectsEverybodyWhoIsIdle() throws Exception {
        var figures = run("idle", SECRET);
        assertThat(figures.connected()).isEqualTo(20);
        assertThat(figures.connectsPerSecond()).isPositive();
        assertThat(figures.deliveredPerSecond()).isNaN();
    }

    @Test
    void reportsThoseWhoWereRefused() throws Exception {
        var figures = run("idle", SECRET + ", but another one");
        assertThat(figures.connected()).isZero();
        assertThat(figures.lost()).isEqualTo(20);
        assertThat(figures.firstLoss()).startsWith("refused: 44/realtime,").contains("unauthenticated");
    }

    private static Figures run(String name, String clientSecret) throws Exception {
        var scenario = Scenario.named(name, SMALL, clientSecret);
        var clock = InstantSource.system();
        var plan = new Plan(
                Duration.ofMinutes(1),
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                Duration.ofMillis(400),
                Duration.ofMillis(50));
        try (var server = new TrackingServer(0, SECRET, 1, clock);
                var generator = new Generator(
                        scenario, server.address(), ProcessHandle.current().pid(), clock.millis())) {
            return generator.run(plan);
        }
    }
}
