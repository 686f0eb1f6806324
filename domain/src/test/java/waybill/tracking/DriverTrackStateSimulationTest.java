package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.geo.Position;

/// An afternoon of a driver with a bad phone: fixes astray, late, twice and out of order, and now and then a real jump.
/// Each is a pure function of its seed: to study a failure, run that seed alone.
class DriverTrackStateSimulationTest {

    private static final String KARI = "kari";
    private static final long NOON_MS = 1_767_268_800_000L;
    private static final int FIXES = 2_000;
    private static final int FIRST_PLAUSIBLE = 2;
    private static final double NOISE_METRES = 10;
    private static final double DEGREE_METRES = 111_195;

    /// A fix on its way to us. `leg` counts the real jumps before it; astray fixes are of no leg.
    private record SimulatedFix(Fix fix, int leg, boolean isAstray) {}

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void acceptedFixesAreMonotonicAndPlausible(long seed) {
        var lastKnown = new DriverPositions(1, DriverTrackState.SPEED_MAX);
        var toldAtMs = 0L;
        var told = 0;
        for (var heard : walk(new Random(seed))) {
            if (lastKnown.accept(heard.fix).status() == FixStatus.ACCEPTED) {
                assertThat(heard.isAstray).as("astray: %s", heard.fix).isFalse();
                assertThat(heard.fix.recordedAtMs()).isGreaterThan(toldAtMs);
                toldAtMs = heard.fix.recordedAtMs();
                told++;
            }
        }
        assertThat(told).as("most of the way is told").isGreaterThan(FIXES / 2);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void twoPlausibleFixesInARowAreAccepted(long seed) {
        var lastKnown = new DriverPositions(1, DriverTrackState.SPEED_MAX);
        var newestMs = 0L;
        var legs = 0;
        var before = new SimulatedFix(fix(0, 0, NOON_MS), -1, true);
        for (var heard : walk(new Random(seed))) {
            var verdict = lastKnown.accept(heard.fix).status();
            var isNewer = heard.fix.recordedAtMs() > newestMs;
            if (isNewer && !heard.isAstray && heard.leg == before.leg) {
                assertThat(verdict).as("%s after %s", heard, before).isEqualTo(FixStatus.ACCEPTED);
            }
            before = isNewer ? heard : new SimulatedFix(heard.fix, -1, true); // late ones promise nothing of the next
            newestMs = Math.max(newestMs, heard.fix.recordedAtMs());
            legs = Math.max(legs, heard.leg);
        }
        assertThat(legs).as("real jumps").isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void batchesYieldTheSameResult(long seed) {
        var walk = walk(new Random(seed)).stream().map(SimulatedFix::fix).toList();
        var lastKnown = new DriverPositions(1, DriverTrackState.SPEED_MAX);
        var random = new Random(seed);
        var toldAtMs = 0L;
        for (var from = 0; from < walk.size(); ) {
            var to = Math.min(walk.size(), from + 1 + random.nextInt(FixBatch.FIXES_MAX));
            var outcome = lastKnown.accept(new FixBatch(walk.subList(from, to)));
            assertThat(outcome.fixes())
                    .extracting(ClassifiedFix::fix)
                    .containsExactlyInAnyOrderElementsOf(walk.subList(from, to));
            var news = outcome.newestAccepted();
            if (news.isPresent()) {
                assertThat(news.get().recordedAtMs()).isGreaterThan(toldAtMs);
                assertThat(news).contains(outcome.trackState().newest());
                toldAtMs = news.get().recordedAtMs();
            }
            from = to;
        }
        assertThat(toldAtMs).isGreaterThan(NOON_MS);
    }

    private static List<SimulatedFix> walk(Random random) {
        var heard = new ArrayList<SimulatedFix>();
        var leg = 0;
        var north = 0.0;
        var east = 0.0;
        var atMs = NOON_MS;
        for (var i = 0; i < FIXES; i++) {
            var stepMs = 1_000 + random.nextInt(9_000);
            atMs += stepMs;
            north += (random.nextDouble() - 0.4) * 15 * stepMs / 1_000;
            east += (random.nextDouble() - 0.5) * 15 * stepMs / 1_000;
            if (random.nextInt(200) == 0) {
                leg++;
                east += 30_000 + random.nextInt(30_000);
            }
            var said = fix(north + noise(random), east + noise(random), atMs);
            if (i < FIRST_PLAUSIBLE) { // what comes first is believed, so let it be true
                heard.add(new SimulatedFix(said, leg, false));
                continue;
            }
            switch (random.nextInt(20)) {
                case 0 -> heard.add(new SimulatedFix(astray(random, atMs), -1, true));
                case 1 -> heard.add(heard.get(random.nextInt(heard.size())));
                case 2 -> heard.add(heard.size() - 1, new SimulatedFix(said, leg, false)); // overtakes the one before
                default -> heard.add(new SimulatedFix(said, leg, false));
            }
        }
        return heard;
    }

    /// Far south, where the driver never is, and nowhere near the last time.
    private static Fix astray(Random random, long atMs) {
        return fix(-1_000_000 - random.nextInt(5_000_000), random.nextInt(5_000_000), atMs);
    }

    private static double noise(Random random) {
        return random.nextGaussian() * NOISE_METRES / 2;
    }

    private static Fix fix(double north, double east, long atMs) {
        var position = new Position(north / DEGREE_METRES, east / DEGREE_METRES);
        return new Fix(KARI, position, Fix.UNKNOWN, Fix.UNKNOWN, NOISE_METRES, atMs, atMs);
    }
}
