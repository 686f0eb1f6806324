package waybill.cli.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SimulationPlanTest {

    private static final String HUB = "http://localhost:9001";

    @Test
    void whatASimulationCannotDoIsRejected() {
        assertRejected(
                () -> plan("https://example.com", 1, 1, 1, Set.of(), ""), "url: https://example.com (expected: http:");
        assertRejected(() -> plan("localhost:9001", 1, 1, 1, Set.of(), ""), "url: localhost:9001 (expected: http:");
        assertRejected(() -> plan(HUB, 0, 1, 1, Set.of(), ""), "drivers: 0 (expected: 1..400)");
        assertRejected(() -> plan(HUB, 1, 100_001, 1, Set.of(), ""), "orders: 100001 (expected: 1..100000)");
        assertRejected(() -> plan(HUB, 1, 1, 0, Set.of(), ""), "duration: PT0S (expected: more than 0)");
        assertRejected(() -> plan(HUB, 1, 1, 1, Set.of(Fault.KILL), " "), "restart-command: none (expected: with");
        assertRejected(
                () -> plan(HUB, 1, 1, 1, Set.of(Fault.DROP), "reboot"),
                "restart-command: given without the fault kill");
        assertRejected(
                () -> Fault.parse("fire"), "faults: fire (expected: some of drop,delay,duplicate,skew,storm,kill)");
    }

    private static SimulationPlan plan(
            String hub, int drivers, int orders, int seconds, Set<Fault> faults, String restart) {
        return new SimulationPlan(
                List.of(URI.create(hub)), "run", drivers, orders, Duration.ofSeconds(seconds), faults, 1, restart);
    }

    private static void assertRejected(ThrowingCallable creation, String message) {
        assertThatThrownBy(creation)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
