package waybill.hub.position;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DriverRateLimiterTest {

    private static final long START_MS = 1_767_268_800_000L;

    private final DriverRateLimiter points = DriverRateLimiter.ofPoints(120);

    @Test
    void aDriverMayUseTheBurstAndThenTheRatePerMinute() {
        assertThat(points.tryAcquire("kari", DriverRateLimiter.POINTS_BURST, START_MS))
                .isTrue();
        assertThat(points.tryAcquire("kari", 1, START_MS)).isFalse();
        assertThat(points.retryAfterMs("kari", 500, START_MS)).isEqualTo(250_000);
        assertThat(points.tryAcquire("ola", 500, START_MS)).as("another driver").isTrue();
        assertThat(points.tryAcquire("kari", 500, START_MS + 249_999)).isFalse();
        assertThat(points.tryAcquire("kari", 500, START_MS + 250_000)).isTrue();
    }

    @Test
    void aClockThatIsSetBackBlocksNoDriver() {
        assertThat(points.tryAcquire("kari", DriverRateLimiter.POINTS_BURST, START_MS + 3_600_000))
                .isTrue();
        assertThat(points.tryAcquire("kari", 500, START_MS - 3_600_000)).isTrue();
    }

    @Test
    void zeroIsNoLimit() {
        var unlimited = DriverRateLimiter.ofPoints(0);
        for (var i = 0; i < 100; i++) {
            assertThat(unlimited.tryAcquire("kari", DriverRateLimiter.POINTS_BURST, START_MS))
                    .isTrue();
        }
    }
}
