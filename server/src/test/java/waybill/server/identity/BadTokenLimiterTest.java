package waybill.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BadTokenLimiterTest {

    private static final String THERE = "192.0.2.1";

    @Test
    void badTokensAreLimitedPerMinute() {
        var refused = new BadTokenLimiter(2);
        refused.record(THERE, 0);
        assertThat(refused.retryAfter(THERE, 0)).isEmpty();
        refused.record(THERE, 0);
        assertThat(refused.retryAfter(THERE, 0)).contains(Duration.ofSeconds(30));
        assertThat(refused.retryAfter("192.0.2.2", 0)).as("another address").isEmpty();
        assertThat(refused.retryAfter(THERE, 29_999)).contains(Duration.ofMillis(1));
        assertThat(refused.retryAfter(THERE, 30_000)).isEmpty();
        refused.record(THERE, 30_000);
        assertThat(refused.retryAfter(THERE, 30_000)).isPresent();
    }

    @Test
    void validTokensAreNotCounted() {
        var refused = new BadTokenLimiter(1);
        for (var i = 0; i < 1_000; i++) {
            assertThat(refused.retryAfter(THERE, 0)).isEmpty();
        }
    }

    @Test
    void zeroIsNoLimit() {
        var refused = new BadTokenLimiter(0);
        refused.record(THERE, 0);
        assertThat(refused.retryAfter(THERE, 0)).isEmpty();
    }

    @Test
    void theLeastRecentAddressIsEvicted() {
        var refused = new BadTokenLimiter(1);
        for (var i = 0; i <= BadTokenLimiter.ADDRESSES_MAX; i++) {
            refused.record("address " + i, 0);
        }
        assertThat(refused.retryAfter("address 0", 0)).isEmpty();
        assertThat(refused.retryAfter("address 1", 0)).isPresent();
    }
}
