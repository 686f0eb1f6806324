package waybill.hub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What [Leases] promises to two nodes.
interface LeasesContract {

    Leases one();

    Leases two();

    /// Lets this time pass.
    void advance(Duration time);

    @Test
    default void aLeaseIsHeldByOneNodeUntilItReleasesIt() {
        assertThat(one().acquire("task")).isTrue();
        assertThat(two().acquire("task")).isFalse();
        assertThat(two().acquire("another")).isTrue();
        one().release();
        assertThat(two().acquire("task")).isTrue();
        assertThat(one().acquire("task")).isFalse();
    }

    @Test
    default void theLeaseOfANodeThatDoesNotAskAnyMoreExpires() {
        one().acquire("task");
        advance(Leases.EXPIRES_AFTER.minusMillis(1));
        assertThat(two().acquire("task")).isFalse();
        assertThat(one().acquire("task")).as("renewed").isTrue();
        advance(Leases.EXPIRES_AFTER.minusMillis(1));
        assertThat(two().acquire("task")).isFalse();
        advance(Duration.ofMillis(1));
        assertThat(two().acquire("task")).isTrue();
        assertThat(one().acquire("task")).as("of another node by now").isFalse();
    }

    @Test
    default void aNodeThatClosesReleasesItsOwnLeasesOnly() {
        one().acquire("task");
        two().acquire("another");
        one().release();
        assertThat(one().acquire("another")).isFalse();
    }
}
