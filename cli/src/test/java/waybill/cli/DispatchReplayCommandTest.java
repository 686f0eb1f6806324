package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.dispatch.AvailableDriver;
import waybill.dispatch.DecisionCodec;
import waybill.dispatch.DispatchLimits;
import waybill.dispatch.DispatchWeights;
import waybill.dispatch.Matching;
import waybill.dispatch.StoredDecision;
import waybill.dispatch.WaitingOrder;
import waybill.eta.StraightLine;
import waybill.geo.Position;
import waybill.order.OrderId;
import waybill.storage.Store;
import waybill.storage.sql.StoreLimits;

class DispatchReplayCommandTest {

    private static final long MINUTE_MS = 60_000;
    private static final OrderId ORDER = new OrderId(new UUID(1, 1));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int replay(String... options) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(concat(List.of("dispatch", "replay", "--data", data.toString()), options));
    }

    private static String[] concat(List<String> first, String... then) {
        return Stream.concat(first.stream(), List.of(then).stream()).toArray(String[]::new);
    }

    @Test
    void anOrderIsARowWithItsDriverAndTheOneItWouldHaveHad() {
        save();

        assertThat(replay()).isZero();
        assertThat(out.toString())
                .contains(ORDER.toString(), "1970-01-01T00:00:00Z  near  ", "(delay ", "cheapest of 2  -> the same")
                .contains("1 decisions, 0 would differ");
    }

    @Test
    void otherWeightsShowWhatWouldDiffer() {
        save();

        assertThat(replay("--empty-driving", "0", "--waiting", "3")).isZero();
        assertThat(out.toString()).contains("  -> far ").contains("1 decisions, 1 would differ");
    }

    @Test
    void anotherOrderIsNotShown() {
        save();
        assertThat(replay("--order", new UUID(7, 7).toString())).isZero();
        assertThat(out.toString()).doesNotContain(ORDER.toString()).contains("0 decisions");
    }

    @Test
    void withoutDataTheErrorSaysWhatIsMissing() {
        assertThat(replay()).isEqualTo(1);
        assertThat(err.toString()).contains("has no waybill.db (expected: the data directory of a hub");
        assertThat(replay("--waiting", "-1")).isEqualTo(2);
        assertThat(err.toString()).contains("--waiting: -1.0 (expected: 0 or more)");
    }

    /// An order that is ready in 20 minutes: the near driver would wait for it, the far one arrives in time.
    private void save() {
        var store = new Position(59.9, 10.7);
        var orders = List.of(
                new WaitingOrder(ORDER, "acme", store, new Position(59.91, 10.7), 20 * MINUTE_MS, Long.MAX_VALUE));
        var drivers = List.of(driver("near", 59.901), driver("far", 59.93));
        var weights = DispatchWeights.defaults();
        var decision = new Matching(StraightLine::travelMs, DispatchLimits.defaults(), weights)
                .decide(orders, drivers, Map.of(), 0);
        var stored = StoredDecision.of(ORDER, decision, orders, Map.of(), weights, (_, _) -> true, 0);
        try (var opened = Store.open(data, StoreLimits.defaults(), () -> {})) {
            opened.journal()
                    .submit(work -> {
                        work.saveDecision(ORDER, 0, DecisionCodec.encode(stored));
                        return true;
                    })
                    .join();
        }
    }

    private static AvailableDriver driver(String id, double latitude) {
        return new AvailableDriver(id, new Position(latitude, 10.7), 0, AvailableDriver.NO_END, 3);
    }
}
