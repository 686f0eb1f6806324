package waybill.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusedTokensTest {

    private static final String THERE = "192.0.2.1";

    @Test
    void soManyMayBeRefusedInAMinute() {
        var refused = new RefusedTokens(2);
        refused.note(THERE, 0);
        assertThat(refused.respite(THERE, 0)).isEmpty();
        refused.note(THERE, 0);
        assertThat(refused.respite(THERE, 0)).contains(Duration.ofSeconds(30));
        assertThat(refused.respite("192.0.2.2", 0)).as("another address").isEmpty();
        assertThat(refused.respite(THERE, 29_999)).contains(Duration.ofMillis(1));
        assertThat(refused.respite(THERE, 30_000)).isEmpty();
        refused.note(THERE, 30_000);
        assertThat(refused.respite(THERE, 30_000)).isPresent();
    }

    @Test
    void whatIsBelievedIsNotCounted() {
        var refused = new RefusedTokens(1);
        for (var i = 0; i < 1_000; i++) {
            assertThat(refused.respite(THERE, 0)).isEmpty();
        }
    }

    @Test
    void zeroIsNoLimit() {
        var refused = new RefusedTokens(0);
        refused.note(THERE, 0);
        assertThat(refused.respite(THERE, 0)).isEmpty();
    }

    @Test
    void theAddressThatSentNoneForLongestIsForgotten() {
        var refused = new RefusedTokens(1);
        for (var i = 0; i <= RefusedTokens.ADDRESSES_MAX; i++) {
            refused.note("address " + i, 0);
        }
        assertThat(refused.respite("address 0", 0)).isEmpty();
        assertThat(refused.respite("address 1", 0)).isPresent();
    }
}
