package waybill.tracking;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.tracking.FixSamples.fix;
import static waybill.tracking.FixStatus.ACCEPTED;
import static waybill.tracking.FixStatus.IMPLAUSIBLE;
import static waybill.tracking.FixStatus.STALE;

import java.util.List;
import org.junit.jupiter.api.Test;

class FixBatchTest {

    @Test
    void aBatchIsClassifiedByTimeAndItsNewestFixIsPublished() {
        var outcome = new FixBatch(List.of(fix(20, 200), fix(5, 50), fix(15, 150)))
                .classify(DriverTrackState.start(fix(10, 100)), DriverTrackState.SPEED_MAX);
        assertThat(outcome.fixes())
                .containsExactly(
                        new ClassifiedFix(fix(5, 50), STALE),
                        new ClassifiedFix(fix(15, 150), ACCEPTED),
                        new ClassifiedFix(fix(20, 200), ACCEPTED));
        assertThat(outcome.newestAccepted()).contains(fix(20, 200));
        assertThat(outcome.trackState().newest()).isEqualTo(fix(20, 200));
    }

    @Test
    void anOldBatchPublishesNoFix() {
        var outcome = new FixBatch(List.of(fix(1, 0), fix(2, 0)))
                .classify(DriverTrackState.start(fix(10, 100)), DriverTrackState.SPEED_MAX);
        assertThat(outcome.newestAccepted()).isEmpty();
        assertThat(outcome.fixes()).extracting(ClassifiedFix::status).containsExactly(STALE, STALE);
    }

    @Test
    void anImplausibleNewestFixIsNotPublished() {
        var outcome = new FixBatch(List.of(fix(5, 0), fix(10, 90_000))).classify(null, DriverTrackState.SPEED_MAX);
        assertThat(outcome.newestAccepted()).contains(fix(5, 0));
        assertThat(outcome.fixes().getLast()).isEqualTo(new ClassifiedFix(fix(10, 90_000), IMPLAUSIBLE));
    }

    @Test
    void ofUndatedFixesTheLastOneCounts() {
        var outcome =
                new FixBatch(List.of(fix(5, 10), fix(5, 20), fix(5, 30))).classify(null, DriverTrackState.SPEED_MAX);
        assertThat(outcome.newestAccepted()).contains(fix(5, 30));
    }

    @Test
    void aBatchOverTheLimitIsRejected() {
        assertThat(FixBatch.sizeError(500)).isEmpty();
        assertThat(FixBatch.sizeError(501)).contains("fixes: 501 (expected: at most 500 at once)");
        assertThat(new FixBatch(nCopies(500, fix(1, 1))).fixes()).hasSize(500);
        assertRefused(nCopies(501, fix(1, 1)), "fixes: 501 (expected: at most 500 at once)");
        assertRefused(List.of(), "fixes: 0 (expected: 1..500)");
    }

    @Test
    void aBatchBelongsToOneDriver() {
        assertRefused(
                List.of(fix("kari", 1, 1), fix("ola", 2, 1)),
                "driver: ola (expected: kari, as in the rest of the batch)");
    }

    private static void assertRefused(List<Fix> fixes, String message) {
        assertThatThrownBy(() -> new FixBatch(fixes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
