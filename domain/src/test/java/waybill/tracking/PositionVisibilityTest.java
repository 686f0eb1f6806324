package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PositionVisibilityTest {

    private static final DriverAssignment OWN = new DriverAssignment("kari", 100, 500);

    @Test
    void theRouteBeginsWhenTheLastStopBeforeHasEnded() {
        assertThat(after(OWN, hand("kari", 50, 200), hand("kari", 150, 300)))
                .containsExactly(new DriverAssignment("kari", 300, 500));
        assertThat(after(new DriverAssignment("kari", 100, DriverAssignment.ONGOING), hand("kari", 150, 300)))
                .containsExactly(new DriverAssignment("kari", 300, DriverAssignment.ONGOING));
    }

    @Test
    void ordersBeforeLaterAndOfOtherDriversChangeNothing() {
        assertThat(after(OWN, hand("kari", 10, 90), hand("kari", 150, 600), hand("ola", 150, 300)))
                .containsExactly(OWN);
        assertThat(after(OWN, hand("kari", 150, DriverAssignment.ONGOING))).containsExactly(OWN);
    }

    private static List<DriverAssignment> after(DriverAssignment own, DriverAssignment... others) {
        return PositionVisibility.afterStopsBefore(List.of(own), List.of(others));
    }

    private static DriverAssignment hand(String driver, long fromMs, long untilMs) {
        return new DriverAssignment(driver, fromMs, untilMs);
    }
}
