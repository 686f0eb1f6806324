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
        var limit = RateLimit.forPositions();
        for (var i = 0; i < 10; i++) {
            limit = next(limit, START_MS);
        }
        assertThat(limit.tryAcquire(START_MS)).isEqualTo(new Throttled(START_MS + 500));
        assertThat(limit.tryAcquire(START_MS + 499)).isEqualTo(new Throttled(START_MS + 500));
        limit = next(limit, START_MS + 500);
        assertThat(limit.tryAcquire(START_MS + 500)).isEqualTo(new Throttled(START_MS + 1_000));
    }

    @Test
    void anIdlePeriodRestoresTheBurstAndNoMore() {
        var limit = RateLimit.forPositions();
        for (var i = 0; i < 10; i++) {
            limit = next(limit, START_MS);
        }
        for (var i = 0; i < 10; i++) {
            limit = next(limit, START_MS + 3_600_000);
        }
        assertThat(limit.tryAcquire(START_MS + 3_600_000)).isInstanceOf(Throttled.class);
    }

    @Test
    void aClockSetBackBlocksNoDriver() {
        var limit = RateLimit.forPositions();
        for (var i = 0; i < 10; i++) {
            limit = next(limit, START_MS + 3_600_000);
        }
        assertThat(limit.isIdle(START_MS)).isTrue();
        for (var i = 0; i < 10; i++) {
            limit = next(limit, START_MS);
        }
        assertThat(limit.tryAcquire(START_MS)).isEqualTo(new Throttled(START_MS + 500));
    }

    @Property(tries = 200, seed = "1")
    void noStretchOfTimeHoldsMoreThanABurstAndItsShare(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(max = 1_500) Integer> gapsMs,
            @ForAll @IntRange(min = 1, max = 20) int burst) {
        var limit = new RateLimit(500, burst, 0);
        var allowed = new ArrayDeque<Long>();
        var nowMs = START_MS;
        for (var gapMs : gapsMs) {
            nowMs += gapMs;
            switch (limit.tryAcquire(nowMs)) {
                case Allowed(var next) -> {
                    limit = next;
                    allowed.addLast(nowMs);
                }
                case Throttled(var atMs) -> {
                    assertThat(atMs).isGreaterThan(nowMs).isLessThanOrEqualTo(nowMs + 500);
                    assertThat(limit.tryAcquire(atMs)).isInstanceOf(Allowed.class);
                }
            }
            var lastMs = nowMs;
            assertThat(allowed)
                    .allSatisfy(fromMs -> assertThat(
                                    allowed.stream().filter(at -> at >= fromMs).count())
                            .isLessThanOrEqualTo(burst + (lastMs - fromMs) / 500));
        }
    }

    @Test
    void aRateLimitWithoutAnIntervalIsRejected() {
        assertThatThrownBy(() -> new RateLimit(0, 10, 0)).hasMessage("intervalMs: 0 (expected: at least 1)");
        assertThatThrownBy(() -> new RateLimit(500, 0, 0)).hasMessage("burst: 0 (expected: at least 1)");
    }

    private static RateLimit next(RateLimit limit, long nowMs) {
        var acquisition = limit.tryAcquire(nowMs);
        assertThat(acquisition).isInstanceOf(Allowed.class);
        return ((Allowed) acquisition).limitAfter();
    }
}
