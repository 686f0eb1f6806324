package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.LiveTestClient.json;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.journal.LogEntry;
import waybill.order.OrderEvent;

/// Two hundred drivers, each with a socket of its own, accept each offer at the same time.
class OfferRaceOverSocketsTest extends MarketplaceScenario {

    private static final int DRIVERS = 200;

    /// `-Dwaybill.offer.rounds=50` runs more of them.
    private static final int ROUNDS = Integer.getInteger("waybill.offer.rounds", 3);

    @Test
    void eachOfferHasOneWinnerAndTheOthersAreToldThatItIsClosed() {
        var drivers = IntStream.range(0, DRIVERS)
                .mapToObj(i -> new Principal("d" + i, Role.DRIVER, null, null, null))
                .map(driver -> fixture.connect("/marketplace", driver))
                .toList();
        for (var round = 0; round < ROUNDS; round++) {
            var order = ready();
            var id = json("order_id", order.id().toString());
            drivers.forEach(driver -> driver.nextEvent("delivery:new_request").answer(json("received", true)));
            var answers = drivers.stream()
                    .map(driver -> driver.emitAsync("delivery:accept", id))
                    .toList();
            var codes = answers.stream()
                    .map(CompletableFuture::join)
                    .collect(Collectors.groupingBy(OfferRaceOverSocketsTest::code, Collectors.counting()));
            assertThat(codes).isEqualTo(Map.of("ok", 1L, "conflict", DRIVERS - 1L));
            for (var i = 0; i < DRIVERS; i++) {
                if (!code(answers.get(i).join()).equals("ok")) {
                    assertThat(drivers.get(i)
                                    .nextEvent("delivery:request_closed")
                                    .text("reason"))
                            .isEqualTo("assigned");
                }
            }
            assertThat(fixture.store().eventLog().listHistory(order.id()).stream()
                            .map(LogEntry::event)
                            .filter(OrderEvent.Assigned.class::isInstance))
                    .hasSize(1);
        }
    }

    private static String code(JSONObject answer) {
        return answer.optBoolean("ok")
                ? "ok"
                : answer.optJSONObject("error", new JSONObject()).optString("code");
    }
}
