package waybill.server.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import waybill.access.Role;
import waybill.access.UserId;

class RequestRateLimiterTest {

    private static final UserId JANE = new UserId(Role.CUSTOMER, "jane");

    @Test
    void aUserOverTheRateGetsRetryAfter() {
        var rates = new RequestRateLimiter(2);
        assertThat(rates.tryAcquire(JANE, 0)).isEmpty();
        assertThat(rates.tryAcquire(JANE, 0)).isEmpty();
        assertThat(rates.tryAcquire(JANE, 0)).contains(Duration.ofMillis(500));
        assertThat(rates.tryAcquire(new UserId(Role.CUSTOMER, "joe"), 0))
                .as("somebody else")
                .isEmpty();
        assertThat(rates.tryAcquire(new UserId(Role.DRIVER, "jane"), 0))
                .as("a driver of that id")
                .isEmpty();
        assertThat(rates.tryAcquire(JANE, 499)).contains(Duration.ofMillis(1));
        assertThat(rates.tryAcquire(JANE, 500)).isEmpty();
    }

    @Test
    void zeroIsNoLimit() {
        var rates = new RequestRateLimiter(0);
        for (var i = 0; i < 1_000; i++) {
            assertThat(rates.tryAcquire(JANE, 0)).isEmpty();
        }
    }

    @Test
    void theLeastRecentUserIsEvicted() {
        var rates = new RequestRateLimiter(1);
        assertThat(rates.tryAcquire(JANE, 0)).isEmpty();
        for (var i = 0; i < RequestRateLimiter.USERS_MAX; i++) {
            assertThat(rates.tryAcquire(new UserId(Role.CUSTOMER, "other " + i), 0))
                    .isEmpty();
        }
        assertThat(rates.tryAcquire(JANE, 0)).isEmpty();
    }
}
