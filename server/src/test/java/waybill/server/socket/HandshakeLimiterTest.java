package waybill.server.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HandshakeLimiterTest {

    private static HandshakeLimiter handshakes(int perAddressPerMinute, int perSecond) {
        return new HandshakeLimiter(
                SocketLimits.defaults().withHandshakes(perAddressPerMinute, perSecond), new SplittableRandom(1));
    }

    @Test
    void anAddressMaySendSoManyInAMinute() {
        var handshakes = handshakes(2, 0);
        assertThat(handshakes.checkAddress("1.1.1.1", false, 0)).isEmpty();
        assertThat(handshakes.checkAddress("1.1.1.1", false, 0)).isEmpty();
        assertThat(handshakes.checkAddress("1.1.1.1", false, 0)).isPresent();
        assertThat(handshakes.checkAddress("2.2.2.2", false, 0)).isEmpty();
        assertThat(handshakes.checkAddress("1.1.1.1", false, 30_000)).isEmpty();
        assertThat(handshakes.checkAddress("1.1.1.1", false, 30_000)).isPresent();
    }

    @Test
    void thisMachineMaySendAsManyAsItLikes() {
        var handshakes = handshakes(1, 0);
        for (var i = 0; i < 100; i++) {
            assertThat(handshakes.checkAddress("127.0.0.1", true, 0)).isEmpty();
        }
    }

    @Test
    void rejectedClientsGetSpreadRetryTimes() {
        var handshakes = handshakes(0, 10);
        for (var i = 0; i < 10; i++) {
            assertThat(handshakes.checkTotal(0)).isEmpty();
        }
        var first = handshakes.checkTotal(0).orElseThrow();
        var second = handshakes.checkTotal(0).orElseThrow();
        assertThat(first).isBetween(100L, 2_100L);
        assertThat(second).isBetween(100L, 2_100L).isNotEqualTo(first);
    }

    @Test
    void aClientThatComesBackAtItsPlaceIsAdmittedAtItsFirstTry() {
        var handshakes = handshakes(600, 0);
        var waits = new ArrayList<Long>();
        for (var i = 0; i < 2_000; i++) {
            handshakes.checkAddress("1.1.1.1", false, 0).ifPresent(waits::add);
        }
        assertThat(waits).hasSize(1_400).isSorted();
        assertThat(waits.getLast()).isBetween(140_000L, 140_200L); // at ten in a second
        for (var wait : waits) {
            assertThat(handshakes.checkAddress("1.1.1.1", false, wait))
                    .as("at %d", wait)
                    .isEmpty();
        }
    }

    @Test
    void placesAreGivenOnlySoFarAhead() {
        var handshakes = handshakes(1, 0);
        for (var i = 0; i < 1_000; i++) {
            handshakes
                    .checkAddress("1.1.1.1", false, 0)
                    .ifPresent(wait -> assertThat(wait).isBetween(1L, HandshakeLimiter.RETRY_WITHIN_MS + 60_000));
        }
    }

    @Test
    void zeroIsNoLimit() {
        var handshakes = handshakes(0, 0);
        for (var i = 0; i < 10_000; i++) {
            assertThat(handshakes.checkTotal(0)).isEmpty();
            assertThat(handshakes.checkAddress("1.1.1.1", false, 0)).isEmpty();
        }
    }

    @Test
    void theLeastRecentAddressesAreEvicted() {
        var handshakes = handshakes(1, 0);
        for (var i = 0; i <= HandshakeLimiter.ADDRESSES_MAX; i++) {
            assertThat(handshakes.checkAddress("address " + i, false, 0)).isEmpty();
        }
        assertThat(handshakes.checkAddress("address 0", false, 0)).isEmpty();
        assertThat(handshakes.checkAddress("address " + HandshakeLimiter.ADDRESSES_MAX, false, 0))
                .isPresent();
    }
}
