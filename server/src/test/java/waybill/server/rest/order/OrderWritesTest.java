package waybill.server.rest.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.server.rest.ApiTestClient;

/// The whole life of an order over HTTP, and who may do what to it.
class OrderWritesTest {

    private static final String ORDERS = "/api/v1/orders";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private static ApiTestClient api;

    @BeforeAll
    static void start() {
        api = ApiTestClient.start(data);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

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
    void anUnknownOrderIsNotFound() {
        var unknown = ORDERS + "/" + new UUID(1, 2);
        for (var path : List.of("", "/tracking", "/events")) {
            api.get("admin:root", unknown + path).isProblem(404, "not_found");
        }
        api.patch("admin:root", unknown + "/status", "{\"status\": \"accepted\"}")
                .isProblem(404, "not_found");
        api.post("admin:root", unknown + "/assign", "{\"driverId\": \"d\"}").isProblem(404, "not_found");
        api.post("admin:root", unknown + "/payment", "{\"amount\": 1, \"paymentMethod\": \"cash\"}")
                .isProblem(404, "not_found");
        api.post("admin:root", unknown + "/cancel", "{\"reason\": \"r\"}").isProblem(404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "not-a-uuid", "00000000-0000-0000-0000-00000000000g"})
    void anIdThatIsNoIdIsInvalid(String id) {
        for (var path : List.of("", "/tracking", "/events")) {
            var problem = api.get("admin:root", ORDERS + "/" + id + path).isProblem(400, "invalid");
            assertThat(problem.text("detail")).isEqualTo("id: \"" + id + "\" (expected: a UUID)");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                | items                | items: missing (expected: a list of 1..500)
            {"items": []}                                                     | items                | items: a list of 0 (expected: a list of 1..500)
            {"items": "pizza"}                                                | items                | items: "pizza" (expected: a list of 1..500)
            {"items": [7]}                                                    | items[0]             | items[0]: 7 (expected: an object)
            {"items": [{"quantity": 1}]}                                      | items[0].product     | items[0].product: missing (expected: text of 1..200 characters)
            {"items": [{"product": " ", "quantity": 1}]}                      | items[0].product     | items[0].product: blank (expected: text of 1..200 characters)
            {"items": [{"product": "p"}]}                                     | items[0].quantity    | items[0].quantity: missing (expected: a whole number)
            {"items": [{"product": "p", "quantity": 0}]}                      | items[0].quantity    | items[0].quantity: 0 (expected: 1..10000)
            {"items": [{"product": "p", "quantity": 1.5}]}                    | items[0].quantity    | items[0].quantity: 1.5 (expected: a whole number)
            {"items": [{"product": "p", "quantity": "two"}]}                  | items[0].quantity    | items[0].quantity: "two" (expected: a whole number)
            {"items": [{"product": "p", "quantity": 1, "price": -1}]}         | items[0].price       | items[0].price: -1 (expected: 0..100000000000)
            {"items": [{"product": "p", "quantity": 1, "price": 1e999}]}      | items[0].price       | items[0].price: Infinity (expected: a whole number in the smallest unit of the currency, such as 1250 for 12.50)
            {"items": [{"product": "p", "quantity": 1}]}                      | deliveryAddress      | deliveryAddress: missing (expected: text of 1..500 characters or an object)
            {"items": [{"product": "p", "quantity": 1}], "deliveryAddress": ""} | deliveryAddress    | deliveryAddress: blank (expected: text of 1..500 characters or an object)
            {"items": [{"product": "p", "quantity": 1}], "deliveryAddress": 7}  | deliveryAddress    | deliveryAddress: 7 (expected: text of 1..500 characters or an object)
            {"items": [{"product": "p", "quantity": 1}], "deliveryAddress": {"latitude": 1, "longitude": 1}} | deliveryAddress.text | deliveryAddress.text: missing (expected: text of 1..500 characters)
            {"items": [{"product": "p", "quantity": 1}], "deliveryAddress": {"text": "x", "latitude": 91, "longitude": 1}} | deliveryAddress.latitude | deliveryAddress.latitude: 91 (expected: -90..90)
            {"items": [{"product": "p", "quantity": 1}], "deliveryAddress": {"text": "x", "latitude": 1}} | deliveryAddress.longitude | deliveryAddress.longitude: missing (expected: a number)
            {"items": [{"product": "p", "quantity": 1}], "deliveryAddress": "x", "currency": "euro"} | currency | currency: "euro" (expected: text such as EUR)
            {"items": [{"product": "p", "quantity": 1}], "deliveryAddress": "x", "currency": "ZZZ"} | currency | currency: ZZZ (expected: an ISO 4217 code such as EUR)
            {"items": [{"product": "p", "quantity": 1}], "deliveryAddress": null} | deliveryAddress | deliveryAddress: missing (expected: text of 1..500 characters or an object)
            {"items": [{"product": "p", "quantity": 1, "price": 12.5}], "deliveryAddress": "x"} | items[0].price | items[0].price: 12.5 (expected: a whole number in the smallest unit of the currency, such as 1250 for 12.50)
            {"items": [{"product": "p", "quantity": 1}], "deliverTo": "x"}    | deliverTo            | deliverTo: unknown field (expected: storeId, externalId, items, currency, fare, fareMinor, deliveryAddress, pickupAddress, customerId, customerName or customerPhone)
            {"items": [{"product": "p", "quantity": 1, "colour": "red"}]}     | items[0].colour      | items[0].colour: unknown field (expected: product, name, quantity, price, unitPrice, notes or options)
            {"items": [{"product": "p", "quantity": 1}], "deliveryAddress": {"text": "x", "floor": 3}} | deliveryAddress.floor | deliveryAddress.floor: unknown field (expected: text, postalCode, city, state, country, latitude, longitude or notes)
            {"items": [{"product": "p", "quantity": 1}], "deliveryAddress": {"text": "x", "latitude": 1, "lat": 2, "lng": 3}} | deliveryAddress.lat | deliveryAddress.lat: given twice (expected: latitude once)
            {"items": [{"product": "\u3000", "quantity": 1}]}                 | items[0].product     | items[0].product: blank (expected: text of 1..200 characters)
            [1]                                                               | body                 | body: a list of 1 (expected: an object)
            "text"                                                            | body                 | body: "text" (expected: an object)
            {"items":                                                         | body                 | body: no JSON at line 1, column 10 (expected: JSON)
            {} {}                                                             | body                 | body: more than one JSON value (expected: one)
            """)
    void anInvalidOrderIsRejectedWithItsField(String body, String field, String detail) {
        var problem = api.post("customer:bad", ORDERS, body).isProblem(400, "invalid");
        assertThat(problem.text("field")).isEqualTo(field);
        assertThat(problem.text("detail")).isEqualTo(detail);
        assertThat(api.get("customer:bad", ORDERS).body().path("orders")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                       | 400 | status
            {"status": 7}                                            | 400 | status
            {"status": "flying"}                                     | 400 | status
            {"status": "pending"}                                    | 400 | status
            {"status": "payment_confirmed"}                          | 400 | status
            {"status": "assigned_to_driver"}                         | 400 | status
            {"status": "expired"}                                    | 403 |
            {"status": "accepted", "occurredAt": "yesterday"}        | 400 | occurredAt
            {"status": "accepted", "occurredAt": "2999-01-01T00:00:00Z"} | 400 | occurredAt
            {"status": "cancelled", "reason": ""}                    | 400 | reason
            """)
    void anInvalidStatusIsRejected(String body, int status, String field) {
        var id = api.place("customer:sue", "bakery");
        var problem =
                api.patch("admin:root", ORDERS + "/" + id + "/status", body).is(status);
        assertThat(problem.text("field")).isEqualTo(field == null ? "" : field);
        assertThat(api.get("customer:sue", ORDERS + "/" + id).text("status")).isEqualTo("pending");
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            assign  | {}                                                             | driverId
            assign  | {"driverId": ""}                                               | driverId
            payment | {"amount": 1}                                                  | paymentMethod
            payment | {"paymentMethod": "card"}                                      | amount
            payment | {"amount": 12.50, "paymentMethod": "card"}                     | amount
            payment | {"amount": -1, "paymentMethod": "card"}                        | amount
            payment | {"amount": 2501, "paymentMethod": "card"}                      | amount
            payment | {"amount": 2500, "paymentMethod": "card", "currency": "USD"}   | amount
            payment | {"amount": 1, "paymentMethod": "card", "currency": "QQQ"}      | currency
            cancel  | {}                                                             | reason
            """)
    void invalidOrderCommandsAreRejected(String work, String body, String field) {
        var id = api.place("customer:sue", "bakery");
        var problem =
                api.post("admin:root", ORDERS + "/" + id + "/" + work, body).isProblem(400, "invalid");
        assertThat(problem.text("field")).isEqualTo(field);
    }

    private static String ready(String customer, String store) {
        var id = api.place(customer, store);
        api.status("merchant:" + store, id, "accepted").is(200);
        api.status("merchant:" + store, id, "ready_for_pickup").is(200);
        return id;
    }
}
