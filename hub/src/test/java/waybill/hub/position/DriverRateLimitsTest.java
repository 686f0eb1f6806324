package waybill.hub.position;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.limit.RateLimiter;

class DriverRateLimitsTest {

    private static final long START_MS = 1_767_268_800_000L;

    private final RateLimiter<String> points = DriverRateLimits.ofPoints(120);

    @Test
    void aDriverMayUseTheBurstAndThenTheRatePerMinute() {
        assertThat(points.acquire("kari", DriverRateLimits.POINTS_BURST, START_MS))
                .isZero();
        assertThat(points.acquire("kari", 1, START_MS)).isPositive();
        assertThat(points.acquire("kari", 500, START_MS)).isEqualTo(250_000);
        assertThat(points.acquire("ola", 500, START_MS)).as("another driver").isZero();
        assertThat(points.acquire("kari", 500, START_MS + 249_999)).isEqualTo(1);
        assertThat(points.acquire("kari", 500, START_MS + 250_000)).isZero();
    }

    @Test
    void aClockThatIsSetBackBlocksNoDriver() {
        assertThat(points.acquire("kari", DriverRateLimits.POINTS_BURST, START_MS + 3_600_000))
                .isZero();
        assertThat(points.acquire("kari", 500, START_MS - 3_600_000)).isZero();
    }

    @Test
    void zeroIsNoLimit() {
        var unlimited = DriverRateLimits.ofPoints(0);
        for (var i = 0; i < 100; i++) {
            assertThat(unlimited.acquire("kari", DriverRateLimits.POINTS_BURST, START_MS))
                    .isZero();
        }
    }
}
