package waybill.server.rest.track;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.server.rest.ApiTestClient;

/// Which driver would deliver an order, and why. Each test has a town of its own, a degree from the others.
class DispatchReadsTest {

    @RegisterExtension
    static final ApiTestClient api = ApiTestClient.ofTestClass();

    @Test
    void theNearestFreeDriverIsChosenAndItsCostIsShown() {
        var order = readyOrder("near-store", 10);
        driver("near", 10.001, "available");
        driver("far", 10.02, "available");
        driver("off", 10, "offline");

        var decision = dispatch("admin:root", order, "");

        assertThat(decision.path("reason").asText()).isEqualTo("cheapest");
        assertThat(decision.path("driverId").asText()).isEqualTo("near");
        assertThat(decision.path("orders").get(0).asText()).isEqualTo(order);
        assertThat(decision.path("candidates")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(decision.at("/candidates/0/driverId").asText()).isEqualTo("near");
        assertThat(decision.at("/candidates/1/driverId").asText()).isEqualTo("far");
        assertThat(decision.at("/candidates/0/cost").asDouble())
                .isLessThan(decision.at("/candidates/1/cost").asDouble());
        assertThat(decision.at("/candidates/1/emptyDriving").asDouble()).isBetween(7.0, 10.0);
        assertThat(decision.path("candidates").findValuesAsText("driverId")).doesNotContain("off");
    }

    @Test
    void aBusyDriverIsFreeAfterItsOrder() {
        var first = readyOrder("busy-store", 20);
        driver("busy", 20, "available");
        for (var status : List.of("assigned_to_driver", "picked_up")) {
            api.status("driver:busy", first, status).is(200);
        }
        var second = readyOrder("busy-store", 20);

        var decision = dispatch("support:s", second, "");

        assertThat(decision.at("/candidates/0/driverId").asText()).isEqualTo("busy");
        assertThat(decision.at("/candidates/0/freeAt").asText())
                .isGreaterThan(decision.path("decidedAt").asText());
    }

    @Test
    void otherWeightsAreShownWithTheirDecision() {
        var order = readyOrder("weights-store", 30);
        driver("weighed", 30.01, "available");

        var decision = dispatch("admin:root", order, "?emptyDriving=3&waiting=1");

        assertThat(decision.at("/weights/emptyDriving").asDouble()).isEqualTo(3);
        var candidate = decision.at("/candidates/0");
        assertThat(candidate.path("cost").asDouble())
                .isGreaterThan(candidate.path("delay").asDouble()
                        + 2 * candidate.path("emptyDriving").asDouble());
        api.get("admin:root", "/orders/" + order + "/dispatch?emptyDriving=-1").isProblem(400, "invalid");
    }

    @Test
    void anOrderThatWaitsForNoDriverSaysSo() {
        var pending = api.place("customer:ada", "unopened-store");
        assertThat(dispatch("admin:root", pending, "").path("reason").asText()).isEqualTo("not_waiting");

        var lonely = readyOrder("lonely-store", 40);
        assertThat(dispatch("admin:root", lonely, "").path("reason").asText()).isEqualTo("no_candidate");
    }

    @Test
    void aDriverThatGoesOffDutyIsNoCandidateAnyMore() {
        var order = readyOrder("shift-store", 60);
        driver("early", 60, "available");
        driver("late", 60.01, "busy");
        assertThat(candidates(order)).containsExactly("early", "late");

        driver("early", 60, "offline");
        assertThat(candidates(order)).containsExactly("late");

        driver("early", 60, "available");
        assertThat(candidates(order)).containsExactly("early", "late");
    }

    private static List<String> candidates(String order) {
        return dispatch("admin:root", order, "").path("candidates").findValuesAsText("driverId");
    }

    @Test
    void onlyStaffSeesDispatch() {
        var order = readyOrder("private-store", 50);
        for (var user : List.of("customer:ada", "merchant:private-store", "driver:d")) {
            api.get(user, "/orders/" + order + "/dispatch").isProblem(403, "forbidden");
        }
        api.get("admin:root", "/orders/" + UUID.randomUUID() + "/dispatch").isProblem(404, "not_found");
    }

    /// An order that is ready, of a store at that longitude, to an address nearby.
    private static String readyOrder(String store, double longitude) {
        api.request("PUT", "merchant:" + store, "/api/v1/business", """
                {"name": "A store", "address": {"text": "1 Side St", "latitude": 0.1, "longitude": %s}}""".formatted(longitude))
                .is(200);
        var order = api.post("customer:ada", "/api/v1/orders", """
                {"storeId": "%s", "items": [{"product": "pizza", "quantity": 1}],
                 "deliveryAddress": {"text": "1 Main St", "latitude": 0.11, "longitude": %s}}""".formatted(store, longitude))
                .is(201)
                .text("orderId");
        api.status("merchant:" + store, order, "accepted").is(200);
        api.status("merchant:" + store, order, "ready_for_pickup").is(200);
        return order;
    }

    private static JsonNode dispatch(String user, String order, String query) {
        api.awaitPublished();
        return api.get(user, "/orders/" + order + "/dispatch" + query).is(200).body();
    }

    private static void driver(String id, double longitude, String status) {
        api.patch("driver:" + id, "/api/v1/drivers/me/status", "{\"status\": \"" + status + "\"}")
                .is(200);
        api.post("driver:" + id, "/api/v1/drivers/me/location", "{\"latitude\": 0.1, \"longitude\": " + longitude + "}")
                .is(200);
    }
}
