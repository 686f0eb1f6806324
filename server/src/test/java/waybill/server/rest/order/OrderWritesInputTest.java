package waybill.server.rest.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is answered to an order or a command that is invalid.
class OrderWritesInputTest extends OrderWritesScenario {

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
            {"items": [{"product": "p", "quantity": 1}], "deliverTo": "x"}    | deliverTo            | deliverTo: unknown field (expected: storeId, externalId, items, currency, fare, fareMinor, promisedAt, proofRequired, deliveryAddress, pickupAddress, customerId, customerName or customerPhone)
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
}
