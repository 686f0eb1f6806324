package waybill.server.rest.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import waybill.server.rest.ApiTestClient;

/// The whole life of an order over HTTP, and which user may do what to it.
class OrderWritesTest extends OrderWritesScenario {

    @Test
    void anOrderGoesThroughEveryState() {
        var id = api.place("customer:jane", "pizzeria");
        api.post("merchant:pizzeria", ORDERS + "/" + id + "/payment", "{\"amount\": 2500, \"paymentMethod\": \"card\"}")
                .is(200);
        for (var status : List.of("accepted", "preparing", "ready_for_pickup")) {
            assertThat(api.status("merchant:pizzeria", id, status).is(200).text("status"))
                    .isEqualTo(status);
        }
        for (var status : List.of("assigned_to_driver", "picked_up", "in_transit", "delivered")) {
            assertThat(api.status("driver:kari", id, status).is(200).text("status"))
                    .isEqualTo(status);
        }
        var order = api.get("customer:jane", ORDERS + "/" + id).is(200);
        assertThat(order.text("status")).isEqualTo("delivered");
        assertThat(order.text("driverId")).isEqualTo("kari");
        assertThat(order.body().path("paid").asBoolean()).isTrue();
        assertThat(order.body().path("totalAmount").decimalValue()).isEqualByComparingTo("25.00");
        assertThat(order.text("customerName")).isEqualTo("Name of jane");
        assertThat(order.text("orderNumber")).matches("WB-\\d{8}-\\d{4,}");
    }

