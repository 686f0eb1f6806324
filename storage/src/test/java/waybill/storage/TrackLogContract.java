package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.geo.Position;
import waybill.tracking.Fix;
import waybill.tracking.Judged;
import waybill.tracking.TrackLog;
import waybill.tracking.Verdict;

/// What every [TrackLog] does. One test class for each implementation says only how to open one.
interface TrackLogContract {

    long NOON_MS = Parcels.NOON.toEpochMilli();

    /// An empty log.
    TrackLog tracks();

    /// The same once everything in it is written, however long the disk takes.
    private TrackLog written() {
        while (tracks().figures().waiting() > 0) {
            Thread.onSpinWait();
        }
        return tracks();
    }

    static Judged point(String driver, int second, Verdict verdict) {
        return new Judged(fix(driver, second), verdict);
    }

    static Judged point(String driver, int second) {
        return point(driver, second, Verdict.ACCEPTED);
    }

    private static Fix fix(String driver, int second) {
        var atMs = NOON_MS + 1_000L * second;
        return new Fix(
                driver, new Position(59.91 + second % 10_000 / 10_000.0, 10.75), 180, 8.5, 12.25, atMs, atMs + 17);
    }

    @Test
    default void whatWasKeptIsReadInTheOrderInWhichItWasRecorded() {
        tracks().keep(point("kari", 2));
        tracks().keep(point("kari", 1, Verdict.STALE));
        tracks().keep(point("ola", 1));
        tracks().keep(point("kari", 3, Verdict.IMPLAUSIBLE));
        assertThat(written().between("kari", 0, Long.MAX_VALUE, 10))
                .containsExactly(
                        point("kari", 1, Verdict.STALE), point("kari", 2), point("kari", 3, Verdict.IMPLAUSIBLE));
        assertThat(written().between("nobody", 0, Long.MAX_VALUE, 10)).isEmpty();
        assertThat(written().figures()).isEqualTo(new TrackLog.Figures(4, 0, 0, true));
    }

    @Test
    default void whatWasNotSaidIsNotSaidAfterwards() {
        var silent = new Fix("kari", new Position(-0.1, 0), Fix.NOT_SAID, Fix.NOT_SAID, Fix.NOT_SAID, 1, 1);
        tracks().keep(new Judged(silent, Verdict.ACCEPTED));
        assertThat(written().between("kari", 1, 1, 10)).extracting(Judged::fix).containsExactly(silent);
    }

    @Test
    default void bothEndsOfTheTimeBelongToIt() {
        IntStream.range(0, 5).forEach(second -> tracks().keep(point("kari", second)));
        assertThat(written().between("kari", NOON_MS + 1_000, NOON_MS + 3_000, 10))
                .containsExactly(point("kari", 1), point("kari", 2), point("kari", 3));
        assertThat(written().between("kari", NOON_MS + 1_001, NOON_MS + 1_999, 10))
                .isEmpty();
    }

    @Test
    default void ofManyTheOldestAreReadFirst() {
        IntStream.range(0, 5).forEach(second -> tracks().keep(point("kari", second)));
        assertThat(written().between("kari", NOON_MS + 1_000, Long.MAX_VALUE, 2))
                .containsExactly(point("kari", 1), point("kari", 2));
    }

    @Test
    default void aFixThatIsSaidAgainIsKeptOnceAndAsItWasTakenFirst() {
        tracks().keep(point("kari", 1));
        tracks().keep(point("kari", 1, Verdict.STALE));
        assertThat(written().between("kari", 0, Long.MAX_VALUE, 10)).containsExactly(point("kari", 1));
        assertThat(written().figures().kept()).isEqualTo(1);
    }

    @Test
    default void theNewestOfADriverIsTheNewestThatWasAccepted() {
        tracks().keep(point("kari", 10));
        tracks().keep(point("kari", 20));
        tracks().keep(point("kari", 15, Verdict.STALE));
        tracks().keep(point("kari", 30, Verdict.IMPLAUSIBLE));
        tracks().keep(point("ola", 5));
        tracks().keep(point("nils", 25));
        tracks().keep(point("astray", 40, Verdict.IMPLAUSIBLE));
        assertThat(written().newest(NOON_MS + 5_000, 10))
                .containsExactly(fix("ola", 5), fix("kari", 20), fix("nils", 25));
        assertThat(written().newest(NOON_MS + 5_001, 10)).containsExactly(fix("kari", 20), fix("nils", 25));
        assertThat(written().newest(0, 1)).containsExactly(fix("nils", 25));
    }
}
