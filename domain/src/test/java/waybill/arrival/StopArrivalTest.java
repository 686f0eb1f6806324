package waybill.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.arrival.StopArrival.Signal;
import waybill.geo.Position;
import waybill.tracking.Fix;

class StopArrivalTest {

    private static final Position STOP = new Position(6.9, 79.85);
    private static final double METRES_PER_DEGREE = 111_195.08;
    private static final long START_MS = 1_767_268_800_000L;

    private final StopArrival arrival = new StopArrival(STOP, StopArrival.RADIUS_METRES);

    @Test
    void aDriverThatStaysHasArrivedSinceTheFirstFixInside() {
        assertThat(report(0, 900)).isEmpty();
        assertThat(report(10, 390)).containsExactly(Signal.ARRIVING);
        assertThat(report(60, 20)).isEmpty();
        assertThat(report(70, 10)).isEmpty();
        assertThat(report(80, 10)).containsExactly(Signal.ARRIVED);

        assertThat(arrival.arrivedAtMs()).contains(START_MS + 60_000);
    }

    @Test
    void aDriverThatReturnsToTheStopDoesNotArriveAgain() {
        var signals = new ArrayList<Signal>();
        for (var round = 0; round < 3; round++) {
            for (var second = 0; second < 300; second += 10) {
                signals.addAll(report(round * 600 + second, second < 150 ? 5 : 2_000));
            }
        }

        assertThat(signals).containsExactly(Signal.ARRIVING, Signal.ARRIVED, Signal.LEFT);
    }

    @Test
    void noiseAtTheEdgeOfTheCircleIsNoDeparture() {
        var signals = new ArrayList<Signal>();
        for (var second = 0; second < 600; second += 5) {
            signals.addAll(report(second, second % 10 == 0 ? 30 : 70));
        }

        assertThat(signals).containsExactly(Signal.ARRIVING, Signal.ARRIVED);
    }

    @Test
    void anEtaOfTwoMinutesIsArrivingAlsoFarAway() {
        assertThat(arrival.accept(fix(0, 2_000), Duration.ofMinutes(3).toMillis()))
                .isEmpty();
        assertThat(arrival.accept(fix(10, 1_900), Duration.ofMinutes(2).toMillis()))
                .containsExactly(Signal.ARRIVING);
        assertThat(arrival.accept(fix(20, 1_800), Duration.ofMinutes(1).toMillis()))
                .as("a second time")
                .isEmpty();
    }

    @Test
    void aSlowWayThroughTheCircleBetweenTwoFixesIsAnEntry() {
        report(0, 300);
        report(100, -10);

        assertThat(report(110, -20)).containsExactly(Signal.ARRIVED);
    }

    @Test
    void aLateFixMovesTheArrivalEarlierAndMakesNoSecondOne() {
        report(0, 900);
        report(100, 10);
        report(130, 10);
        assertThat(arrival.arrivedAtMs()).contains(START_MS + 100_000);

        assertThat(report(80, 15)).isEmpty();
        assertThat(arrival.arrivedAtMs()).contains(START_MS + 80_000);

        assertThat(report(90, 15)).as("later than the arrival").isEmpty();
        assertThat(report(70, 500)).as("outside").isEmpty();
        assertThat(arrival.arrivedAtMs()).contains(START_MS + 80_000);
    }

    @Test
    void lateFixesShowThatADriverHasBeenThereForLongEnough() {
        report(0, 900);
        report(100, 10);

        assertThat(report(90, 12)).isEmpty();
        assertThat(report(75, 12)).containsExactly(Signal.ARRIVED);
        assertThat(arrival.arrivedAtMs()).contains(START_MS + 75_000);
    }

    @Test
    void aVisitBeforeIsNotTheArrival() {
        report(0, 900);
        report(100, 10);
        report(130, 10);

        assertThat(report(60, 900)).as("away again").isEmpty();
        assertThat(report(30, 10)).as("a visit before").isEmpty();
        assertThat(arrival.arrivedAtMs()).contains(START_MS + 100_000);
    }

    @Test
    void aDriverIsAnnouncedOnlyOnceItsStopIsNext() {
        assertThat(arrival.accept(fix(0, 300), StopArrival.NOT_ANNOUNCED)).isEmpty();
        assertThat(arrival.isAnnounced()).isFalse();
        assertThat(arrival.accept(fix(10, 310), StopArrival.ETA_UNKNOWN)).containsExactly(Signal.ARRIVING);
        assertThat(arrival.isAnnounced()).isTrue();
    }

    @Test
    void afterARestartWhatHasHappenedDoesNotHappenAgain() {
        var announced = StopArrival.resumed(STOP, StopArrival.RADIUS_METRES, true, Optional.empty());
        assertThat(announced.accept(fix(0, 300), StopArrival.ETA_UNKNOWN)).isEmpty();
        assertThat(announced.accept(fix(10, 10), StopArrival.ETA_UNKNOWN)).isEmpty();
        assertThat(announced.accept(fix(40, 10), StopArrival.ETA_UNKNOWN)).containsExactly(Signal.ARRIVED);

        var arrivedAt = Instant.ofEpochMilli(START_MS);
        var arrived = StopArrival.resumed(STOP, StopArrival.RADIUS_METRES, true, Optional.of(arrivedAt));
        assertThat(arrived.accept(fix(50, 10), StopArrival.ETA_UNKNOWN)).isEmpty();
        assertThat(arrived.accept(fix(-50, 10), StopArrival.ETA_UNKNOWN)).isEmpty();
        assertThat(arrived.arrivedAtMs()).contains(START_MS);
        assertThat(arrived.accept(fix(500, 900), StopArrival.ETA_UNKNOWN)).containsExactly(Signal.LEFT);
    }

    @Test
    void anInaccuratePhoneAtTheStopArrivesToo() {
        var signals = new ArrayList<Signal>();
        for (var second = 0; second <= 60; second += 10) {
            signals.addAll(arrival.accept(fix(second, 5, 200), StopArrival.ETA_UNKNOWN));
        }

        assertThat(signals).containsExactly(Signal.ARRIVING, Signal.ARRIVED);
    }

    @Test
    void aStopBeyondTheAntimeridianIsAsNear() {
        var fiji = new StopArrival(new Position(-17, 179.9999), StopArrival.RADIUS_METRES);
        var signals = new ArrayList<Signal>();
        for (var second = 0; second <= 30; second += 10) {
            var atMs = START_MS + second * 1_000L;
            var fix = new Fix("d", new Position(-17, -179.9999), Fix.UNKNOWN, Fix.UNKNOWN, 5, atMs, atMs);
            signals.addAll(fiji.accept(fix, StopArrival.ETA_UNKNOWN));
        }

        assertThat(signals).containsExactly(Signal.ARRIVING, Signal.ARRIVED);
    }

    private List<Signal> report(int second, double metresNorth) {
        return arrival.accept(fix(second, metresNorth), StopArrival.ETA_UNKNOWN);
    }

    private static Fix fix(int second, double metresNorth) {
        return fix(second, metresNorth, 10);
    }

    private static Fix fix(int second, double metresNorth, double accuracy) {
        var atMs = START_MS + second * 1_000L;
        var position = new Position(STOP.latitude() + metresNorth / METRES_PER_DEGREE, STOP.longitude());
        return new Fix("d", position, Fix.UNKNOWN, Fix.UNKNOWN, accuracy, atMs, atMs);
    }
}
