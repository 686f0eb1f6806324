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
import waybill.tracking.RateLimit.Acquisition.Allowed;
import waybill.tracking.RateLimit.Acquisition.Throttled;

class RateLimitTest {

    private static final long START_MS = 1_767_268_800_000L;

    @Test
    void aBurstOfTenThenTwoPerSecond() {
        var pace = RateLimit.forPositions();
        for (var i = 0; i < 10; i++) {
            pace = next(pace, START_MS);
        }
        assertThat(pace.tryAcquire(START_MS)).isEqualTo(new Throttled(START_MS + 500));
        assertThat(pace.tryAcquire(START_MS + 499)).isEqualTo(new Throttled(START_MS + 500));
        pace = next(pace, START_MS + 500);
        assertThat(pace.tryAcquire(START_MS + 500)).isEqualTo(new Throttled(START_MS + 1_000));
    }

    @Test
    void anIdlePeriodRestoresTheBurstAndNoMore() {
        var pace = RateLimit.forPositions();
        for (var i = 0; i < 10; i++) {
            pace = next(pace, START_MS);
        }
        for (var i = 0; i < 10; i++) {
            pace = next(pace, START_MS + 3_600_000);
        }
        assertThat(pace.tryAcquire(START_MS + 3_600_000)).isInstanceOf(Throttled.class);
    }

    @Test
    void aClockSetBackBlocksNoDriver() {
        var pace = RateLimit.forPositions();
        for (var i = 0; i < 10; i++) {
            pace = next(pace, START_MS + 3_600_000);
        }
        assertThat(pace.isIdle(START_MS)).isTrue();
        for (var i = 0; i < 10; i++) {
            pace = next(pace, START_MS);
        }
        assertThat(pace.tryAcquire(START_MS)).isEqualTo(new Throttled(START_MS + 500));
    }

    @Property(tries = 200, seed = "1")
    void noStretchOfTimeHoldsMoreThanABurstAndItsShare(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(max = 1_500) Integer> gapsMs,
            @ForAll @IntRange(min = 1, max = 20) int burst) {
        var pace = new RateLimit(500, burst, 0);
        var told = new ArrayDeque<Long>();
        var nowMs = START_MS;
        for (var gapMs : gapsMs) {
            nowMs += gapMs;
            switch (pace.tryAcquire(nowMs)) {
                case Allowed(var next) -> {
                    pace = next;
                    told.addLast(nowMs);
                }
                case Throttled(var atMs) -> {
                    assertThat(atMs).isGreaterThan(nowMs).isLessThanOrEqualTo(nowMs + 500);
                    assertThat(pace.tryAcquire(atMs)).isInstanceOf(Allowed.class);
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
    void aRateLimitWithoutAnIntervalIsRejected() {
        assertThatThrownBy(() -> new RateLimit(0, 10, 0)).hasMessage("intervalMs: 0 (expected: at least 1)");
        assertThatThrownBy(() -> new RateLimit(500, 0, 0)).hasMessage("burst: 0 (expected: at least 1)");
    }

    private static RateLimit next(RateLimit pace, long nowMs) {
        var answer = pace.tryAcquire(nowMs);
        assertThat(answer).isInstanceOf(Allowed.class);
        return ((Allowed) answer).limitAfter();
    }
}
