package waybill.server.rest.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/// Times that are set over HTTP: what was promised, when an order is ready, and when it is delivered.
class OrderTimesTest extends OrderWritesScenario {

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private String in(int minutes) {
        return now.plus(Duration.ofMinutes(minutes)).toString().replace("Z", ".000Z");
    }

    @Test
    void aPromiseIsPartOfTheOrder() {
        var placed = api.post(
                        "customer:jane",
                        ORDERS,
                        "{\"items\": [{\"product\": \"tea\", \"quantity\": 1}], \"deliveryAddress\": \"1 Main St\", \"promisedAt\": \""
                                + in(45) + "\"}")
                .is(201);
        assertThat(placed.text("promisedAt")).isEqualTo(in(45));
        var tracking = api.get("customer:jane", ORDERS + "/" + placed.text("orderId") + "/tracking")
                .is(200);
        assertThat(tracking.text("promisedAt")).isEqualTo(in(45));
        for (var time : new String[] {"2020-01-01T00:00:00Z", in(60 * 24 * 31), "soon"}) {
            api.post(
                            "customer:jane",
                            ORDERS,
                            "{\"items\": [{\"product\": \"tea\", \"quantity\": 1}], \"deliveryAddress\": \"1 Main St\", \"promisedAt\": \""
                                    + time + "\"}")
                    .isProblem(400, "invalid");
        }
    }

    @Test
    void aStoreSetsAndClearsTheTimesOfItsOrders() {
        var id = api.place("customer:jane", "pizzeria");
        var path = ORDERS + "/" + id + "/eta";
        var body = "{\"estimatedDeliveryTime\": \"" + in(40) + "\", \"readyAt\": \"" + in(20) + "\"}";
        api.request("PUT", "merchant:flowers", path, body).isProblem(403, "forbidden");
        api.request("PUT", "customer:jane", path, body).isProblem(403, "forbidden");
        var order = api.request("PUT", "merchant:pizzeria", path, body).is(200);
        assertThat(order.text("setDeliveryTime")).isEqualTo(in(40));
        assertThat(order.text("expectedReadyAt")).isEqualTo(in(20));
        api.awaitPublished();
        var tracking = api.get("customer:jane", ORDERS + "/" + id + "/tracking").is(200);
        assertThat(tracking.text("estimatedDeliveryTime")).isEqualTo(in(40));
        assertThat(tracking.text("etaSource")).isEqualTo("store");

        api.request("PUT", "admin:root", path, "{}").isProblem(400, "invalid");
        api.request("DELETE", "admin:root", path, "").is(200);
        var cleared = api.get("customer:jane", ORDERS + "/" + id + "/tracking").is(200);
        assertThat(cleared.body().has("estimatedDeliveryTime")).isFalse();
        var events = api.get("customer:jane", ORDERS + "/" + id + "/events").is(200);
        assertThat(events.http().body()).contains("\"event\":\"times_set\"", "\"readyAt\":\"" + in(20) + "\"");
    }

    @Test
    void anAcceptanceSaysWhenTheOrderIsReady() {
        var id = api.place("customer:jane", "pizzeria");
        var order = api.patch(
                        "merchant:pizzeria",
                        ORDERS + "/" + id + "/status",
                        "{\"status\": \"accepted\", \"readyAt\": \"" + in(25) + "\"}")
                .is(200);
        assertThat(order.text("status")).isEqualTo("accepted");
        assertThat(order.text("expectedReadyAt")).isEqualTo(in(25));
        api.patch(
                        "merchant:pizzeria",
                        ORDERS + "/" + id + "/status",
                        "{\"status\": \"accepted\", \"readyAt\": \"yesterday\"}")
                .isProblem(400, "invalid");
    }
}
