package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.tracking.Said.KARI;
import static waybill.tracking.Said.at;
import static waybill.tracking.Said.fix;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.tracking.LastKnown.Near;

class LastKnownTest {

    private static final int SPEAKERS = 4;
    private static final int FIXES = 5_000;

    private final LastKnown lastKnown = new LastKnown(3, Track.SPEED_MAX);

    @Test
    void theNewestOfEachDriverIsKnown() {
        assertThat(lastKnown.of(KARI)).isEmpty();
        assertThat(lastKnown.hear(fix(KARI, 5, 50)).verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(lastKnown.hear(fix(KARI, 4, 40)).verdict()).isEqualTo(Verdict.STALE);
        assertThat(lastKnown.hear(fix("ola", 1, 0)).verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(lastKnown.hear(fix(KARI, 6, 90_000)).verdict()).isEqualTo(Verdict.IMPLAUSIBLE);
        assertThat(lastKnown.of(KARI).map(Track::newest)).contains(fix(KARI, 5, 50));
    }

    @Test
    void aBatchGoesOnFromWhatIsKnown() {
        lastKnown.hear(fix(10, 100));
        var outcome = lastKnown.hear(new Batch(List.of(fix(15, 150), fix(5, 50))));
        assertThat(outcome.news()).contains(fix(15, 150));
        assertThat(lastKnown.of(KARI).map(Track::newest)).contains(fix(15, 150));
        lastKnown.hear(new Batch(List.of(fix(12, 120))));
        assertThat(lastKnown.of(KARI).map(Track::newest)).contains(fix(15, 150));
    }

    @Test
    void whoWasNotHeardOfForLongestIsForgotten() {
        List.of("a", "b", "c").forEach(driver -> lastKnown.hear(fix(driver, 1, 0)));
        lastKnown.hear(fix("a", 0, 0)); // stale, and yet a is there
        lastKnown.hear(new Batch(List.of(fix("d", 2, 0))));
        assertThat(lastKnown.of("b")).isEmpty();
        assertThat(List.of("a", "c", "d"))
                .allMatch(driver -> lastKnown.of(driver).isPresent());
    }

    @Test
    void whatIsRecalledIsOlderThanAnythingHeardSince() {
        lastKnown.hear(fix(KARI, 10, 100));
        lastKnown.recall(fix(KARI, 5, 50));
        lastKnown.recall(fix("ola", 5, 50));
        assertThat(lastKnown.of(KARI).map(Track::newest)).contains(fix(KARI, 10, 100));
        assertThat(lastKnown.of("ola").map(Track::newest)).contains(fix("ola", 5, 50));
        assertThat(lastKnown.hear(fix("ola", 6, 90_000)).verdict()).isEqualTo(Verdict.IMPLAUSIBLE);
    }

    @Test
    void whoIsNearIsShownNearestFirst() {
        lastKnown.hear(fix("a", 1, 300));
        lastKnown.hear(fix("b", 1, 100));
        lastKnown.hear(fix("c", 1, 5_000));
        assertThat(lastKnown.near(at(0), 1_000, 10))
                .extracting(Near::fix)
                .extracting(Fix::driver)
                .containsExactly("b", "a");
        assertThat(lastKnown.near(at(310), 1_000, 1))
                .singleElement()
                .satisfies(near -> assertThat(near.metres()).isBetween(9.9, 10.1));
    }

    @Test
    void whatSeveralSayAtOnceIsNewsOnce() throws InterruptedException, ExecutionException {
        var news = new ArrayList<Long>();
        var start = new CyclicBarrier(SPEAKERS);
        try (var threads = Executors.newFixedThreadPool(SPEAKERS)) {
            var speakers = Collections.<Callable<List<Long>>>nCopies(SPEAKERS, () -> {
                start.await();
                return IntStream.range(0, FIXES)
                        .mapToObj(i -> fix(i, 0))
                        .filter(fix -> lastKnown.hear(fix).verdict() == Verdict.ACCEPTED)
                        .map(Fix::recordedAtMs)
                        .toList();
            });
            for (var spoken : threads.invokeAll(speakers)) {
                news.addAll(spoken.get());
            }
        }
        assertThat(news).doesNotHaveDuplicates().contains(Said.ms(FIXES - 1));
        assertThat(lastKnown.of(KARI).map(Track::newest)).contains(fix(FIXES - 1, 0));
    }
}
