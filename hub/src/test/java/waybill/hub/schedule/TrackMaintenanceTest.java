package waybill.hub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import waybill.hub.NodeId;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.Fix;
import waybill.tracking.LiveFixPage;
import waybill.tracking.TrackLog;

class TrackMaintenanceTest {

    /// A log that can only be maintained.
    private static final class Maintained implements TrackLog {

        private int times;
        private boolean isFailing;

        @Override
        public void maintain() {
            times++;
            if (isFailing) {
                throw new IllegalStateException("the database does not respond");
            }
        }

        @Override
        public void append(ClassifiedFix point) {
            throw new AssertionError("no point");
        }

        @Override
        public void flush() {
            throw new AssertionError("no flush");
        }

        @Override
        public List<ClassifiedFix> listBetween(String driver, long fromMs, long untilMs, int max) {
            return List.of();
        }

        @Override
        public List<Fix> listNewest(long sinceMs, int max) {
            return List.of();
        }

        @Override
        public List<Fix> listLive(LiveFixPage page) {
            return List.of();
        }

        @Override
        public TrackLogStats stats() {
            return new TrackLogStats(0, 0, 0, true);
        }

        @Override
        public Map<String, TrackLogStats> statsBySink() {
            return Map.of();
        }
    }

    private final Maintained tracks = new Maintained();
    private final AtomicLong elapsedMs = new AtomicLong();
    private final InMemoryLeases one = new InMemoryLeases(new NodeId("one"), elapsedMs::get);
    private final InMemoryLeases two = one.of(new NodeId("two"));
    private final TrackMaintenance here = new TrackMaintenance(tracks, Runnable::run, elapsedMs::get, one);
    private final TrackMaintenance there = new TrackMaintenance(tracks, Runnable::run, elapsedMs::get, two);

    private void runBoth() {
        here.runDue();
        there.runDue();
    }

    @Test
    void oneNodeMaintainsTheTracksAtItsStartAndThenEveryTenMinutes() {
        runBoth();
        assertThat(tracks.times).isEqualTo(1);
        elapsedMs.addAndGet(InMemoryLeases.EXPIRES_AFTER.toMillis() - 1);
        runBoth();
        assertThat(tracks.times).isEqualTo(1);
        elapsedMs.addAndGet(TrackMaintenance.EVERY.toMillis());
        here.runDue();
        assertThat(tracks.times).isEqualTo(2);
    }

    @Test
    void anotherNodeGoesOnWhenItCloses() {
        runBoth();
        one.release();
        there.runDue();
        assertThat(tracks.times).isEqualTo(2);
        here.runDue();
        assertThat(tracks.times).isEqualTo(2);
    }

    @Test
    void aFailureIsTriedAgainSoon() {
        tracks.isFailing = true;
        here.runDue();
        elapsedMs.addAndGet(TrackMaintenance.RETRY.toMillis() - 1);
        here.runDue();
        assertThat(tracks.times).isEqualTo(1);
        elapsedMs.addAndGet(1);
        here.runDue();
        assertThat(tracks.times).isEqualTo(2);
    }
}
