package waybill.server.rest.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import waybill.server.rest.ApiTestClient;
import waybill.server.rest.ApiTestClient.Answer;

/// A driver hands an order back that it has not picked up, over HTTP.
class HandBackTest extends OrderWritesScenario {

    @Test
    void theOrderWaitsForAnotherDriver() {
        var id = ready("customer:hal", "bakery");
        api.status("driver:ida", id, "assigned_to_driver").is(200);
        handBack("driver:jon", id).isProblem(409, "conflict");

        var back = handBack("driver:ida", id).is(200);

        assertThat(back.text("status")).isEqualTo("ready_for_pickup");
        assertThat(back.body().has("driverId")).isFalse();
        assertThat(handBack("driver:ida", id).is(200).text("status"))
                .as("twice")
                .isEqualTo("ready_for_pickup");
        handBack("admin:root", id).isProblem(409, "conflict");
        var events = api.get("admin:root", ORDERS + "/" + id + "/events").is(200);
        assertThat(ApiTestClient.ids(events, "events", "event"))
                .endsWith("assigned", "assigned_to_driver", "handed_back", "pickup");
        var handedBack = events.body()
                .path("events")
                .valueStream()
                .filter(event -> event.path("event").asText().equals("handed_back"))
                .findFirst()
                .orElseThrow();
        assertThat(handedBack.path("driverId").asText()).isEqualTo("ida");
        assertThat(handedBack.path("reason").asText()).isEqualTo("flat tyre");

        api.status("driver:jon", id, "assigned_to_driver").is(200);
        assertThat(api.status("driver:jon", id, "picked_up").is(200).text("driverId"))
                .isEqualTo("jon");
        handBack("driver:jon", id).isProblem(409, "conflict");
    }

    @Test
    void anAdministratorTakesAnOrderFromItsDriver() {
        var id = api.place("customer:hal", "bakery");
        api.status("merchant:bakery", id, "accepted").is(200);
        api.token("driver:kim");
        api.get("driver:kim", "/orders/active").is(200);
        api.post("merchant:bakery", ORDERS + "/" + id + "/assign", "{\"driverId\": \"kim\"}")
                .is(200);

        var back = handBack("admin:root", id).is(200);

        assertThat(back.text("status")).isEqualTo("accepted");
        assertThat(back.body().has("driverId")).isFalse();
        assertThat(ApiTestClient.ids(api.get("driver:kim", "/orders/active").is(200), "orders", "orderId"))
                .doesNotContain(id);
    }

    @Test
    void aReasonIsNeededAndTheRightRole() {
        var id = ready("customer:hal", "bakery");
        assertThat(api.post("driver:ida", ORDERS + "/" + id + "/hand-back", "{}")
                        .isProblem(400, "invalid")
                        .text("field"))
                .isEqualTo("reason");
        for (var who : List.of("customer:hal", "merchant:bakery", "support:s")) {
            handBack(who, id).isProblem(403, "forbidden");
        }
        handBack("driver:ida", id).isProblem(409, "conflict");
        handBack("driver:ida", UUID.randomUUID().toString()).isProblem(404, "not_found");
    }

    private static Answer handBack(String who, String order) {
        return api.post(who, ORDERS + "/" + order + "/hand-back", "{\"reason\": \"flat tyre\"}");
    }
}
