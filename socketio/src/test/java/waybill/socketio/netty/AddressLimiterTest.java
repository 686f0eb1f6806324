package waybill.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AddressLimiterTest {

    private static final InetAddress ONE = address("203.0.113.7");
    private static final InetAddress OTHER = address("203.0.113.8");

    private final AddressLimiter limiter = new AddressLimiter(
            new AddressQuota(
                    60, 100, 2, (address, headers) -> address.isLoopbackAddress() && headers.firstValue("via") == null),
            new SplittableRandom(1));

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private boolean admits(InetAddress address, long atMs) {
        return limiter.admitSession(address, TimeUnit.MILLISECONDS.toNanos(atMs)) == null;
    }

    @Test
    void theBurstIsOneMinuteOfSessions() {
        for (int i = 0; i < 60; i++) {
            assertThat(admits(ONE, 0)).isTrue();
        }
        assertThat(admits(ONE, 0)).isFalse();
        assertThat(admits(OTHER, 0)).isTrue();
        assertThat(admits(ONE, 999)).isFalse();
        assertThat(admits(ONE, 1_000)).as("a second later").isTrue();
        assertThat(admits(ONE, 1_000)).isFalse();
    }

    @Test
    void theRejectionHasTheLimitAndARetryDelay() {
        for (int i = 0; i < 60; i++) {
            admits(ONE, 0);
        }
        var denial = Objects.requireNonNull(limiter.admitSession(ONE, 0));
        assertThat(denial.status()).isEqualTo(HttpResponseStatus.TOO_MANY_REQUESTS);
        assertThat(denial.retryAfterMs()).isBetween(1_000L, 3_100L);
        assertThat(denial.json())
                .contains("\"code\":4", "203.0.113.7", "expected: at most 60 in a minute", "\"retryAfterMs\":");
    }

    @Test
    void openSessionsAreLimited() {
        for (int i = 0; i < 100; i++) {
            assertThat(admits(ONE, i * 1_000L)).isTrue();
        }
        assertThat(admits(ONE, 1_000_000)).isFalse();
        limiter.sessionEnded(ONE);
        assertThat(admits(ONE, 1_000_000)).isTrue();
    }

    @Test
    void connectionsOfOnePeerAreLimited() {
        assertThat(limiter.admitConnection(ONE)).isNull();
        assertThat(limiter.admitConnection(ONE)).isNull();
        assertThat(limiter.admitConnection(ONE)).isNotNull();
        limiter.connectionEnded(ONE);
        limiter.connectionEnded(ONE);
        assertThat(limiter.admitConnection(ONE)).isNull();
    }

    @Test
    void anIpv6NetworkIsOneAddress() {
        for (int i = 0; i < 60; i++) {
            assertThat(admits(address("2001:db8:1:2:" + Integer.toHexString(i) + "::1"), 0))
                    .isTrue();
        }
        assertThat(admits(address("2001:db8:1:2:ffff::9"), 0)).isFalse();
        assertThat(admits(address("2001:db8:1:3::1"), 0)).isTrue();
    }

    @Test
    void theApplicationDecidesAboutExemptions() {
        var here = InetAddress.getLoopbackAddress();
        assertThat(limiter.isExempt(here, _ -> null)).isTrue();
        assertThat(limiter.isExempt(here, _ -> "a proxy")).isFalse();
        assertThat(limiter.isExempt(ONE, _ -> null)).isFalse();
    }

    @Test
    void idleAddressesAreEvicted() {
        limiter.admitConnection(ONE);
        for (int i = 0; i < AddressLimiter.IDLE_ADDRESSES_MAX + 500; i++) {
            var address = address("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255));
            admits(address, 0);
            limiter.sessionEnded(address);
        }
        assertThat(limiter.size()).isEqualTo(AddressLimiter.IDLE_ADDRESSES_MAX + 1);
    }
}
