package waybill.tracking;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.tracking.Said.fix;
import static waybill.tracking.Verdict.ACCEPTED;
import static waybill.tracking.Verdict.IMPLAUSIBLE;
import static waybill.tracking.Verdict.STALE;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

    @Test
    void aBatchIsJudgedInTheOrderOfTimeAndItsNewestIsNews() {
        var outcome = new Batch(List.of(fix(20, 200), fix(5, 50), fix(15, 150)))
                .judge(Track.begin(fix(10, 100)), Track.SPEED_MAX);
        assertThat(outcome.fixes())
                .containsExactly(
                        new Judged(fix(5, 50), STALE),
                        new Judged(fix(15, 150), ACCEPTED),
                        new Judged(fix(20, 200), ACCEPTED));
        assertThat(outcome.news()).contains(fix(20, 200));
        assertThat(outcome.after().newest()).isEqualTo(fix(20, 200));
    }

    @Test
    void whatIsOldThroughoutIsNoNews() {
        var outcome = new Batch(List.of(fix(1, 0), fix(2, 0))).judge(Track.begin(fix(10, 100)), Track.SPEED_MAX);
        assertThat(outcome.news()).isEmpty();
        assertThat(outcome.fixes()).extracting(Judged::verdict).containsExactly(STALE, STALE);
    }

    @Test
    void aNewestFixThatWentAstrayIsNoNews() {
        var outcome = new Batch(List.of(fix(5, 0), fix(10, 90_000))).judge(null, Track.SPEED_MAX);
        assertThat(outcome.news()).contains(fix(5, 0));
        assertThat(outcome.fixes().getLast()).isEqualTo(new Judged(fix(10, 90_000), IMPLAUSIBLE));
    }

    @Test
    void ofFixesThatDoNotSayWhenTheLastOneCounts() {
        var outcome = new Batch(List.of(fix(5, 10), fix(5, 20), fix(5, 30))).judge(null, Track.SPEED_MAX);
        assertThat(outcome.news()).contains(fix(5, 30));
    }

    @Test
    void tooLargeABatchIsRefused() {
        assertThat(Batch.tooLarge(500)).isEmpty();
        assertThat(Batch.tooLarge(501)).contains("fixes: 501 (expected: at most 500 at once)");
        assertThat(new Batch(nCopies(500, fix(1, 1))).fixes()).hasSize(500);
        assertRefused(nCopies(501, fix(1, 1)), "fixes: 501 (expected: at most 500 at once)");
        assertRefused(List.of(), "fixes: 0 (expected: 1..500)");
    }

    @Test
    void aBatchIsOneDrivers() {
        assertRefused(
                List.of(fix("kari", 1, 1), fix("ola", 2, 1)),
                "driver: ola (expected: kari, as in the rest of the batch)");
    }

    private static void assertRefused(List<Fix> fixes, String message) {
        assertThatThrownBy(() -> new Batch(fixes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
