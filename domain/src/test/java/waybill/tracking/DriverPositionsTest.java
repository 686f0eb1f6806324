package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.tracking.FixSamples.KARI;
import static waybill.tracking.FixSamples.fix;
import static waybill.tracking.FixSamples.ms;
import static waybill.tracking.FixSamples.positionAt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.tracking.DriverPositions.NearbyDriver;

class DriverPositionsTest {

    private static final int THREADS = 4;
    private static final int FIXES = 5_000;

    private final DriverPositions driverPositions = new DriverPositions(3, DriverTrackState.SPEED_MAX);

    @Test
    void theNewestFixOfEachDriverIsFound() {
        assertThat(driverPositions.find(KARI)).isEmpty();
        assertThat(driverPositions.accept(fix(KARI, 5, 50)).status()).isEqualTo(FixStatus.ACCEPTED);
        assertThat(driverPositions.accept(fix(KARI, 4, 40)).status()).isEqualTo(FixStatus.STALE);
        assertThat(driverPositions.accept(fix("ola", 1, 0)).status()).isEqualTo(FixStatus.ACCEPTED);
        assertThat(driverPositions.accept(fix(KARI, 6, 90_000)).status()).isEqualTo(FixStatus.IMPLAUSIBLE);
        assertThat(driverPositions.find(KARI).map(DriverTrackState::newest)).contains(fix(KARI, 5, 50));
    }

    @Test
    void aBatchContinuesFromTheStoredState() {
        driverPositions.accept(fix(10, 100));
        var outcome = driverPositions.accept(new FixBatch(List.of(fix(15, 150), fix(5, 50))));
        assertThat(outcome.newestAccepted()).contains(fix(15, 150));
        assertThat(driverPositions.find(KARI).map(DriverTrackState::newest)).contains(fix(15, 150));
        driverPositions.accept(new FixBatch(List.of(fix(12, 120))));
        assertThat(driverPositions.find(KARI).map(DriverTrackState::newest)).contains(fix(15, 150));
    }

    @Test
    void theLeastRecentlyUpdatedDriverIsEvicted() {
        List.of("a", "b", "c").forEach(driver -> driverPositions.accept(fix(driver, 1, 0)));
        driverPositions.accept(fix("a", 0, 0)); // stale, and yet a is there
        driverPositions.accept(new FixBatch(List.of(fix("d", 2, 0))));
        assertThat(driverPositions.find("b")).isEmpty();
        assertThat(List.of("a", "c", "d"))
                .allMatch(driver -> driverPositions.find(driver).isPresent());
    }

    @Test
    void aRestoredFixNeverReplacesANewerOne() {
        driverPositions.accept(fix(KARI, 10, 100));
        driverPositions.restore(fix(KARI, 5, 50));
        driverPositions.restore(fix("ola", 5, 50));
        assertThat(driverPositions.find(KARI).map(DriverTrackState::newest)).contains(fix(KARI, 10, 100));
        assertThat(driverPositions.find("ola").map(DriverTrackState::newest)).contains(fix("ola", 5, 50));
        assertThat(driverPositions.accept(fix("ola", 6, 90_000)).status()).isEqualTo(FixStatus.IMPLAUSIBLE);
    }

    @Test
    void nearbyDriversAreListedNearestFirst() {
        driverPositions.accept(fix("a", 1, 300));
        driverPositions.accept(fix("b", 1, 100));
        driverPositions.accept(fix("c", 1, 5_000));
        assertThat(driverPositions.findNearby(positionAt(0), 1_000, ms(1), 10))
                .extracting(NearbyDriver::fix)
                .extracting(Fix::driver)
                .containsExactly("b", "a");
        assertThat(driverPositions.findNearby(positionAt(310), 1_000, ms(1), 1))
                .singleElement()
                .satisfies(near -> assertThat(near.metres()).isBetween(9.9, 10.1));
    }

    @Test
    void driversWithOldFixesAreNotNearby() {
        driverPositions.accept(fix("a", 1, 100));
        driverPositions.accept(fix("b", 2, 200));
        assertThat(driverPositions.findNearby(positionAt(0), 1_000, ms(2), 10))
                .extracting(NearbyDriver::fix)
                .extracting(Fix::driver)
                .containsExactly("b");
    }

