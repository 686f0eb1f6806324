package waybill.server.rest.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
import waybill.server.rest.ApiTestClient;
import waybill.storage.Store;
import waybill.storage.sql.StoreLimits;

/// What was decided for an order is read over HTTP, also after a restart.
class StoredDecisionsTest {

    private static final long MINUTE_MS = 60_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Test
    void theDecisionsOfAnOrderAreReadNewestFirstInPages() {
        String id;
        try (var api = ApiTestClient.start(data)) {
            id = api.place("customer:ada", "shop");
        }
        var order = OrderId.parse(id).orElseThrow();
        for (var minute : List.of(0, 1, 2)) {
            save(decision(order, minute * MINUTE_MS));
        }
        try (var api = ApiTestClient.start(data)) {
            var path = "/orders/" + id + "/dispatch?emptyDriving=0&waiting=3&limit=2";
            var first = api.get("admin:root", path).is(200).body();
            assertThat(first.path("reason").asText()).isEqualTo("not_waiting");
            assertThat(first.path("decisions").findValuesAsText("decidedAt"))
                    .containsExactly("1970-01-01T00:02:00.000Z", "1970-01-01T00:01:00.000Z");
            var decision = first.at("/decisions/0");
            assertThat(decision.path("driverId").asText()).isEqualTo("near");
            assertThat(decision.path("reason").asText()).isEqualTo("cheapest");
            assertThat(decision.path("orders").get(0).asText()).isEqualTo(id);
            assertThat(decision.at("/weights/waiting").asDouble()).isEqualTo(0.05);
            assertThat(decision.path("candidates").findValuesAsText("driverId")).containsExactly("near", "far");
            assertThat(decision.at("/candidates/1/emptyDriving").asDouble())
                    .isGreaterThan(decision.at("/candidates/0/emptyDriving").asDouble());
            assertThat(decision.at("/replayed/driverId").asText())
                    .as("with the weights of the request")
                    .isEqualTo("far");

            var second = api.get(
                            "admin:root", path + "&cursor=" + first.path("next").asText())
                    .is(200)
                    .body();
            assertThat(second.path("decisions").findValuesAsText("decidedAt"))
                    .containsExactly("1970-01-01T00:00:00.000Z");
            assertThat(second.has("next")).isFalse();
            api.get("admin:root", "/orders/" + id + "/dispatch?cursor=x").isProblem(400, "invalid");
            api.get("customer:ada", path).isProblem(403, "forbidden");
        }
    }

    private void save(StoredDecision decision) {
        try (var store = Store.open(data, StoreLimits.defaults(), () -> {})) {
            store.journal()
                    .submit(work -> {
                        work.saveDecision(decision.order(), decision.decidedAtMs(), DecisionCodec.encode(decision));
                        return true;
                    })
                    .join();
        }
    }

    /// An order that is ready in 20 minutes: the near driver would wait for it, the far one arrives in time.
    private static StoredDecision decision(OrderId id, long nowMs) {
        var shop = new Position(59.9, 10.7);
        var orders = List.of(
                new WaitingOrder(id, "shop", shop, new Position(59.91, 10.7), nowMs + 20 * MINUTE_MS, Long.MAX_VALUE));
        var weights = DispatchWeights.defaults();
        var decided = new Matching(StraightLine::travelMs, DispatchLimits.defaults(), weights)
                .decide(orders, List.of(driver("near", 59.901), driver("far", 59.93)), Map.of(), nowMs);
        return StoredDecision.of(id, decided, orders, Map.of(), weights, (_, _) -> true, nowMs);
    }

    private static AvailableDriver driver(String id, double latitude) {
        return new AvailableDriver(id, new Position(latitude, 10.7), 0, AvailableDriver.NO_END, 3);
    }
}
