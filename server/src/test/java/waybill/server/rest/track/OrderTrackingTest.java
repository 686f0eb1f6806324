package waybill.server.rest.track;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.server.rest.ApiTestClient;

/// What a tracking screen reads, field for field.
class OrderTrackingTest {

    @RegisterExtension
    static final ApiTestClient api = ApiTestClient.ofTestClass();

    @Test
    void aTrackingResponseHasDriverAddressesAndTimes() {
        api.request("PUT", "merchant:tracked", "/api/v1/business", """
                {"name": "Jane's Kitchen", "keeper": "Jane",
                 "address": {"text": "2 Side St", "latitude": 59.92, "longitude": 10.74}}""").is(200);
        var id = api.place("customer:joe", "tracked");
        api.post("merchant:tracked", "/orders/" + id + "/payment", "{\"amount\": 2500, \"paymentMethod\": \"card\"}")
                .is(200);
        for (var status : List.of("accepted", "ready_for_pickup")) {
            api.status("merchant:tracked", id, status).is(200);
        }
        for (var status : List.of("assigned_to_driver", "picked_up", "in_transit")) {
            api.status("driver:dan", id, status).is(200);
        }
        api.post("driver:dan", "/api/v1/drivers/me/location", "{\"latitude\": 59.9401, \"longitude\": 10.75}")
                .is(200);

        var tracking =
                api.get("customer:joe", "/orders/" + id + "/tracking").is(200).body();

        assertThat(Map.of(
                        "status", "in_transit",
                        "customerName", "Name of joe",
                        "deliveryAddress", "1 Main St",
                        "chefName", "Jane",
                        "chefBusinessName", "Jane's Kitchen",
                        "chefAddress", "2 Side St",
                        "driverName", "Name of dan",
                        "driverPhone", "+47 1"))
                .allSatisfy((name, value) ->
                        assertThat(tracking.path(name).asText()).as(name).isEqualTo(value));
        assertThat(Map.of(
                        "deliveryLatitude", 59.91,
                        "deliveryLongitude", 10.75,
                        "chefLatitude", 59.92,
                        "chefLongitude", 10.74,
                        "driverLatitude", 59.9401,
                        "driverLongitude", 10.75))
                .allSatisfy((name, value) -> assertThat(tracking.path(name).isNumber()
                                && tracking.path(name).doubleValue() == value)
                        .as(name)
                        .isTrue());
        assertThat(tracking.path("driverAssigned")).isEqualTo(BooleanNode.TRUE);
        assertThat(tracking.path("etaMinutes").isInt()).isTrue();
        assertThat(tracking.path("etaMinutes").asInt()).isPositive();
        for (var name : List.of(
                "createdAt",
                "paymentConfirmedAt",
                "acceptedAt",
                "readyAt",
                "assignedAt",
                "pickedUpAt",
                "lastLocationUpdate",
                "estimatedDeliveryTime")) {
            assertThat(tracking.path(name).asText()).as(name).endsWith("Z");
            assertThat(Instant.parse(tracking.path(name).asText())).as(name).isAfter(Instant.EPOCH);
        }
        assertThat(tracking.has("deliveredAt")).isFalse();
        assertThat(statuses(tracking))
                .containsExactly(
                        "pending",
                        "payment_confirmed",
                        "accepted",
                        "ready_for_pickup",
                        "assigned_to_driver",
                        "picked_up",
                        "in_transit");
        assertThat(tracking.at("/statusHistory/2/changedBy").asText()).isEqualTo("merchant:tracked");
    }

    @Test
    void unknownFieldsAreLeftOutOrNull() {
        var id = api.post("customer:ada", "/orders", """
                {"items": [{"product": "p", "quantity": 1}], "deliveryAddress": "somewhere", "storeId": "plain"}""").is(201).text("orderId");
        var tracking =
                api.get("customer:ada", "/orders/" + id + "/tracking").is(200).body();
        for (var name : List.of("deliveryLatitude", "deliveryLongitude", "chefLatitude", "chefLongitude")) {
            assertThat(tracking.path(name).isNull()).as(name).isTrue();
        }
        assertThat(tracking.path("driverAssigned").asBoolean()).isFalse();
        assertThat(tracking.path("chefName").asText()).isEqualTo("plain");
        for (var name : List.of(
                "driverName", "driverPhone", "driverLatitude", "etaMinutes", "estimatedDeliveryTime", "acceptedAt")) {
            assertThat(tracking.has(name)).as(name).isFalse();
        }
    }

