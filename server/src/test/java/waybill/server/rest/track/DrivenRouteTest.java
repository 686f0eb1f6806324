package waybill.server.rest.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.geo.Position;
import waybill.hub.position.DrivenRoute;
import waybill.storage.Store;
import waybill.storage.sql.StoreLimits;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.DriverAssignment;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;
import waybill.tracking.FixStatus;
import waybill.tracking.LiveFixPage;
import waybill.tracking.TrackLog;

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
        store = Store.open(data, StoreLimits.defaults(), () -> {});
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void drive(String driver, int points) {
        IntStream.range(0, points)
                .forEach(i -> store.trackLog()
                        .append(new ClassifiedFix(
                                new Fix(
                                        driver,
                                        new Position(i / 1_000.0, 0),
                                        0,
                                        0,
                                        0,
                                        (long) STEP_MS * i,
                                        (long) STEP_MS * i),
                                FixStatus.ACCEPTED)));
        while (store.trackLog().stats().queueLength() > 0) {
            Thread.onSpinWait();
        }
    }

    private DrivenRoute route(int pointsMax, int readMax, DriverAssignment... turns) {
        return DrivenRoute.of(List.of(turns), store.trackLog(), DriverTrackState.SPEED_MAX, pointsMax, readMax);
    }

    /// It waits for the writer, and keeps one of the few readers busy for as long.
    @Test
    void whatWaitsToBeWrittenIsWaitedForOnceHoweverManyPagesThereAre() {
        drive("kari", 12_000);
        var log = new CountingLog(store.trackLog());
        var turns = List.of(
                new DriverAssignment("kari", 0, 50_000_000),
                new DriverAssignment("kari", 50_000_001, DriverAssignment.ONGOING));
        assertThat(DrivenRoute.of(turns, log, DriverTrackState.SPEED_MAX).points())
                .hasSizeGreaterThan(5_000);
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
        public void append(ClassifiedFix point) {
            log.append(point);
        }

        @Override
        public void flush() {
            settled++;
            log.flush();
        }

        @Override
        public List<ClassifiedFix> listBetween(String driver, long fromMs, long untilMs, int max) {
            pages++;
            return log.listBetween(driver, fromMs, untilMs, max);
        }

        @Override
        public List<Fix> listNewest(long sinceMs, int max) {
            return log.listNewest(sinceMs, max);
        }

        @Override
        public List<Fix> listLive(LiveFixPage page) {
            return log.listLive(page);
        }

        @Override
        public TrackLogStats stats() {
            return log.stats();
        }

        @Override
        public Map<String, TrackLogStats> statsBySink() {
            return log.statsBySink();
        }

        @Override
        public void maintain() {
            log.maintain();
        }
    }

    @Test
    void aWayOfSeveralPagesIsReadToItsEnd() {
        drive("kari", 12_000);
        var route = route(20_000, 100_000, new DriverAssignment("kari", 0, DriverAssignment.ONGOING));
        assertThat(route.points()).hasSize(12_000);
        assertThat(route.isComplete()).isTrue();
        assertThat(route.isThinned()).isFalse();
    }

    @Test
    void aRouteOverTheReadLimitIsMarkedIncomplete() {
        drive("kari", 100);
        drive("ola", 100);
        var all = route(
                1_000,
                1_000,
                new DriverAssignment("kari", 0, DriverAssignment.ONGOING),
                new DriverAssignment("ola", 0, 50L * STEP_MS));
        assertThat(all.points()).hasSize(151);
        assertThat(all.isComplete()).isTrue();
        var cut = route(
                1_000,
                120,
                new DriverAssignment("kari", 0, DriverAssignment.ONGOING),
                new DriverAssignment("ola", 0, DriverAssignment.ONGOING));
        assertThat(cut.points()).hasSize(120);
        assertThat(cut.isComplete()).isFalse();
        assertThat(cut.legs()).extracting(List::size).containsExactly(100, 20);
    }
}
