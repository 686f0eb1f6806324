package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.geo.Position;

/// An afternoon of a driver with a bad phone: wrong, late, duplicate and reordered fixes, and now and then a real jump.
/// Each is a pure function of its seed: to reproduce a failure, run that seed alone.
class DriverTrackStateSimulationTest {

    private static final String KARI = "kari";
    private static final long NOON_MS = 1_767_268_800_000L;
    private static final int FIXES = 2_000;
    private static final int FIRST_PLAUSIBLE = 2;
    private static final double NOISE_METRES = 10;
    private static final double DEGREE_METRES = 111_195;

    /// A sent fix. `leg` counts the real jumps before it; wrong fixes belong to no leg.
    private record SimulatedFix(Fix fix, int leg, boolean isAstray) {}

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void acceptedFixesAreMonotonicAndPlausible(long seed) {
        var track = new DriverTrack(DriverTrackState.SPEED_MAX);
        var acceptedAtMs = 0L;
        var accepted = 0;
        for (var received : walk(new Random(seed))) {
            if (track.accept(received.fix).status() == FixStatus.ACCEPTED) {
                assertThat(received.isAstray).as("astray: %s", received.fix).isFalse();
                assertThat(received.fix.recordedAtMs()).isGreaterThan(acceptedAtMs);
                acceptedAtMs = received.fix.recordedAtMs();
                accepted++;
            }
        }
        assertThat(accepted).as("most of the fixes are accepted").isGreaterThan(FIXES / 2);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void twoPlausibleFixesInARowAreAccepted(long seed) {
        var track = new DriverTrack(DriverTrackState.SPEED_MAX);
        var newestMs = 0L;
        var legs = 0;
        var before = new SimulatedFix(fix(0, 0, NOON_MS), -1, true);
        for (var received : walk(new Random(seed))) {
            var status = track.accept(received.fix).status();
            var isNewer = received.fix.recordedAtMs() > newestMs;
            if (isNewer && !received.isAstray && received.leg == before.leg) {
                assertThat(status).as("%s after %s", received, before).isEqualTo(FixStatus.ACCEPTED);
            }
            before = isNewer
                    ? received
                    : new SimulatedFix(received.fix, -1, true); // late fixes do not constrain the next
            newestMs = Math.max(newestMs, received.fix.recordedAtMs());
            legs = Math.max(legs, received.leg);
        }
        assertThat(legs).as("real jumps").isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void batchesYieldTheSameResult(long seed) {
        var walk = walk(new Random(seed)).stream().map(SimulatedFix::fix).toList();
        var track = new DriverTrack(DriverTrackState.SPEED_MAX);
        var random = new Random(seed);
        var acceptedAtMs = 0L;
        for (var from = 0; from < walk.size(); ) {
            var to = Math.min(walk.size(), from + 1 + random.nextInt(FixBatch.FIXES_MAX));
            var outcome = track.accept(new FixBatch(walk.subList(from, to)));
            assertThat(outcome.fixes())
                    .extracting(ClassifiedFix::fix)
                    .containsExactlyInAnyOrderElementsOf(walk.subList(from, to));
            var published = outcome.newestAccepted();
            if (published.isPresent()) {
                assertThat(published.get().recordedAtMs()).isGreaterThan(acceptedAtMs);
                assertThat(published).contains(outcome.trackState().newest());
                acceptedAtMs = published.get().recordedAtMs();
            }
            from = to;
        }
        assertThat(acceptedAtMs).isGreaterThan(NOON_MS);
    }

    private static List<SimulatedFix> walk(Random random) {
        var received = new ArrayList<SimulatedFix>();
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
            var sent = fix(north + noise(random), east + noise(random), atMs);
            if (i < FIRST_PLAUSIBLE) { // the first fixes are accepted unchecked, so they are correct
                received.add(new SimulatedFix(sent, leg, false));
                continue;
            }
            switch (random.nextInt(20)) {
                case 0 -> received.add(new SimulatedFix(astray(random, atMs), -1, true));
                case 1 -> received.add(received.get(random.nextInt(received.size())));
                case 2 ->
                    received.add(received.size() - 1, new SimulatedFix(sent, leg, false)); // overtakes the one before
                default -> received.add(new SimulatedFix(sent, leg, false));
            }
        }
        return received;
    }

    /// Far south, where the driver never is, and far from the previous wrong fix.
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
