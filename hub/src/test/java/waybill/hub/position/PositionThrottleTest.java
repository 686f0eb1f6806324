package waybill.hub.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import waybill.order.OrderId;
import waybill.tracking.RateLimit;

class PositionThrottleTest {

    private static final OrderId ONE = new OrderId(new UUID(1, 1));
    private static final OrderId OTHER = new OrderId(new UUID(1, 2));

    private final PositionThrottle pace = new PositionThrottle(new RateLimit(500, 2, 0));

    @Test
    void whatComesTooSoonIsDueWhenThePaceAllows() {
        assertThat(pace.tryEmit(null, 0)).isTrue();
        assertThat(pace.tryEmit(null, 0)).isTrue();
        assertThat(pace.tryEmit(null, 0)).isFalse();
        assertThat(pace.due(499)).isNull();
        assertThat(Objects.requireNonNull(pace.due(500)).isOf(ONE)).isTrue();
        assertThat(pace.due(500)).isNull();
    }

    @Test
    void whatIsDueIsOfThoseOrdersThatWereNamed() {
        assertThat(pace.tryEmit(ONE, 0)).isTrue();
        assertThat(pace.tryEmit(ONE, 0)).isTrue();
        assertThat(pace.tryEmit(ONE, 0)).isFalse();
        var due = Objects.requireNonNull(pace.due(500));
        assertThat(due.isOf(ONE)).isTrue();
        assertThat(due.isOf(OTHER)).isFalse();
    }

    @Test
    void whatNamesNoOrderIsOfAll() {
        assertThat(pace.tryEmit(ONE, 0)).isTrue();
        assertThat(pace.tryEmit(ONE, 0)).isTrue();
        assertThat(pace.tryEmit(ONE, 0)).isFalse();
        assertThat(pace.tryEmit(null, 0)).isFalse();
        assertThat(Objects.requireNonNull(pace.due(500)).isOf(OTHER)).isTrue();
    }

    @Test
    void aDelayedPositionCountsTowardsTheRate() {
        assertThat(pace.tryEmit(null, 0)).isTrue();
        assertThat(pace.tryEmit(null, 0)).isTrue();
        assertThat(pace.tryEmit(null, 0)).isFalse();
        assertThat(pace.due(500)).isNotNull();
        assertThat(pace.tryEmit(null, 500)).isFalse();
        assertThat(pace.isIdle(500)).isFalse();
        assertThat(pace.due(1_000)).isNotNull();
        assertThat(pace.isIdle(2_500)).isTrue();
    }

    @Test
    void aClockThatIsSetBackDelaysNoPosition() {
        for (var i = 0; i < 2; i++) {
            assertThat(pace.tryEmit(null, 3_600_000)).isTrue();
        }
        assertThat(pace.tryEmit(null, 3_600_000)).isFalse();
        assertThat(pace.due(0)).isNotNull();
        assertThat(pace.tryEmit(null, 0)).isTrue();
    }
}