    @Test
    void theRowsOfAnOrderPlacedOverRestHaveNoDocument() throws SQLException {
        var id = api.place("customer:liv", "pizzeria");
        for (var status : List.of("accepted", "ready_for_pickup")) {
            api.status("merchant:pizzeria", id, status).is(200);
        }
        for (var status : List.of("assigned_to_driver", "picked_up", "in_transit", "delivered")) {
            api.status("driver:kari", id, status).is(200);
        }
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("waybill.db"));
                var query = database.createStatement();
                var rows = query.executeQuery("SELECT count(*), sum(length(e.document)), count(d.document)"
                        + " FROM event e JOIN orders o ON o.order_row = e.order_row"
                        + " LEFT JOIN order_document d ON d.order_row = e.order_row WHERE o.customer = 'liv'")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).as("events").isGreaterThan(6);
            assertThat(rows.getInt(2)).as("characters of documents").isZero();
            assertThat(rows.getInt(3)).as("documents of the order").isZero();
        }
    }

    @Test
    void anOrderNeedsNoStoreAndNoPrice() {
        var order = api.post("customer:tom", ORDERS, """
                {"items": [{"product": "PRODUCT_ID", "quantity": 2}], "deliveryAddress": "123 Main St"}""").is(201);
        assertThat(order.text("storeId")).isEqualTo("default");
        assertThat(order.body().has("totalAmount")).isFalse();
        assertThat(order.body().at("/deliveryAddress/text").asText()).isEqualTo("123 Main St");
        assertThat(order.header("location")).contains("/api/v1/orders/" + order.text("orderId"));
    }

    @Test
    void theSameRoutesAnswerWithoutThePrefix() {
        var id = api.place("customer:una", "kiosk");
        assertThat(api.get("customer:una", "/orders/" + id).is(200).text("orderId"))
                .isEqualTo(id);
        assertThat(ApiTestClient.ids(api.get("customer:una", "/orders/active").is(200), "orders", "orderId"))
                .containsExactly(id);
        api.post("customer:una", "/orders/" + id + "/cancel", "{\"reason\": \"changed my mind\"}")
                .is(200);
        assertThat(ApiTestClient.ids(api.get("customer:una", "/orders/active").is(200), "orders", "orderId"))
                .isEmpty();
    }

    @Test
    void aStoreKnowsAnOrderByItsOwnIdAndPlacesItOnce() {
        var body = """
                {"externalId": "bill-1", "items": [{"product": "p", "quantity": 1}], "deliveryAddress": "x",
                 "customerId": "ida", "customerName": "Ida", "customerPhone": "+47 2", "fare": 5000, "currency": "NOK",
                 "pickupAddress": {"text": "back door", "latitude": 1, "longitude": 2}}""";
        var first = api.post("merchant:books", ORDERS, body).is(201);
        var second = api.post("merchant:books", ORDERS, body).is(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(first.body().path("fare").decimalValue()).isEqualByComparingTo("50.00");
        assertThat(first.text("currency")).isEqualTo("NOK");
        assertThat(first.body().at("/pickupAddress/latitude").asDouble()).isEqualTo(1);
        api.get("customer:ida", ORDERS + "/" + first.text("orderId")).is(200);
        api.post("merchant:books", ORDERS, body.replace("ida", "eva")).isProblem(409, "conflict");
    }

    @Test
    void aUserMayNotPlaceAnOrderForAnotherCustomerOrStore() {
        var body = "{\"items\": [{\"product\": \"p\", \"quantity\": 1}], \"deliveryAddress\": \"x\", %s}";
        api.post("customer:leo", ORDERS, body.formatted("\"customerId\": \"mia\""))
                .isProblem(403, "forbidden");
        api.post("merchant:shop", ORDERS, body.formatted("\"storeId\": \"rival\""))
                .isProblem(403, "forbidden");
        api.post("driver:kari", ORDERS, body.formatted("\"storeId\": \"rival\""))
                .isProblem(403, "forbidden");
        api.post("support:sam", ORDERS, body.formatted("\"storeId\": \"rival\""))
                .isProblem(403, "forbidden");
        api.post("admin:root", ORDERS, body.formatted("\"customerId\": \"mia\""))
                .is(201);
    }

    @Test
    void whatAnOrderIsNotReadyForIsAConflictAndChangesNothing() {
        var id = api.place("customer:ole", "deli");
        api.status("merchant:deli", id, "ready_for_pickup").isProblem(409, "conflict");
        assertThat(api.get("customer:ole", ORDERS + "/" + id).text("status")).isEqualTo("pending");
        api.status("merchant:deli", id, "accepted").is(200);
        var again = api.status("merchant:deli", id, "accepted").is(200);
        assertThat(ApiTestClient.ids(api.get("customer:ole", ORDERS + "/" + id + "/events"), "events", "event"))
                .containsExactly("placed", "accepted");
        assertThat(again.text("status")).isEqualTo("accepted");
    }

    @Test
    void ofTwoClaimingDriversOneIsAssigned() {
        var id = ready("customer:pia", "grill");
        api.status("driver:one", id, "assigned_to_driver").is(200);
        api.status("driver:two", id, "assigned_to_driver").isProblem(409, "conflict");
        api.status("driver:two", id, "picked_up").isProblem(403, "forbidden");
        api.status("driver:one", id, "picked_up").is(200);
    }

    @Test
    void aStoreGivesAnOrderToADriverAndThenToAnother() {
        var id = ready("customer:ann", "sushi");
        var assign = ORDERS + "/" + id + "/assign";
        assertThat(api.post("merchant:sushi", assign, "{\"driverId\": \"ali\"}")
                        .is(200)
                        .text("status"))
                .isEqualTo("assigned_to_driver");
        api.get("driver:ali", ORDERS + "/" + id).is(200);
        assertThat(api.post("admin:root", assign, "{\"driverId\": \"bo\"}")
                        .is(200)
                        .text("driverId"))
                .isEqualTo("bo");
        api.get("driver:ali", ORDERS + "/" + id).isProblem(403, "forbidden");
        api.post("driver:bo", assign, "{\"driverId\": \"bo\"}").isProblem(403, "forbidden");
        api.post("customer:ann", assign, "{\"driverId\": \"bo\"}").isProblem(403, "forbidden");
    }

    @Test
    void anArrivalIsReportedByHandOnce() {
        var id = ready("customer:zoe", "ramen");
        var arrived = ORDERS + "/" + id + "/arrived";
        api.post("merchant:ramen", arrived, "{\"stop\": \"pickup\"}").isProblem(409, "conflict");
        api.status("driver:una", id, "assigned_to_driver").is(200);
        api.post("driver:una", arrived, "{\"stop\": \"dropoff\"}").isProblem(409, "conflict");
        api.post("driver:other", arrived, "{\"stop\": \"pickup\"}").isProblem(403, "forbidden");
        api.post("customer:zoe", arrived, "{\"stop\": \"pickup\"}").isProblem(403, "forbidden");
        assertThat(api.post("driver:una", arrived, "{\"stop\": \"home\"}")
                        .isProblem(400, "invalid")
                        .text("field"))
                .isEqualTo("stop");
        api.post("merchant:ramen", arrived, "{\"stop\": \"pickup\"}").is(200);
        api.post("driver:una", arrived, "{\"stop\": \"pickup\"}").is(200);
        api.status("driver:una", id, "picked_up").is(200);
        api.post("merchant:ramen", arrived, "{\"stop\": \"dropoff\"}").isProblem(403, "forbidden");
        api.post("driver:una", arrived, "{\"stop\": \"dropoff\"}").is(200);
        assertThat(stopsIn(id, "customer:zoe")).containsExactly("dropoff");
        assertThat(stopsIn(id, "merchant:ramen")).containsExactly("pickup", "dropoff");
    }

    private static List<String> stopsIn(String order, String by) {
        var events =
                api.get(by, ORDERS + "/" + order + "/events").is(200).body().path("events");
        return StreamSupport.stream(events.spliterator(), false)
                .filter(event -> event.path("event").asText().equals("driver_arrived"))
                .map(event -> event.path("stop").asText())
                .toList();
    }

    @Test
    void aFailedDeliveryHasAReasonAndIsReturned() {
        var id = ready("customer:eli", "wok");
        for (var status : List.of("assigned_to_driver", "picked_up")) {
            api.status("driver:kim", id, status).is(200);
        }
        var bare = api.status("driver:kim", id, "failed").isProblem(400, "invalid");
        assertThat(bare.text("field")).isEqualTo("reason");
        api.patch("driver:kim", ORDERS + "/" + id + "/status", "{\"status\": \"failed\", \"reason\": \"no answer\"}")
                .is(200);
        var last = api.get("customer:eli", ORDERS + "/" + id + "/events").body().path("events");
        assertThat(last.get(last.size() - 1).path("reason").asText()).isEqualTo("no answer");
        api.status("merchant:wok", id, "returned").is(200);
    }

    @Test
    void aConflictNamesTheStateAndTheAllowedActions() {
        var id = api.place("customer:con", "con-store");
        assertThat(api.status("merchant:con-store", id, "ready_for_pickup")
                        .isProblem(409, "conflict")
                        .text("detail"))
                .endsWith(
                        "cannot mark ready in state pending (expected: payment_confirmed, accepted, cancelled or declined)");
        api.status("merchant:con-store", id, "accepted").is(200);
        api.status("merchant:con-store", id, "ready_for_pickup").is(200);
        api.status("driver:con", id, "assigned_to_driver").is(200);
        api.status("driver:con", id, "picked_up").is(200);
        assertThat(api.status("driver:con", id, "delivered")
                        .isProblem(409, "conflict")
                        .text("detail"))
                .endsWith("cannot deliver in state picked_up (expected: in_transit or failed)");
        api.status("driver:con", id, "in_transit").is(200);
        api.status("driver:con", id, "delivered").is(200);
        assertThat(api.post("customer:con", ORDERS + "/" + id + "/cancel", "{\"reason\": \"late\"}")
                        .isProblem(409, "conflict")
                        .text("detail"))
                .endsWith("cannot cancel in state delivered (expected: no change, the order has ended)");
    }

    @Test
    void otherPeoplesOrdersAreNotShown() {
        var id = api.place("customer:own", "own-store");
        for (var path : List.of("", "/tracking", "/events")) {
            for (var who : List.of("customer:other", "merchant:other-store", "driver:other")) {
                var problem = api.get(who, ORDERS + "/" + id + path).isProblem(403, "forbidden");
                assertThat(problem.text("detail")).contains(id).doesNotContain("own-store");
            }
            for (var who : List.of("customer:own", "merchant:own-store", "admin:root", "support:sam")) {
                api.get(who, ORDERS + "/" + id + path).is(200);
            }
        }
    }

    @Test
    void aChangeMayHaveHappenedBefore() {
        var id = api.place("customer:fay", "fish");
        api.patch(
                        "merchant:fish",
                        ORDERS + "/" + id + "/status",
                        "{\"status\": \"accepted\", \"occurredAt\": \"2026-01-31T12:00:00+01:00\"}")
                .is(200);
        var event =
                api.get("customer:fay", ORDERS + "/" + id + "/events").body().at("/events/1");
        assertThat(event.path("occurredAt").asText()).isEqualTo("2026-01-31T11:00:00.000Z");
        assertThat(event.path("by").asText()).isEqualTo("merchant:fish");
        assertThat(event.path("previousStatus").asText()).isEqualTo("pending");
    }
}
