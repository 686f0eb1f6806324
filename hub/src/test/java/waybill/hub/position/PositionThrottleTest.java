package waybill.hub.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import waybill.limit.RateLimit;
import waybill.order.OrderId;

class PositionThrottleTest {

    private static final OrderId ONE = new OrderId(new UUID(1, 1));
    private static final OrderId OTHER = new OrderId(new UUID(1, 2));

    private final PositionThrottle throttle = new PositionThrottle(RateLimit.every(500, 2));

    @Test
    void aThrottledPositionIsDueWhenTheRateAllows() {
        assertThat(throttle.tryEmit(null, 0)).isTrue();
        assertThat(throttle.tryEmit(null, 0)).isTrue();
        assertThat(throttle.tryEmit(null, 0)).isFalse();
        assertThat(throttle.due(499)).isNull();
        assertThat(Objects.requireNonNull(throttle.due(500)).isOf(ONE)).isTrue();
        assertThat(throttle.due(500)).isNull();
    }

    @Test
    void aDuePositionIsForTheNamedOrders() {
        assertThat(throttle.tryEmit(ONE, 0)).isTrue();
        assertThat(throttle.tryEmit(ONE, 0)).isTrue();
        assertThat(throttle.tryEmit(ONE, 0)).isFalse();
        var due = Objects.requireNonNull(throttle.due(500));
        assertThat(due.isOf(ONE)).isTrue();
        assertThat(due.isOf(OTHER)).isFalse();
    }

    @Test
    void aPositionWithoutAnOrderIsForAllOrders() {
        assertThat(throttle.tryEmit(ONE, 0)).isTrue();
        assertThat(throttle.tryEmit(ONE, 0)).isTrue();
        assertThat(throttle.tryEmit(ONE, 0)).isFalse();
        assertThat(throttle.tryEmit(null, 0)).isFalse();
        assertThat(Objects.requireNonNull(throttle.due(500)).isOf(OTHER)).isTrue();
    }

    @Test
    void aDelayedPositionCountsTowardsTheRate() {
        assertThat(throttle.tryEmit(null, 0)).isTrue();
        assertThat(throttle.tryEmit(null, 0)).isTrue();
        assertThat(throttle.tryEmit(null, 0)).isFalse();
        assertThat(throttle.due(500)).isNotNull();
        assertThat(throttle.tryEmit(null, 500)).isFalse();
        assertThat(throttle.isIdle(500)).isFalse();
        assertThat(throttle.due(1_000)).isNotNull();
        assertThat(throttle.isIdle(2_500)).isTrue();
    }

    @Test
    void aClockThatIsSetBackDelaysNoPosition() {
        for (var i = 0; i < 2; i++) {
            assertThat(throttle.tryEmit(null, 3_600_000)).isTrue();
        }
        assertThat(throttle.tryEmit(null, 3_600_000)).isFalse();
        assertThat(throttle.due(0)).isNotNull();
        assertThat(throttle.tryEmit(null, 0)).isTrue();
    }
}
