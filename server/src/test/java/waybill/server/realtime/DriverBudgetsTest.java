package waybill.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DriverBudgetsTest {

    private static final long START_MS = 1_767_268_800_000L;

    private final DriverBudgets points = DriverBudgets.ofPoints(120);

    @Test
    void aDriverMayHaveTheWholeBurstAndThenItsShareOfAMinute() {
        assertThat(points.take("kari", DriverBudgets.POINTS_BURST, START_MS)).isTrue();
        assertThat(points.take("kari", 1, START_MS)).isFalse();
        assertThat(points.retryAfterMs("kari", 500, START_MS)).isEqualTo(250_000);
        assertThat(points.take("ola", 500, START_MS)).as("another driver").isTrue();
        assertThat(points.take("kari", 500, START_MS + 249_999)).isFalse();
        assertThat(points.take("kari", 500, START_MS + 250_000)).isTrue();
    }

    @Test
    void aClockThatIsSetBackLocksNobodyOut() {
        assertThat(points.take("kari", DriverBudgets.POINTS_BURST, START_MS + 3_600_000))
                .isTrue();
        assertThat(points.take("kari", 500, START_MS - 3_600_000)).isTrue();
    }

    @Test
    void zeroIsNoLimit() {
        var unlimited = DriverBudgets.ofPoints(0);
        for (var i = 0; i < 100; i++) {
            assertThat(unlimited.take("kari", DriverBudgets.POINTS_BURST, START_MS))
                    .isTrue();
        }
    }
}
