package waybill.server.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.server.rest.ApiTestClient;

/// The same write sent again is done once.
class IdempotentWriteTest {

    private static final String KEY = "Idempotency-Key";
    private static final String ORDER = """
            {"items": [{"product": "p", "quantity": 1}], "deliveryAddress": "x"}""";

    @RegisterExtension
    static final ApiTestClient api = ApiTestClient.ofTestClass();

    @Test
    void theSameRequestUnderTheSameKeyIsAnsweredTheSame() {
        var first = api.post("customer:a", "/orders", ORDER, KEY, "k1").is(201);
        assertThat(first.header("idempotent-replayed")).isEmpty();
        var again = api.post("customer:a", "/orders", ORDER, KEY, "k1").is(201);
        assertThat(again.header("idempotent-replayed")).contains("true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(orders("customer:a")).hasSize(1);
    }

    @Test
    void theSameBodyInAnotherFormIsTheSameRequest() {
        var first = api.post("customer:r", "/orders", ORDER, KEY, "k1").is(201);
        for (var form : List.of(
                "{ \"deliveryAddress\": \"x\",\n  \"items\": [ {\"quantity\": 1.0, \"product\": \"\\u0070\"} ] }",
                "{\"items\": [{\"product\": \"p\", \"quantity\": 1, \"price\": null}], \"deliveryAddress\": \"x\"}")) {
            var again = api.post("customer:r", "/orders", form, KEY, "k1").is(201);
            assertThat(again.header("idempotent-replayed")).contains("true");
            assertThat(again.text("orderId")).isEqualTo(first.text("orderId"));
        }
        assertThat(orders("customer:r")).hasSize(1);
    }

    @Test
    void bothWaysToTheSameRouteAreTheSameRequest() {
        var first = api.post("customer:i", "/orders", ORDER, KEY, "k1").is(201);
        var again = api.post("customer:i", "/api/v1/orders", ORDER, KEY, "k1").is(201);
        assertThat(again.text("orderId")).isEqualTo(first.text("orderId"));
    }

    @Test
    void anotherRequestUnderTheSameKeyIsAConflict() {
        api.post("customer:b", "/orders", ORDER, KEY, "k1").is(201);
        var other = api.post("customer:b", "/orders", ORDER.replace("\"p\"", "\"q\""), KEY, "k1")
                .isProblem(409, "conflict");
        assertThat(other.text("field")).isEqualTo(KEY);
        assertThat(other.text("detail"))
                .isEqualTo("Idempotency-Key: used before for another request (expected: one key for each)");
        assertThat(orders("customer:b")).hasSize(1);
    }

    @Test
    void theKeyOfAnotherUserIsAnotherKey() {
        var one = api.post("customer:c", "/orders", ORDER, KEY, "mine").is(201);
        var other = api.post("customer:d", "/orders", ORDER, KEY, "mine").is(201);
        assertThat(other.text("orderId")).isNotEqualTo(one.text("orderId"));
    }

    @Test
    void manyAtOnceUnderOneKeyAreDoneOnce() {
        api.token("customer:e");
        var answers = IntStream.range(0, 20)
                .mapToObj(_ -> api.requestAsync("POST", "customer:e", "/orders", ORDER, KEY, "k1"))
                .toList();
        var ids = answers.stream()
                .map(CompletableFuture::join)
                .map(answer -> answer.is(201).text("orderId"))
                .distinct();
        assertThat(ids).hasSize(1);
        assertThat(orders("customer:e")).hasSize(1);
    }

    @Test
    void aRejectedWriteIsNotStored() {
        var id = api.place("customer:f", "late");
        var path = "/orders/" + id + "/status";
        var ready = "{\"status\": \"ready_for_pickup\"}";
        api.patch("merchant:late", path, ready, KEY, "k1").isProblem(409, "conflict");
        api.status("merchant:late", id, "accepted").is(200);
        assertThat(api.patch("merchant:late", path, ready, KEY, "k1").is(200).text("status"))
                .isEqualTo("ready_for_pickup");
    }

    @Test
    void everyKindOfWriteTakesAKey() {
        var id = api.place("customer:g", "keys");
        api.get("driver:d", "/orders").is(200); // a user that has never authenticated is not known as a driver
        var writes = List.of(
                new String[] {"PATCH", "/orders/" + id + "/status", "{\"status\": \"accepted\"}"},
                new String[] {"POST", "/orders/" + id + "/payment", "{\"amount\": 1, \"paymentMethod\": \"cash\"}"},
                new String[] {"POST", "/orders/" + id + "/assign", "{\"driverId\": \"d\"}"},
                new String[] {"POST", "/orders/" + id + "/cancel", "{\"reason\": \"r\"}"},
                new String[] {"PATCH", "/api/v1/business/status", "{\"isOpen\": false, \"storeId\": \"keys\"}"},
                new String[] {"PUT", "/api/v1/business", "{\"name\": \"Keys\", \"storeId\": \"keys\"}"},
                new String[] {"PATCH", "/api/v1/business", "{\"keeper\": \"Kay\", \"storeId\": \"keys\"}"},
                new String[] {
                    "POST", "/api/v1/offers", "{\"code\": \"KEYS\", \"description\": \"d\", \"discountValue\": 1}"
                },
                new String[] {
                    "POST", "/api/v1/notifications", "{\"userId\": \"g\", \"title\": \"t\", \"message\": \"m\"}"
                },
                new String[] {"POST", "/api/v1/devices", "{\"token\": \"t1\", \"platform\": \"web\"}"},
                new String[] {"DELETE", "/api/v1/devices/t1", ""});
        for (var write : writes) {
            var first = api.request(write[0], "admin:root", write[1], write[2], KEY, "of " + write[0] + write[1]);
            assertThat(first.status()).as(write[1]).isBetween(200, 204);
            var again = api.request(write[0], "admin:root", write[1], write[2], KEY, "of " + write[0] + write[1]);
            assertThat(again.header("idempotent-replayed")).as(write[1]).contains("true");
            assertThat(again.status()).isEqualTo(first.status());
            assertThat(again.body()).isEqualTo(first.body());
        }
        var status = "{\"status\": \"available\"}";
        var first = api.patch("driver:g", "/api/v1/drivers/me/status", status, KEY, "k1")
                .is(200);
        assertThat(api.patch("driver:g", "/api/v1/drivers/me/status", status, KEY, "k1")
                        .body())
                .isEqualTo(first.body());
    }

    @Test
    void aKeyOverTheLimitIsRejected() {
        var problem =
                api.post("customer:h", "/orders", ORDER, KEY, "k".repeat(201)).isProblem(400, "invalid");
        assertThat(problem.text("field")).isEqualTo(KEY);
    }

    private static List<String> orders(String who) {
        return ApiTestClient.ids(api.get(who, "/orders"), "orders", "orderId");
    }
}
