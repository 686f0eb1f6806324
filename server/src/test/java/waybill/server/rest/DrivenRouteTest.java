package waybill.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.geo.Position;
import waybill.order.Turn;
import waybill.storage.Limits;
import waybill.storage.Store;
import waybill.tracking.Fix;
import waybill.tracking.Judged;
import waybill.tracking.Track;
import waybill.tracking.TrackLog;
import waybill.tracking.Verdict;

/// However much was driven, so much of it is read and shown and no more.
class DrivenRouteTest {

    private static final int STEP_MS = 10_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(data, Limits.defaults(), () -> {});
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void drive(String driver, int points) {
        IntStream.range(0, points)
                .forEach(i -> store.tracks()
                        .keep(new Judged(
                                new Fix(
                                        driver,
                                        new Position(i / 1_000.0, 0),
                                        0,
                                        0,
                                        0,
                                        (long) STEP_MS * i,
                                        (long) STEP_MS * i),
                                Verdict.ACCEPTED)));
        while (store.tracks().figures().waiting() > 0) {
            Thread.onSpinWait();
        }
    }

    private DrivenRoute route(int pointsMax, int readMax, Turn... turns) {
        return DrivenRoute.of(List.of(turns), store.tracks(), Track.SPEED_MAX, pointsMax, readMax);
    }

    /// It waits for the writer, and keeps one of the few readers busy for as long.
    @Test
    void whatWaitsToBeWrittenIsWaitedForOnceHoweverManyPagesThereAre() {
        drive("kari", 12_000);
        var log = new CountingLog(store.tracks());
        var turns = List.of(new Turn("kari", 0, 50_000_000), new Turn("kari", 50_000_001, Turn.OPEN));
        assertThat(DrivenRoute.of(turns, log, Track.SPEED_MAX).points()).hasSizeGreaterThan(5_000);
        assertThat(log.pages).isGreaterThan(2);
        assertThat(log.settled).isEqualTo(1);
    }

    private static final class CountingLog implements TrackLog {

        private final TrackLog log;
        private int settled;
        private int pages;

        CountingLog(TrackLog log) {
            this.log = log;
        }

        @Override
        public void keep(Judged point) {
            log.keep(point);
        }

        @Override
        public void settle() {
            settled++;
            log.settle();
        }

        @Override
        public List<Judged> between(String driver, long fromMs, long untilMs, int max) {
            pages++;
            return log.between(driver, fromMs, untilMs, max);
        }

        @Override
        public List<Fix> newest(long sinceMs, int max) {
            return log.newest(sinceMs, max);
        }

        @Override
        public Figures figures() {
            return log.figures();
        }
    }

    @Test
    void aWayOfSeveralPagesIsReadToItsEnd() {
        drive("kari", 12_000);
        var route = route(20_000, 100_000, new Turn("kari", 0, Turn.OPEN));
        assertThat(route.points()).hasSize(12_000);
        assertThat(route.isComplete()).isTrue();
        assertThat(route.isThinned()).isFalse();
    }

    @Test
    void whatIsTooMuchToReadIsLeftOutAndThatIsSaid() {
        drive("kari", 100);
        drive("ola", 100);
        var all = route(1_000, 1_000, new Turn("kari", 0, Turn.OPEN), new Turn("ola", 0, 50L * STEP_MS));
        assertThat(all.points()).hasSize(151);
        assertThat(all.isComplete()).isTrue();
        var cut = route(1_000, 120, new Turn("kari", 0, Turn.OPEN), new Turn("ola", 0, Turn.OPEN));
        assertThat(cut.points()).hasSize(120);
        assertThat(cut.isComplete()).isFalse();
        assertThat(cut.legs()).extracting(List::size).containsExactly(100, 20);
    }
}
