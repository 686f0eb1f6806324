package waybill.hub.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.geo.Position;
import waybill.tracking.DriverPositions;
import waybill.tracking.DriverPositions.NearbyDriver;
import waybill.tracking.DriverTrack;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;
import waybill.tracking.FixBatch;
import waybill.tracking.FixStatus;

/// What every implementation of [DriverPositions] does.
public interface DriverPositionsContract {

    String KARI = "kari";
    double METRES_PER_DEGREE = 111_195.08;
    long NOON_MS = 1_767_268_800_000L;
    int THREADS = 4;
    int FIXES = 5_000;

    DriverPositions create(int driversMax);

    private static long ms(double seconds) {
        return NOON_MS + Math.round(seconds * 1_000);
    }

    private static Position positionAt(double metres) {
        return new Position(metres / METRES_PER_DEGREE, 0);
    }

    private static Fix fix(String driver, double seconds, double metres) {
        return fix(driver, seconds, positionAt(metres));
    }

    private static Fix fix(String driver, double seconds, Position position) {
        return new Fix(driver, position, Fix.UNKNOWN, Fix.UNKNOWN, 10, ms(seconds), ms(seconds));
    }

    private static FixStatus accept(DriverPositions positions, Fix fix) {
        return positions.update(fix.driver(), track -> track.accept(fix).status());
    }

    @Test
    default void allDriversOfTheLastTimeAreListed() {
        var positions = create(5);
        accept(positions, fix("ola", 0, 0));
        accept(positions, fix(KARI, 50, 0));
        accept(positions, fix(KARI, 60, 10));
        var found = new ArrayList<Fix>();
        positions.forEachSince(ms(60), found::add);
        assertThat(found).containsExactly(fix(KARI, 60, 10));
        positions.forEachSince(ms(0), found::add);
        assertThat(found).hasSize(3);
    }

    @Test
    default void theNewestFixOfEachDriverIsFound() {
        var positions = create(3);
        assertThat(positions.find(KARI)).isEmpty();
        assertThat(accept(positions, fix(KARI, 5, 50))).isEqualTo(FixStatus.ACCEPTED);
        assertThat(accept(positions, fix(KARI, 4, 40))).isEqualTo(FixStatus.STALE);
        assertThat(accept(positions, fix("ola", 1, 0))).isEqualTo(FixStatus.ACCEPTED);
        assertThat(accept(positions, fix(KARI, 6, 90_000))).isEqualTo(FixStatus.IMPLAUSIBLE);
        assertThat(positions.find(KARI).map(DriverTrackState::newest)).contains(fix(KARI, 5, 50));
    }

    @Test
    default void theLeastRecentlyUpdatedDriverIsEvicted() {
        var positions = create(3);
        List.of("a", "b", "c").forEach(driver -> accept(positions, fix(driver, 1, 0)));
        accept(positions, fix("a", 0, 0)); // stale, and yet a is there
        positions.update("d", track -> track.accept(new FixBatch(List.of(fix("d", 2, 0)))));
        assertThat(positions.find("b")).isEmpty();
        assertThat(List.of("a", "c", "d"))
                .allMatch(driver -> positions.find(driver).isPresent());
    }

    @Test
    default void aDriverWithoutAFixIsNotStored() {
        var positions = create(1);
        accept(positions, fix(KARI, 1, 0));
        for (var i = 0; i < 100; i++) {
            assertThat(positions.update("unknown " + i, DriverTrack::state)).isEmpty();
        }
        assertThat(positions.find(KARI)).isPresent();
    }

    @Test
    default void ofAHundredThousandDriversThoseLongestWithoutAFixAreEvicted() {
        var max = 100_000;
        var positions = create(max);
        for (var i = 0; i < 2 * max; i++) {
            accept(positions, fix("driver " + i, 1, i % 1_000));
            if (i % 10 == 0) {
                accept(positions, fix("driver 0", 2 + i, 0));
            }
        }
        var stored = IntStream.range(0, 2 * max)
                .filter(i -> positions.find("driver " + i).isPresent())
                .toArray();
        assertThat(stored.length).isBetween(max - max / 50, max);
        assertThat(stored[0]).as("the one with fixes throughout").isZero();
        assertThat(stored[1]).as("and otherwise the last ones").isEqualTo(2 * max - stored.length + 1);
        assertThat(positions.findNearby(positionAt(0), 10_000, 0, Integer.MAX_VALUE))
                .as("the evicted ones are not nearby either")
                .hasSize(stored.length);
    }

    @Test
    default void aRestoredFixNeverReplacesANewerOne() {
        var positions = create(3);
        accept(positions, fix(KARI, 10, 100));
        positions.restore(fix(KARI, 5, 50));
        positions.restore(fix("ola", 5, 50));
        assertThat(positions.find(KARI).map(DriverTrackState::newest)).contains(fix(KARI, 10, 100));
        assertThat(positions.find("ola").map(DriverTrackState::newest)).contains(fix("ola", 5, 50));
        assertThat(accept(positions, fix("ola", 6, 90_000))).isEqualTo(FixStatus.IMPLAUSIBLE);
    }

    @Test
    default void nearbyDriversAreListedNearestFirst() {
        var positions = create(3);
        accept(positions, fix("a", 1, 300));
        accept(positions, fix("b", 1, 100));
        accept(positions, fix("c", 1, 5_000));
        assertThat(positions.findNearby(positionAt(0), 1_000, ms(1), 10))
                .extracting(NearbyDriver::fix)
                .extracting(Fix::driver)
                .containsExactly("b", "a");
        assertThat(positions.findNearby(positionAt(310), 1_000, ms(1), 1))
                .singleElement()
                .satisfies(near -> assertThat(near.metres()).isBetween(9.9, 10.1));
    }

