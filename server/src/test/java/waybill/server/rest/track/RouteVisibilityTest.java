package waybill.server.rest.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/// Which part of a route each party of an order sees.
class RouteVisibilityTest extends RouteScenario {

    @Test
    void theCustomerAndTheStoreSeeTheWayFromThePickupUntilTheEnd() {
        var id = orderOf("kari");
        drive("kari", 59.91);
        api.status("driver:kari", id, "picked_up").is(200);
        drive("kari", 59.92);
        api.status("driver:kari", id, "in_transit").is(200);
        drive("kari", 59.93);
        api.patch(
                        "driver:kari",
                        "/api/v1/orders/" + id + "/status",
                        "{\"status\": \"failed\", \"reason\": \"no answer at the door\"}")
                .is(200);
        clock.advance(Duration.ofMillis(1));
        drive("kari", 59.94);
        assertThat(values(route(id).body().path("points"), "latitude"))
                .containsExactly("59.91", "59.92", "59.93", "59.94");
        for (var who : List.of("customer:joe", "merchant:acme")) {
            var seen = api.get(who, "/orders/" + id + "/route").is(200).body().path("points");
            assertThat(values(seen, "latitude")).as(who).containsExactly("59.92", "59.93");
        }
    }

    @Test
    void theWayToAnotherCustomerIsNotSeen() {
        var first = orderOf("kari");
        var id = orderOf("kari");
        for (var order : List.of(first, id)) {
            api.status("driver:kari", order, "picked_up").is(200);
            api.status("driver:kari", order, "in_transit").is(200);
        }
        drive("kari", 59.91);
        drive("kari", 59.92);
        api.status("driver:kari", first, "delivered").is(200);
        clock.advance(Duration.ofMillis(1));
        drive("kari", 59.93);
        assertSeen(id, "59.93");
        api.status("driver:kari", id, "delivered").is(200);
        assertSeen(id, "59.93");
        assertSeen(first, "59.91", "59.92");
        assertThat(values(route(id).body().path("points"), "latitude"))
                .as("administrators see all of it")
                .containsExactly("59.91", "59.92", "59.93");
    }

    private void assertSeen(String order, String... latitudes) {
        route(order); // so that all of it is written
        var seen = api.get("customer:joe", "/orders/" + order + "/route")
                .is(200)
                .body()
                .path("points");
        assertThat(values(seen, "latitude")).containsExactly(latitudes);
    }

    @Test
    void theWayIsThatOfTheDriverFromItsAssignmentUntilTheOrderIsOver() {
        var id = readyOrder();
        drive("kari", 59.90);
        api.status("driver:kari", id, "assigned_to_driver").is(200);
        drive("kari", 59.91);
        drive("ola", 59.99);
        for (var status : List.of("picked_up", "in_transit")) {
            api.status("driver:kari", id, status).is(200);
        }
        drive("kari", 59.92);
        assertThat(route(id).body().path("points")).hasSize(2);
        drive("kari", 59.93);
        api.status("driver:kari", id, "delivered").is(200);
        clock.advance(Duration.ofMillis(1));
        drive("kari", 59.94);

        var route = route(id).body();

        assertThat(values(route.path("points"), "latitude")).containsExactly("59.91", "59.92", "59.93");
        assertThat(route.path("orderId").asText()).isEqualTo(id);
        assertThat(route.path("orderNumber").asText()).startsWith("WB-");
        assertThat(route.path("distanceMetres").asInt()).isBetween(2_222, 2_226);
        assertThat(route.path("thinned").asBoolean(true)).isFalse();
        assertThat(route.path("complete").asBoolean(false)).isTrue();
        var point = route.path("points").path(0);
        assertThat(point.path("driverId").asText()).isEqualTo("kari");
        assertThat(point.path("longitude").asDouble()).isEqualTo(10.75);
        assertThat(point.path("heading").asDouble()).isEqualTo(90);
        assertThat(point.has("speed")).as("not reported").isFalse();
        assertThat(point.path("accuracy").asDouble()).isEqualTo(12.5);
        assertThat(point.path("recordedAt").asText()).isEqualTo("2026-01-31T12:01:10.000Z");
        assertThat(point.path("receivedAt").asText()).isEqualTo("2026-01-31T12:01:10.000Z");
        assertThat(point.path("plausible").asBoolean(false)).isTrue();
    }

    @Test
    void theRouteOfAReassignedDriverEndsAtTheReassignment() throws Exception {
        var id = orderOf("kari");
        drive("kari", 59.91);
        drive("kari", 59.92);
        api.post("merchant:acme", "/orders/" + id + "/assign", "{\"driverId\": \"ola\"}")
                .is(200);
        clock.advance(Duration.ofMillis(1));
        drive("kari", 59.93);
        drive("ola", 59.70);
        drive("ola", 59.71);

        var route = route(id).body();
        assertThat(values(route.path("points"), "driverId")).containsExactly("kari", "kari", "ola", "ola");
        assertThat(route.path("distanceMetres").asInt())
                .as("no driver drove from one to the other")
                .isBetween(2_222, 2_226);
        assertThat(geoJson(id).path("geometry")).isEqualTo(JSON.readTree("""
                        {"type": "MultiLineString",
                         "coordinates": [[[10.75, 59.91], [10.75, 59.92]], [[10.75, 59.7], [10.75, 59.71]]]}"""));
        var gpx = xml(route(id, "application/gpx+xml").is(200).http().body());
        var segments = gpx.getElementsByTagNameNS(GPX, "trkseg");
        assertThat(segments.getLength()).isEqualTo(2);
        assertThat(((Element) segments.item(1))
                        .getElementsByTagNameNS(GPX, "trkpt")
                        .getLength())
                .isEqualTo(2);
    }

    @Test
    void onlyPartiesOfTheOrderSeeItsRoute() {
        var id = orderOf("kari");
        api.post("merchant:acme", "/orders/" + id + "/assign", "{\"driverId\": \"ola\"}")
                .is(200);
        var path = "/orders/" + id + "/route";
        for (var who : List.of("customer:joe", "merchant:acme", "driver:ola", "admin:root", "support:sue")) {
            api.get(who, path).is(200);
        }
        for (var who : List.of("customer:eve", "merchant:flowers", "driver:kari")) {
            api.get(who, path).isProblem(403, "forbidden");
        }
        api.get("", path).isProblem(401, "unauthenticated");
        api.get("customer:joe", "/orders/00000000-0000-7000-8000-000000000000/route")
                .isProblem(404, "not_found");
    }
}
