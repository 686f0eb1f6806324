package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.geo.Position;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.Fix;
import waybill.tracking.FixStatus;
import waybill.tracking.LiveFixPage;
import waybill.tracking.TrackLog;

/// What every [TrackLog] does. One test class for each implementation says only how to open one.
public interface TrackLogContract {

    long NOON_MS = OrderFixture.NOON.toEpochMilli();

    /// An empty log.
    TrackLog trackLog();

    /// The same once everything in it is written, however long the disk takes.
    private TrackLog flushedLog() {
        while (trackLog().stats().queueLength() > 0) {
            Thread.onSpinWait();
        }
        return trackLog();
    }

    static ClassifiedFix point(String driver, int second, FixStatus verdict) {
        return new ClassifiedFix(fix(driver, second), verdict);
    }

    static ClassifiedFix point(String driver, int second) {
        return point(driver, second, FixStatus.ACCEPTED);
    }

    private static Fix fix(String driver, int second) {
        var atMs = NOON_MS + 1_000L * second;
        return new Fix(
                driver, new Position(59.91 + second % 10_000 / 10_000.0, 10.75), 180, 8.5, 12.25, atMs, atMs + 17);
    }

    @Test
    default void pointsAreReadInOrderOfRecording() {
        trackLog().append(point("kari", 2));
        trackLog().append(point("kari", 1, FixStatus.STALE));
        trackLog().append(point("ola", 1));
        trackLog().append(point("kari", 3, FixStatus.IMPLAUSIBLE));
        assertThat(flushedLog().listBetween("kari", 0, Long.MAX_VALUE, 10))
                .containsExactly(
                        point("kari", 1, FixStatus.STALE), point("kari", 2), point("kari", 3, FixStatus.IMPLAUSIBLE));
        assertThat(flushedLog().listBetween("unknown", 0, Long.MAX_VALUE, 10)).isEmpty();
        assertThat(flushedLog().stats()).isEqualTo(new TrackLog.TrackLogStats(4, 0, 0, true));
    }

    @Test
    default void unknownValuesStayUnknown() {
        var silent = new Fix("kari", new Position(-0.1, 0), Fix.UNKNOWN, Fix.UNKNOWN, Fix.UNKNOWN, 1, 1);
        trackLog().append(new ClassifiedFix(silent, FixStatus.ACCEPTED));
        assertThat(flushedLog().listBetween("kari", 1, 1, 10))
                .extracting(ClassifiedFix::fix)
                .containsExactly(silent);
    }

    @Test
    default void theTimeRangeIsInclusive() {
        IntStream.range(0, 5).forEach(second -> trackLog().append(point("kari", second)));
        assertThat(flushedLog().listBetween("kari", NOON_MS + 1_000, NOON_MS + 3_000, 10))
                .containsExactly(point("kari", 1), point("kari", 2), point("kari", 3));
        assertThat(flushedLog().listBetween("kari", NOON_MS + 1_001, NOON_MS + 1_999, 10))
                .isEmpty();
    }

    @Test
    default void fixesThatWereLiveAreReadPageByPage() {
        for (var second = 0; second < 4; second++) {
            trackLog().append(point("ola", second));
            trackLog().append(point("kari", second));
        }
        trackLog().append(point("per", 1, FixStatus.IMPLAUSIBLE));
        trackLog()
                .append(new ClassifiedFix(
                        new Fix("per", new Position(59, 10), 0, 0, 0, NOON_MS, NOON_MS + Fix.LIVE_AGE_MAX_MS + 1),
                        FixStatus.ACCEPTED));
        var first = flushedLog().listLive(new LiveFixPage(Set.of(), NOON_MS, NOON_MS + 3_000, null, 3));
        assertThat(first).containsExactly(fix("kari", 0), fix("ola", 0), fix("kari", 1));
        var second = trackLog().listLive(new LiveFixPage(Set.of(), NOON_MS, NOON_MS + 3_000, first.getLast(), 9));
        assertThat(second).containsExactly(fix("ola", 1), fix("kari", 2), fix("ola", 2));
        assertThat(trackLog()
                        .listLive(new LiveFixPage(Set.of("ola", "eva"), NOON_MS + 1_000, NOON_MS + 2_000, null, 9)))
                .containsExactly(fix("ola", 1));
    }

    @Test
    default void ofManyTheOldestAreReadFirst() {
        IntStream.range(0, 5).forEach(second -> trackLog().append(point("kari", second)));
        assertThat(flushedLog().listBetween("kari", NOON_MS + 1_000, Long.MAX_VALUE, 2))
                .containsExactly(point("kari", 1), point("kari", 2));
    }

    @Test
    default void aRepeatedFixIsStoredOnceAsFirstClassified() {
        trackLog().append(point("kari", 1));
        trackLog().append(point("kari", 1, FixStatus.STALE));
        assertThat(flushedLog().listBetween("kari", 0, Long.MAX_VALUE, 10)).containsExactly(point("kari", 1));
        assertThat(flushedLog().stats().persisted()).isEqualTo(1);
    }

    @Test
    default void theNewestOfADriverIsTheNewestThatWasAccepted() {
        trackLog().append(point("kari", 10));
        trackLog().append(point("kari", 20));
        trackLog().append(point("kari", 15, FixStatus.STALE));
        trackLog().append(point("kari", 30, FixStatus.IMPLAUSIBLE));
        trackLog().append(point("ola", 5));
        trackLog().append(point("nils", 25));
        trackLog().append(point("astray", 40, FixStatus.IMPLAUSIBLE));
        assertThat(flushedLog().listNewest(NOON_MS + 5_000, 10))
                .containsExactly(fix("ola", 5), fix("kari", 20), fix("nils", 25));
        assertThat(flushedLog().listNewest(NOON_MS + 5_001, 10)).containsExactly(fix("kari", 20), fix("nils", 25));
        assertThat(flushedLog().listNewest(0, 1)).containsExactly(fix("nils", 25));
    }
}