    @Test
    default void driversWithOldFixesAreNotNearby() {
        var positions = create(3);
        accept(positions, fix("a", 1, 100));
        accept(positions, fix("b", 2, 200));
        assertThat(positions.findNearby(positionAt(0), 1_000, ms(2), 10))
                .extracting(NearbyDriver::fix)
                .extracting(Fix::driver)
                .containsExactly("b");
    }

    /// In a town, on the antimeridian, at both poles and everywhere, while the drivers move; a full scan decides.
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    default void aSearchFindsWhatAFullScanFinds(long seed) {
        var random = new Random(seed);
        var positions = create(1_000);
        var at = new Position[800];
        for (var i = 0; i < 4_000; i++) {
            var driver = random.nextInt(at.length);
            at[driver] = somewhere(random);
            accept(positions, fix("driver " + driver, 1_000_000.0 * i, at[driver])); // slowly enough to be plausible
            if (i % 20 == 0) {
                var centre = somewhere(random);
                var radius = Math.pow(10, 1 + 6.5 * random.nextDouble());
                var expected = new ArrayList<NearbyDriver>();
                for (var j = 0; j < at.length; j++) {
                    if (at[j] != null && centre.metresTo(at[j]) <= radius) {
                        var fix = positions.find("driver " + j).orElseThrow().newest();
                        assertThat(fix.position()).isEqualTo(at[j]);
                        expected.add(new NearbyDriver(fix, centre.metresTo(at[j])));
                    }
                }
                expected.sort(Comparator.comparingDouble(NearbyDriver::metres)
                        .thenComparing(near -> near.fix().driver()));
                assertThat(positions.findNearby(centre, radius, 0, 50))
                        .as("around %s, %s m", centre, radius)
                        .isEqualTo(expected.subList(0, Math.min(50, expected.size())));
            }
        }
    }

    private static Position somewhere(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Position(59.91 + random.nextGaussian() / 20, 10.75 + random.nextGaussian() / 20);
            case 1 -> new Position(-16.9 + random.nextGaussian() / 20, wrapped(180 + random.nextGaussian() / 20));
            case 2 -> new Position(90 - Math.abs(random.nextGaussian()) / 20, random.nextDouble(-180, 180));
            case 3 -> new Position(-90 + Math.abs(random.nextGaussian()) / 20, random.nextDouble(-180, 180));
            case 4 -> new Position(random.nextInt(-1_800, 1_801) / 20.0, random.nextInt(-3_600, 3_601) / 20.0);
            default -> new Position(random.nextDouble(-90, 90), random.nextDouble(-180, 180));
        };
    }

    private static double wrapped(double longitude) {
        return longitude > 180 ? longitude - 360 : longitude;
    }

    @Test
    default void settingTheClockBackResetsTheDriver() {
        var positions = create(3);
        accept(positions, fix(KARI, 3_600, 100));
        accept(positions, fix("ola", 10, 100));
        var later = fix(KARI, 20, 110);
        assertThat(positions.<FixStatus>update(
                        KARI, track -> track.acceptUndated(later).status()))
                .isEqualTo(FixStatus.STALE);
        positions.onClockSetBack(ms(20));
        assertThat(positions.findNearby(positionAt(0), 1_000, 0, 10)).hasSize(1);
        assertThat(positions.<FixStatus>update(
                        KARI, track -> track.acceptUndated(later).status()))
                .isEqualTo(FixStatus.ACCEPTED);
        assertThat(positions.find("ola").map(DriverTrackState::newest)).contains(fix("ola", 10, 100));
    }

    @Test
    default void concurrentDuplicatesAreAcceptedOnce() throws InterruptedException, ExecutionException {
        var positions = create(3);
        var accepted = new ArrayList<Long>();
        var start = new CyclicBarrier(THREADS);
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var reporters = Collections.<Callable<List<Long>>>nCopies(THREADS, () -> {
                start.await();
                return IntStream.range(0, FIXES)
                        .mapToObj(i -> fix(KARI, i, 0))
                        .filter(fix -> accept(positions, fix) == FixStatus.ACCEPTED)
                        .map(Fix::recordedAtMs)
                        .toList();
            });
            for (var result : threads.invokeAll(reporters)) {
                accepted.addAll(result.get());
            }
        }
        assertThat(accepted).doesNotHaveDuplicates().contains(ms(FIXES - 1));
        assertThat(positions.find(KARI).map(DriverTrackState::newest)).contains(fix(KARI, FIXES - 1, 0));
    }

    /// The driver is evicted and comes back all the time, and still one update runs at a time.
    @Test
    default void updatesOfOneDriverRunOneAfterTheOtherWhileDriversAreEvicted()
            throws InterruptedException, ExecutionException {
        var positions = create(1);
        var running = new int[1];
        var start = new CyclicBarrier(THREADS);
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var reporters = IntStream.range(0, THREADS)
                    .<Callable<Integer>>mapToObj(thread -> () -> {
                        start.await();
                        for (var i = 0; i < FIXES; i++) {
                            var fix = fix(KARI, i, 0);
                            positions.update(KARI, track -> {
                                running[0]++;
                                return track.accept(fix);
                            });
                            accept(positions, fix("other " + thread + " " + i, i, 0));
                        }
                        return thread;
                    })
                    .toList();
            for (var result : threads.invokeAll(reporters)) {
                result.get();
            }
        }
        positions.update(KARI, track -> {
            assertThat(running[0]).isEqualTo(THREADS * FIXES);
            return track.state();
        });
    }
}
