package waybill.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {

    @Test
    void isSpentAndComesBackWithTime() {
        var budget = new TokenBucket(RateLimit.perSecond(2));
        assertThat(budget.take(0)).isTrue();
        assertThat(budget.take(0)).isTrue();
        assertThat(budget.take(0)).isFalse();
        assertThat(budget.retryAfterMs()).isEqualTo(500);
        assertThat(budget.take(499)).isFalse();
        assertThat(budget.take(500)).isTrue();
    }

    @Test
    void neverHoldsMoreThanItsMeasure() {
        var budget = new TokenBucket(RateLimit.perSecond(2));
        assertThat(budget.take(1_000_000)).isTrue();
        assertThat(budget.take(1_000_000)).isTrue();
        assertThat(budget.take(1_000_000)).isFalse();
    }

    @Test
    void aClockThatGoesBackTakesNothingAway() {
        var budget = new TokenBucket(RateLimit.perSecond(1));
        assertThat(budget.take(4_000)).isTrue();
        assertThat(budget.take(4_000)).isFalse();
    }

    @Test
    void noLimitIsNoLimit() {
        var budget = new TokenBucket(RateLimit.perSecond(0));
        for (var i = 0; i < 10_000; i++) {
            assertThat(budget.take(0)).isTrue();
        }
    }
}
