package waybill.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.arrival.StopArrival.Signal;
import waybill.tracking.Fix;

class StopArrivalSimulationTest {

    private static final int DRIVES = 2_000;
    private static final double RADIUS = StopArrival.RADIUS_METRES;

    @Test
    void everyStopHasExactlyOneArrivalAndItsTimeIsRight() {
        var errorsS = new ArrayList<Double>();
        var fenceEntries = 0;
        for (var seed = 0L; seed < DRIVES; seed++) {
            var drive = NoisyDrive.toTheStop(seed, RADIUS);
            var arrival = new StopArrival(NoisyDrive.STOP, RADIUS);

            var signals = signals(arrival, drive.fixes());

            assertThat(signals).as("seed %d", seed).containsExactly(Signal.ARRIVING, Signal.ARRIVED, Signal.LEFT);
            errorsS.add(Math.abs(arrival.arrivedAtMs().orElseThrow() - drive.arrivedAtMs()) / 1_000.0);
            fenceEntries += entriesOfAPlainFence(drive.fixes());
        }
        errorsS.sort(Double::compare);

        assertThat(errorsS.get(DRIVES / 2)).as("median error, in seconds").isLessThanOrEqualTo(10);
        assertThat(fenceEntries).as("entries of a fence without hysteresis").isGreaterThan(DRIVES * 11 / 10);
    }

    @Test
    void aStopThatIsPassedAtSpeedHasNoArrival() {
        for (var seed = 0L; seed < DRIVES; seed++) {
            var drive = NoisyDrive.pastTheStop(seed, RADIUS);

            assertThat(signals(new StopArrival(NoisyDrive.STOP, RADIUS), drive.fixes()))
                    .as("seed %d", seed)
                    .containsExactly(Signal.ARRIVING);
        }
    }

    private static List<Signal> signals(StopArrival arrival, List<Fix> fixes) {
        return fixes.stream()
                .flatMap(fix -> arrival.accept(fix, StopArrival.ETA_UNKNOWN).stream())
                .toList();
    }

    /// How often a fix is inside that follows one outside.
    private static int entriesOfAPlainFence(List<Fix> fixes) {
        var entries = 0;
        var wasInside = false;
        for (var fix : fixes) {
            var isInside = fix.position().metresTo(NoisyDrive.STOP) < RADIUS;
            entries += isInside && !wasInside ? 1 : 0;
            wasInside = isInside;
        }
        return entries;
    }
}
