package waybill.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final long START_MS = 1_767_268_800_000L;

    private final TokenBucket positions = new TokenBucket(RateLimit.every(500, 10));

    @Test
    void aBurstOfTenThenTwoPerSecond() {
        takeTen(START_MS);
        assertThrottled(START_MS, START_MS + 500);
        assertThrottled(START_MS + 499, START_MS + 500);
        assertThat(positions.take(START_MS + 500)).isTrue();
        assertThrottled(START_MS + 500, START_MS + 1_000);
    }

    @Test
    void anIdlePeriodRestoresTheBurstAndNoMore() {
        takeTen(START_MS);
        takeTen(START_MS + 3_600_000);
        assertThat(positions.take(START_MS + 3_600_000)).isFalse();
    }

    @Test
    void aClockSetBackBlocksNoDriver() {
        takeTen(START_MS + 3_600_000);
        assertThat(positions.isFull(START_MS)).isTrue();
        takeTen(START_MS);
        assertThrottled(START_MS, START_MS + 500);
    }

    @Property(tries = 200, seed = "1")
    void noStretchOfTimeHoldsMoreThanABurstAndItsShare(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(max = 1_500) Integer> gapsMs,
            @ForAll @IntRange(min = 1, max = 20) int burst) {
        var limit = RateLimit.every(500, burst);
        var fullAtUs = 0L;
        var allowed = new ArrayDeque<Long>();
        var nowMs = START_MS;
        for (var gapMs : gapsMs) {
            nowMs += gapMs;
            var retryAfterMs = limit.retryAfterMs(fullAtUs, 1, nowMs);
            if (retryAfterMs == 0) {
                fullAtUs = limit.afterUs(fullAtUs, 1, nowMs);
                allowed.addLast(nowMs);
            } else {
                assertThat(retryAfterMs).isGreaterThan(0).isLessThanOrEqualTo(500);
                assertThat(limit.retryAfterMs(fullAtUs, 1, nowMs + retryAfterMs))
                        .isZero();
            }
            var lastMs = nowMs;
            assertThat(allowed)
                    .allSatisfy(fromMs -> assertThat(
                                    allowed.stream().filter(at -> at >= fromMs).count())
                            .isLessThanOrEqualTo(burst + (lastMs - fromMs) / 500));
        }
    }

    @Test
    void aRateThatIsNoWholeNumberOfMillisecondsIsNotRounded() {
        var bucket = new TokenBucket(RateLimit.perSecond(1_500));
        var taken = 0;
        for (var nowMs = START_MS; nowMs < START_MS + 2_000; nowMs++) {
            while (bucket.take(nowMs)) {
                taken++;
            }
        }
        assertThat(taken).isBetween(4_498, 4_505); // a burst, and 1,500 a second for two seconds
    }

    @Test
    void aRateLimitWithoutABurstIsRejected() {
        assertThatThrownBy(() -> RateLimit.every(-1, 10))
                .hasMessage("intervalUs: -1000 (expected: 0 for no limit, or more)");
        assertThatThrownBy(() -> RateLimit.every(500, 0)).hasMessage("burst: 0 (expected: at least 1)");
    }

    private void takeTen(long nowMs) {
        for (var i = 0; i < 10; i++) {
            assertThat(positions.take(nowMs)).isTrue();
        }
    }

    private void assertThrottled(long nowMs, long untilMs) {
        assertThat(positions.take(nowMs)).isFalse();
        assertThat(nowMs + positions.retryAfterMs()).isEqualTo(untilMs);
    }
}
