package waybill.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InMemoryRateLimiterTest {

    @Test
    void eachKeyHasItsOwnBucket() {
        var limiter = new InMemoryRateLimiter<String>(RateLimit.perSecond(2), 10_000);
        assertThat(limiter.acquire("kari", 0)).isZero();
        assertThat(limiter.acquire("kari", 0)).isZero();
        assertThat(limiter.acquire("kari", 0)).isEqualTo(500);
        assertThat(limiter.acquire("ola", 0)).isZero();
        assertThat(limiter.acquire("kari", 499)).isEqualTo(1);
        assertThat(limiter.acquire("kari", 500)).isZero();
        assertThat(limiter.acquire("kari", 500)).isEqualTo(500);
    }

    @Test
    void aRateOfAMinuteIsSpreadOverIt() {
        var limiter = new InMemoryRateLimiter<String>(RateLimit.perMinute(2), 10_000);
        assertThat(limiter.acquire("192.0.2.1", 0)).isZero();
        assertThat(limiter.acquire("192.0.2.1", 0)).isZero();
        assertThat(limiter.acquire("192.0.2.1", 0)).isEqualTo(30_000);
        assertThat(limiter.acquire("192.0.2.1", 29_999)).isEqualTo(1);
        assertThat(limiter.acquire("192.0.2.1", 30_000)).isZero();
    }

    @Test
    void severalPermitsAreAcquiredTogetherOrNotAtAll() {
        var limiter = new InMemoryRateLimiter<String>(RateLimit.perSecond(10), 10_000);
        assertThat(limiter.acquire("kari", 8, 0)).isZero();
        assertThat(limiter.acquire("kari", 3, 0)).isEqualTo(100);
        assertThat(limiter.acquire("kari", 2, 0)).isZero();
    }

    @Test
    void zeroIsNoLimit() {
        var limiter = new InMemoryRateLimiter<String>(RateLimit.perSecond(0), 10_000);
        for (var i = 0; i < 10_000; i++) {
            assertThat(limiter.acquire("kari", 0)).isZero();
        }
    }

    @Test
    void theLeastRecentKeyIsEvicted() {
        var limiter = new InMemoryRateLimiter<String>(RateLimit.perSecond(1), 10_000);
        assertThat(limiter.acquire("first", 0)).isZero();
        assertThat(limiter.acquire("second", 0)).isZero();
        assertThat(limiter.acquire("first", 0)).as("rejected, and seen again").isPositive();
        for (var i = 0; i < 9_999; i++) {
            assertThat(limiter.acquire("user " + i, 0)).isZero();
        }
        assertThat(limiter.acquire("first", 0)).isPositive();
        assertThat(limiter.acquire("second", 0)).isZero();
    }

    @Test
    void eachShardHoldsItsShareOfTheKeys() {
        var limiter = new InMemoryRateLimiter<Integer>(RateLimit.perSecond(1), 64, 8);
        for (var key = 0; key < 64; key++) {
            assertThat(limiter.acquire(key, 0)).isZero();
        }
        for (var key = 0; key < 64; key++) {
            assertThat(limiter.acquire(key, 0)).isPositive();
        }
        assertThat(limiter.acquire(64, 0)).isZero();
        assertThat(limiter.acquire(0, 0)).as("evicted from the shard of 64").isZero();
        assertThat(limiter.acquire(1, 0)).isPositive();
    }

    @Test
    void permitsThatWereAcquiredElsewhereAreTakenDownToAnEmptyBucket() {
        var limiter = new InMemoryRateLimiter<String>(RateLimit.perSecond(10), 100);
        limiter.charge("anna", 7, 1_000);
        assertThat(limiter.acquire("anna", 4, 1_000)).isEqualTo(100);
        assertThat(limiter.acquire("anna", 3, 1_000)).isZero();
        limiter.charge("anna", 1_000, 1_000);
        assertThat(limiter.acquire("anna", 1, 1_000)).isEqualTo(100);
        assertThat(limiter.acquire("anna", 1, 1_100)).isZero();
        assertThat(limiter.acquire("bert", 10, 1_000)).isZero();
    }
}
