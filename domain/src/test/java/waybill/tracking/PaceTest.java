package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import waybill.tracking.Pace.Answer.Later;
import waybill.tracking.Pace.Answer.Now;

class PaceTest {

    private static final long START_MS = 1_767_268_800_000L;

    @Test
    void tenAtOnceAndThenTwoASecond() {
        var pace = Pace.ofPositions();
        for (var i = 0; i < 10; i++) {
            pace = next(pace, START_MS);
        }
        assertThat(pace.ask(START_MS)).isEqualTo(new Later(START_MS + 500));
        assertThat(pace.ask(START_MS + 499)).isEqualTo(new Later(START_MS + 500));
        pace = next(pace, START_MS + 500);
        assertThat(pace.ask(START_MS + 500)).isEqualTo(new Later(START_MS + 1_000));
    }

    @Test
    void whoWasQuietForLongHasTheWholeBurstAgainAndNoMore() {
        var pace = Pace.ofPositions();
        for (var i = 0; i < 10; i++) {
            pace = next(pace, START_MS);
        }
        for (var i = 0; i < 10; i++) {
            pace = next(pace, START_MS + 3_600_000);
        }
        assertThat(pace.ask(START_MS + 3_600_000)).isInstanceOf(Later.class);
    }

    @Test
    void aClockThatIsSetBackLocksNobodyOut() {
        var pace = Pace.ofPositions();
        for (var i = 0; i < 10; i++) {
            pace = next(pace, START_MS + 3_600_000);
        }
        assertThat(pace.isUnspent(START_MS)).isTrue();
        for (var i = 0; i < 10; i++) {
            pace = next(pace, START_MS);
        }
        assertThat(pace.ask(START_MS)).isEqualTo(new Later(START_MS + 500));
    }

    @Property(tries = 200, seed = "1")
    void noStretchOfTimeHoldsMoreThanABurstAndItsShare(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(max = 1_500) Integer> gapsMs,
            @ForAll @IntRange(min = 1, max = 20) int burst) {
        var pace = new Pace(500, burst, 0);
        var told = new ArrayDeque<Long>();
        var nowMs = START_MS;
        for (var gapMs : gapsMs) {
            nowMs += gapMs;
            switch (pace.ask(nowMs)) {
                case Now(var next) -> {
                    pace = next;
                    told.addLast(nowMs);
                }
                case Later(var atMs) -> {
                    assertThat(atMs).isGreaterThan(nowMs).isLessThanOrEqualTo(nowMs + 500);
                    assertThat(pace.ask(atMs)).isInstanceOf(Now.class);
                }
            }
            var lastMs = nowMs;
            assertThat(told)
                    .allSatisfy(fromMs -> assertThat(
                                    told.stream().filter(at -> at >= fromMs).count())
                            .isLessThanOrEqualTo(burst + (lastMs - fromMs) / 500));
        }
    }

    @Test
    void aPaceThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new Pace(0, 10, 0)).hasMessage("intervalMs: 0 (expected: at least 1)");
        assertThatThrownBy(() -> new Pace(500, 0, 0)).hasMessage("burst: 0 (expected: at least 1)");
    }

    private static Pace next(Pace pace, long nowMs) {
        var answer = pace.ask(nowMs);
        assertThat(answer).isInstanceOf(Now.class);
        return ((Now) answer).next();
    }
}