    @Test
    void settingTheClockBackResetsTheDriver() {
        driverPositions.accept(fix(KARI, 3_600, 100));
        driverPositions.accept(fix("ola", 10, 100));
        assertThat(driverPositions.acceptUndated(fix(KARI, 20, 110)).status()).isEqualTo(FixStatus.STALE);
        driverPositions.onClockSetBack(ms(20));
        assertThat(driverPositions.acceptUndated(fix(KARI, 20, 110)).status()).isEqualTo(FixStatus.ACCEPTED);
        assertThat(driverPositions.find("ola").map(DriverTrackState::newest)).contains(fix("ola", 10, 100));
    }

    @Test
    void aClockThatIsAheadIsCorrectedAtOnce() {
        var track = dated(0, 3_600);
        assertThat(track)
                .returns(FixStatus.ACCEPTED, DriverTrackState::status)
                .returns(ms(0), state -> state.newest().recordedAtMs())
                .returns(3_600_000L, DriverTrackState::clockOffsetMs);
        assertThat(dated(10, 3_600 + 8).newest().recordedAtMs()).isEqualTo(ms(8));
        assertThat(dated(11, 3_600 + 7).status()).isEqualTo(FixStatus.STALE);
        assertThat(dated(20, 20).clockOffsetMs())
                .as("the phone has set its clock right")
                .isZero();
    }

    @Test
    void aClockThatIsBehindIsCorrectedOnceItIsSteady() {
        assertThat(dated(0, -7_200).newest().isLive(ms(0))).isFalse();
        assertThat(dated(3, -7_197).newest().isLive(ms(3))).isFalse();
        var track = dated(6, -7_194);
        assertThat(track)
                .returns(FixStatus.ACCEPTED, DriverTrackState::status)
                .returns(ms(6), state -> state.newest().recordedAtMs())
                .returns(-7_200_000L, DriverTrackState::clockOffsetMs);
    }

    @Test
    void bufferedFixesDoNotShiftTheClock() {
        for (var i = 0; i < 100; i++) { // a fix of every ten seconds, one every second
            var track = dated(i, -7_200 + 10 * i);
            assertThat(track.newest().isLive(ms(i))).isFalse();
            assertThat(track.clockOffsetMs()).isZero();
        }
    }

    @Test
    void fixesOlderThanAnyBufferShiftTheClock() {
        var seconds = 1_024.0 * 7 * 24 * 3_600; // after that many, some receivers begin to count anew
        var track = dated(0, -seconds);
        assertThat(track.newest().isLive(ms(0))).isFalse();
        assertThat(track.clockOffsetMs()).isEqualTo(-619_315_200_000L);
        assertThat(dated(1, 1 - seconds).newest().recordedAtMs()).isEqualTo(ms(1));
    }

    private DriverTrackState dated(double receivedAt, double recordedAt) {
        return driverPositions.acceptDated(
                KARI,
                positionAt(receivedAt),
                Fix.UNKNOWN,
                Fix.UNKNOWN,
                FixSamples.ACCURACY,
                ms(recordedAt),
                ms(receivedAt));
    }

    @Test
    void concurrentDuplicatesAreAcceptedOnce() throws InterruptedException, ExecutionException {
        var accepted = new ArrayList<Long>();
        var start = new CyclicBarrier(THREADS);
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var reporters = Collections.<Callable<List<Long>>>nCopies(THREADS, () -> {
                start.await();
                return IntStream.range(0, FIXES)
                        .mapToObj(i -> fix(i, 0))
                        .filter(fix -> driverPositions.accept(fix).status() == FixStatus.ACCEPTED)
                        .map(Fix::recordedAtMs)
                        .toList();
            });
            for (var result : threads.invokeAll(reporters)) {
                accepted.addAll(result.get());
            }
        }
        assertThat(accepted).doesNotHaveDuplicates().contains(FixSamples.ms(FIXES - 1));
        assertThat(driverPositions.find(KARI).map(DriverTrackState::newest)).contains(fix(FIXES - 1, 0));
    }
}