    @Test
    void noPositionIsReturnedOnceTheOrderIsDelivered() {
        var id = api.place("customer:eve", "ended");
        for (var status : List.of("accepted", "ready_for_pickup")) {
            api.status("merchant:ended", id, status).is(200);
        }
        api.status("driver:gil", id, "assigned_to_driver").is(200);
        api.post("driver:gil", "/api/v1/drivers/me/location", "{\"latitude\": 59.94, \"longitude\": 10.75}")
                .is(200);
        for (var status : List.of("picked_up", "in_transit")) {
            assertThat(api.get("customer:eve", "/orders/" + id + "/tracking")
                            .body()
                            .has("driverLatitude"))
                    .as("recorded before the pickup")
                    .isFalse();
            api.status("driver:gil", id, status).is(200);
        }
        assertThat(api.get("admin:root", "/orders/" + id + "/tracking").body().has("driverLatitude"))
                .isTrue();
        api.post("driver:gil", "/api/v1/drivers/me/location", "{\"latitude\": 59.9401, \"longitude\": 10.75}")
                .is(200);
        assertThat(api.get("customer:eve", "/orders/" + id + "/tracking").body().has("driverLatitude"))
                .isTrue();
        api.status("driver:gil", id, "delivered").is(200);
        var tracking = api.get("customer:eve", "/orders/" + id + "/tracking").body();
        assertThat(tracking.has("driverLatitude")).isFalse();
        assertThat(tracking.path("driverName").asText()).isEqualTo("Name of gil");
        assertThat(tracking.has("deliveredAt")).isTrue();
    }

    @Test
    void aDriverWithOthersToBringFirstIsSeenToAKilometre() {
        var first = underWay("customer:ann", "driver:ivy");
        var second = underWay("customer:bob", "driver:ivy");
        api.post("driver:ivy", "/api/v1/drivers/me/location", "{\"latitude\": 59.9123, \"longitude\": 10.7512}")
                .is(200);
        assertThat(driverLatitude("customer:ann", first)).isEqualTo(59.9123);
        assertThat(driverLatitude("admin:root", second)).isEqualTo(59.9123);
        for (var viewer : List.of("customer:bob", "merchant:round")) {
            assertThat(driverLatitude(viewer, second)).as(viewer).isEqualTo(59.91);
            assertThat(points(viewer, second)).as(viewer).isZero();
        }
        api.status("driver:ivy", first, "delivered").is(200);
        api.post("driver:ivy", "/api/v1/drivers/me/location", "[{\"latitude\": 59.9124, \"longitude\": 10.7512}]")
                .is(200); // every position of a list is stored
        assertThat(driverLatitude("customer:bob", second)).isEqualTo(59.9124);
        assertThat(points("customer:bob", second)).isOne();
    }

    private static String underWay(String customer, String driver) {
        var id = api.place(customer, "round");
        for (var status : List.of("accepted", "ready_for_pickup")) {
            api.status("merchant:round", id, status).is(200);
        }
        for (var status : List.of("assigned_to_driver", "picked_up", "in_transit")) {
            api.status(driver, id, status).is(200);
        }
        return id;
    }

    private static double driverLatitude(String viewer, String order) {
        return api.get(viewer, "/orders/" + order + "/tracking")
                .is(200)
                .body()
                .path("driverLatitude")
                .doubleValue();
    }

    private static int points(String viewer, String order) {
        return api.get(viewer, "/orders/" + order + "/route")
                .is(200)
                .body()
                .path("points")
                .size();
    }

    private static List<String> statuses(JsonNode tracking) {
        return tracking.path("statusHistory")
                .valueStream()
                .map(entry -> entry.path("status").asText())
                .toList();
    }
}
