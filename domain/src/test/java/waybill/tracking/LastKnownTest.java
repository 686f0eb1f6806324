package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.tracking.Said.KARI;
import static waybill.tracking.Said.at;
import static waybill.tracking.Said.fix;
import static waybill.tracking.Said.ms;

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
        assertThat(lastKnown.near(at(0), 1_000, ms(1), 10))
                .extracting(Near::fix)
                .extracting(Fix::driver)
                .containsExactly("b", "a");
        assertThat(lastKnown.near(at(310), 1_000, ms(1), 1))
                .singleElement()
                .satisfies(near -> assertThat(near.metres()).isBetween(9.9, 10.1));
    }

    @Test
    void whoWasHeardOfTooLongAgoIsNotNear() {
        lastKnown.hear(fix("a", 1, 100));
        lastKnown.hear(fix("b", 2, 200));
        assertThat(lastKnown.near(at(0), 1_000, ms(2), 10))
                .extracting(Near::fix)
                .extracting(Fix::driver)
                .containsExactly("b");
    }

    @Test
    void afterTheClockWasSetBackADriverIsBelievedAnew() {
        lastKnown.hear(fix(KARI, 3_600, 100));
        lastKnown.hear(fix("ola", 10, 100));
        assertThat(lastKnown.hearUndated(fix(KARI, 20, 110)).verdict()).isEqualTo(Verdict.STALE);
        lastKnown.clockWentBack(ms(20));
        assertThat(lastKnown.hearUndated(fix(KARI, 20, 110)).verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(lastKnown.of("ola").map(Track::newest)).contains(fix("ola", 10, 100));
    }

    @Test
    void aClockThatIsAheadIsCorrectedAtOnce() {
        var track = dated(0, 3_600);
        assertThat(track)
                .returns(Verdict.ACCEPTED, Track::verdict)
                .returns(ms(0), known -> known.newest().recordedAtMs())
                .returns(3_600_000L, Track::clockOffsetMs);
        assertThat(dated(10, 3_600 + 8).newest().recordedAtMs()).isEqualTo(ms(8));
        assertThat(dated(11, 3_600 + 7).verdict()).isEqualTo(Verdict.STALE);
        assertThat(dated(20, 20).clockOffsetMs())
                .as("the phone has set its clock right")
                .isZero();
    }

    @Test
    void aClockThatIsBehindIsCorrectedOnceItIsSteady() {
        assertThat(dated(0, -7_200).newest().isLive(ms(0))).isFalse();
        assertThat(dated(3, -7_197).newest().isLive(ms(3))).isFalse();
        var track = dated(6, -7_194);
        assertThat(track)
                .returns(Verdict.ACCEPTED, Track::verdict)
                .returns(ms(6), known -> known.newest().recordedAtMs())
                .returns(-7_200_000L, Track::clockOffsetMs);
    }

    @Test
    void aPhoneThatSendsWhatItHasGatheredHasAClockThatIsRight() {
        for (var i = 0; i < 100; i++) { // a fix of every ten seconds, one every second
            var track = dated(i, -7_200 + 10 * i);
            assertThat(track.newest().isLive(ms(i))).isFalse();
            assertThat(track.clockOffsetMs()).isZero();
        }
    }

    @Test
    void whatIsOlderThanAnyPhoneGathersIsAClockThatIsBehind() {
        var seconds = 1_024.0 * 7 * 24 * 3_600; // after that many, some receivers begin to count anew
        var track = dated(0, -seconds);
        assertThat(track.newest().isLive(ms(0))).isFalse();
        assertThat(track.clockOffsetMs()).isEqualTo(-619_315_200_000L);
        assertThat(dated(1, 1 - seconds).newest().recordedAtMs()).isEqualTo(ms(1));
    }

    private Track dated(double receivedAt, double recordedAt) {
        return lastKnown.hearDated(
                KARI, at(receivedAt), Fix.NOT_SAID, Fix.NOT_SAID, Said.ACCURACY, ms(recordedAt), ms(receivedAt));
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
