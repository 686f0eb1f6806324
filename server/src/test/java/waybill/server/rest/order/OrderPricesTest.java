package waybill.server.rest.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.server.rest.ApiTestClient;

/// What an order costs, what its driver earns, and how it is paid, over HTTP.
class OrderPricesTest {

    private static final String ORDERS = "/api/v1/orders";

    @RegisterExtension
    static final ApiTestClient api = ApiTestClient.ofTestClass();

    @Test
    void whatIsReadCanBeSentBack() {
        var first = api.post("merchant:again", ORDERS, """
                {"items": [
                   {"product": "pizza", "quantity": 2, "unitPrice": 12.5, "instructions": "well done",
                    "options": [{"name": "size", "value": "large", "price": 150}, {"name": "basil"}]},
                   {"product": "tea", "quantity": 1, "price": 250, "notes": "hot"}],
                 "fare": 500,
                 "deliveryAddress": {"street": "1 Main St", "zip": "0150", "city": "Oslo", "lat": 59.91, "lng": 10.75,
                                     "deliveryInstructions": "ring twice"}}""").is(201).body();
        assertThat(first.at("/items/0/price").asInt()).isEqualTo(1250);
        assertThat(first.at("/items/0/unitPrice").asDouble()).isEqualTo(12.5);
        assertThat(first.at("/items/0/notes").asText()).isEqualTo("well done");
        assertThat(first.at("/items/0/options/0").toString())
                .isEqualTo("{\"name\":\"size\",\"value\":\"large\",\"price\":150,\"unitPrice\":1.5}");
        assertThat(first.path("totalAmount").asDouble()).isEqualTo(30.5);
        assertThat(first.path("totalMinor").asInt()).isEqualTo(3050);
        assertThat(first.path("deliveryAddress").toString())
                .isEqualTo("{\"text\":\"1 Main St, 0150, Oslo\",\"latitude\":59.91,\"longitude\":10.75,"
                        + "\"notes\":\"ring twice\"}");
        var again = new ObjectMapper().createObjectNode();
        for (var name : List.of("items", "deliveryAddress", "currency", "fare", "fareMinor")) {
            again.set(name, first.path(name));
        }
        var second =
                api.post("merchant:again", ORDERS, again.toString()).is(201).body();
        for (var name : List.of("items", "deliveryAddress", "currency", "fare", "fareMinor", "totalAmount")) {
            assertThat(second.path(name)).as(name).isEqualTo(first.path(name));
        }
        var read =
                api.get("merchant:again", ORDERS + "/" + second.path("orderId").asText());
        assertThat(read.body()).isEqualTo(second);
    }

    @Test
    void aCustomerDoesNotSetWhatItsDeliveryEarns() {
        var order = "{\"storeId\": \"fares\", \"items\": [{\"product\": \"p\", \"quantity\": 1}],"
                + " \"deliveryAddress\": \"x\", FARE}";
        for (var fare : List.of("fare", "fareMinor")) {
            assertThat(api.post("customer:ada", ORDERS, order.replace("FARE", "\"" + fare + "\": 500"))
                            .isProblem(403, "forbidden")
                            .text("detail"))
                    .as(fare)
                    .startsWith(fare + ": not for a customer to set");
        }
        assertThat(api.post("merchant:fares", ORDERS, order.replace("FARE", "\"fare\": 500"))
                        .is(201)
                        .body()
                        .path("fare")
                        .decimalValue())
                .isEqualByComparingTo("5.00");
    }

    @Test
    void bothFormsOfAPriceMustAgree() {
        var items = "{\"items\": [{\"product\": \"p\", \"quantity\": 1, PRICE}], \"deliveryAddress\": \"x\"}";
        for (var wrong : List.of("\"price\": 12, \"unitPrice\": 12", "\"unitPrice\": 12.505")) {
            assertThat(api.post("customer:both", ORDERS, items.replace("PRICE", wrong))
                            .isProblem(400, "invalid")
                            .text("field"))
                    .isEqualTo("items[0].unitPrice");
        }
        var fare = "{\"items\": [{\"product\": \"p\", \"quantity\": 1}], \"deliveryAddress\": \"x\", \"fare\": 5.5}";
        assertThat(api.post("merchant:both", ORDERS, fare)
                        .isProblem(400, "invalid")
                        .text("detail"))
                .isEqualTo(
                        "fare: 5.5 (expected: a whole number in the smallest unit of the currency, such as 1250 for 12.50)");
    }

    @Test
    void aCustomerMayNotConfirmItsOwnPayment() {
        var id = api.place("customer:max", "bar");
        var payment = "{\"amount\": 2500, \"paymentMethod\": \"card\"}";
        api.post("customer:max", ORDERS + "/" + id + "/payment", payment).isProblem(403, "forbidden");
        var paid = api.post("merchant:bar", ORDERS + "/" + id + "/payment", payment)
                .is(200);
        assertThat(paid.text("status")).isEqualTo("payment_confirmed");
        var events =
                api.get("customer:max", ORDERS + "/" + id + "/events").body().path("events");
        assertThat(events.get(1).path("amount").decimalValue()).isEqualByComparingTo("25.00");
        assertThat(events.get(1).path("currency").asText()).isEqualTo("EUR");
    }

    @Test
    void anOrderIsPaidWhenItsPaymentsReachItsTotal() {
        var path = ORDERS + "/" + api.place("customer:max", "bar") + "/payment";
        var part = api.post("merchant:bar", path, "{\"amount\": 1000, \"paymentMethod\": \"voucher\"}")
                .is(200)
                .body();
        assertThat(part.path("status").asText()).isEqualTo("pending");
        assertThat(part.path("paid").asBoolean()).isFalse();
        assertThat(part.path("paidAmount").decimalValue()).isEqualByComparingTo("10.00");
        var tooMuch = api.post("merchant:bar", path, "{\"amount\": 1501, \"paymentMethod\": \"card\"}")
                .isProblem(400, "invalid");
        assertThat(tooMuch.text("detail"))
                .isEqualTo("amount: 15.01 EUR (expected: 0.01 EUR to 15.00 EUR, which is still to be paid)");
        var rest = api.post("merchant:bar", path, "{\"amount\": 1500, \"paymentMethod\": \"card\"}")
                .is(200)
                .body();
        assertThat(rest.path("status").asText()).isEqualTo("payment_confirmed");
        assertThat(rest.path("paid").asBoolean()).isTrue();
    }
}
