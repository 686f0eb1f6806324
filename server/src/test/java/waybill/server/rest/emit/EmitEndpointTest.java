package waybill.server.rest.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.server.rest.ApiTestClient;

/// `POST /emit` over HTTP: callers, names, targets, data and limits.
class EmitEndpointTest {

    private static final String SERVICE = "service:shop";
    private static final String TO_JANE = "{\"user\": {\"role\": \"customer\", \"id\": \"jane\"}}";

    @RegisterExtension
    static final ApiTestClient api = ApiTestClient.ofTestClass();

    @ParameterizedTest
    @ValueSource(strings = {"admin", SERVICE})
    void anAdministratorAndAServiceMayEmit(String caller) {
        var answer = emit(caller, TO_JANE, "loyalty:points", "{\"points\": 1}").is(201);
        assertThat(answer.body().path("eventId").longValue()).isPositive();
        assertThat(answer.text("event")).isEqualTo("loyalty:points");
        assertThat(answer.body().path("to")).hasToString("{\"user\":{\"role\":\"customer\",\"id\":\"jane\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer:jane", "merchant:acme", "driver:kari", "support:sue"})
    void noOtherRoleMayEmit(String caller) {
        emit(caller, TO_JANE, "loyalty:points", "{}").isProblem(403, "forbidden");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/orders",
        "GET, /api/v1/orders/active",
        "GET, /api/v1/log",
        "GET, /api/v1/drivers",
        "GET, /api/v1/queues",
        "GET, /api/v1/socket/status"
    })
    void aServiceMayDoNothingElse(String method, String path) {
        api.request(method, SERVICE, path, "").isProblem(403, "forbidden");
    }

    @Test
    void aServiceMayNeitherPlaceAnOrderNorRegisterADevice() {
        api.post(
                        SERVICE,
                        "/api/v1/orders",
                        "{\"items\": [{\"product\": \"pizza\", \"quantity\": 1, \"price\": 100}], \"deliveryAddress\": \"1 Main St\"}")
                .isProblem(403, "forbidden");
        api.post(SERVICE, "/api/v1/devices", "{\"token\": \"t\", \"platform\": \"web\"}")
                .isProblem(403, "forbidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order:status_update",
                "ORDER:note",
                "driver:location_update",
                "delivery:new_request",
                "merchant:new_order",
                "payment:received",
                "notification:new",
                "offer:new",
                "business:status:update",
                "auth:revoked",
                "sync:gap",
                "system:alert",
                "connect",
                "disconnect",
                "error",
                "connected",
                "registered",
                "pickup",
                "in-transit",
                "IN_TRANSIT",
                "delivered",
                "getAll"
            })
    void theHubsOwnNamesAreRefused(String name) {
        var answer = emit("admin", TO_JANE, name, "{}").isProblem(400, "invalid");
        assertThat(answer.text("field")).isEqualTo("event");
        assertThat(answer.text("detail")).startsWith("event: " + name + " (expected: a name that");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                        | to",
                "{\"all\": true, \"role\": \"driver\"}     | to",
                "{\"all\": false}                          | to.all",
                "{\"role\": \"service\"}                   | to.role",
                "{\"user\": {\"id\": \"jane\"}}            | to.user.role",
                "{\"order\": \"7\"}                        | to.order",
                "{\"room\": {\"namespace\": \"/x\", \"name\": \"a\"}} | to.room.namespace",
                "{\"group\": \"all\"}                      | to.group"
            })
    void aWrongTargetIsRefusedWithItsField(String to, String field) {
        assertThat(emit("admin", to, "loyalty:points", "{}")
                        .isProblem(400, "invalid")
                        .text("field"))
                .isEqualTo(field);
    }

    @Test
    void anOrderThatDoesNotExistIsNotFound() {
        emit("admin", "{\"order\": \"019c0f3e-8000-7000-8000-0000000000ff\"}", "loyalty:points", "{}")
                .isProblem(404, "not_found");
    }

    @Test
    void anOrderStandsForItsParties() {
        var order = api.post(
                        "customer:jane",
                        "/api/v1/orders",
                        "{\"storeId\": \"acme\", \"items\": [{\"product\": \"pizza\", \"quantity\": 1, \"price\": 100}], \"deliveryAddress\": \"1 Main St\"}")
                .is(201)
                .text("orderId");
        assertThat(emit("admin", "{\"order\": \"" + order + "\"}", "loyalty:points", "{}")
                        .is(201)
                        .body()
                        .path("to"))
                .hasToString("{\"order\":\"" + order + "\",\"storeId\":\"acme\",\"customerId\":\"jane\"}");
    }

    @Test
    void anIdAloneIsThatOfARecordedUser() {
        api.token("driver:dora");
        api.get("driver:dora", "/api/v1/drivers/me/offers").is(200);
        assertThat(emit("admin", "{\"user\": \"dora\"}", "loyalty:points", "{}")
                        .is(201)
                        .body()
                        .path("to"))
                .hasToString("{\"user\":{\"role\":\"driver\",\"id\":\"dora\"}}");
        assertThat(emit("admin", "{\"user\": \"not-yet-known\"}", "loyalty:points", "{}")
                        .is(201)
                        .body()
                        .path("to"))
                .hasToString("{\"user\":{\"role\":\"customer\",\"id\":\"not-yet-known\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1.5", "\"soon\"", "[1, {\"a\": null}]", "{\"a\": {\"b\": []}}", "true"})
    void anyJsonIsAccepted(String data) {
        emit("admin", "{\"all\": true}", "shop:closing", data).is(201);
    }

    @Test
    void dataOverTheLimitIsRefused() {
        var fits = "\"" + "a".repeat(Emits.DATA_MAX - 2) + "\"";
        emit("admin", TO_JANE, "loyalty:points", fits).is(201);
        var answer = emit("admin", TO_JANE, "loyalty:points", fits.replace("\"a", "\"aa"))
                .isProblem(400, "invalid");
        assertThat(answer.text("detail")).isEqualTo("data: 65537 characters (expected: at most 65536)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventId", "event_id"})
    void theFieldOfTheHubsOwnIdIsRefused(String field) {
        assertThat(emit("admin", TO_JANE, "loyalty:points", "{\"" + field + "\": 1}")
                        .isProblem(400, "invalid")
                        .text("field"))
                .isEqualTo("data." + field);
    }

    @Test
    void aRequestThatIsSentAgainEmitsOnce() {
        var body = body(TO_JANE, "loyalty:points", "{}");
        var first =
                api.post(SERVICE, "/api/v1/emit", body, "Idempotency-Key", "k1").is(201);
        var again =
                api.post(SERVICE, "/api/v1/emit", body, "Idempotency-Key", "k1").is(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("idempotent-replayed")).contains("true");
    }

    @Test
    void theLogSaysByWhomItWasEmittedAndToWhom() {
        var eventId = emit(SERVICE, TO_JANE, "loyalty:audited", "{\"points\": 7}")
                .is(201)
                .body()
                .path("eventId")
                .longValue();
        var entry = api.get("admin", "/api/v1/log?limit=1000")
                .is(200)
                .body()
                .path("entries")
                .valueStream()
                .filter(one -> one.path("eventId").longValue() == eventId)
                .findFirst()
                .orElseThrow();
        assertThat(entry.path("event").asText()).isEqualTo("emit");
        assertThat(entry.path("by").asText()).isEqualTo("service:shop");
        assertThat(entry.path("payload"))
                .hasToString("{\"to\":{\"user\":{\"role\":\"customer\",\"id\":\"jane\"}},\"event\":\"loyalty:audited\","
                        + "\"data\":{\"points\":7}}");
    }

    @Test
    void aCallerOverItsRateIsToldWhenToRetry(@TempDir Path data) {
        try (var limited = ApiTestClient.start(
                data,
                config -> config.withIntegrations(config.integrations().withEmitsPerSecond(1))
                        .withRest(config.rest().withRates(0, 0)))) {
            var body = body(TO_JANE, "loyalty:points", "{}");
            limited.post(SERVICE, "/api/v1/emit", body).is(201);
            var rejected = limited.post(SERVICE, "/api/v1/emit", body).isProblem(429, "rate_limited");
            assertThat(rejected.body().path("retryAfterMs").longValue()).isPositive();
            limited.post("admin", "/api/v1/emit", body).is(201);
        }
    }

    private static ApiTestClient.Answer emit(String caller, String to, String event, String data) {
        return api.post(caller, "/api/v1/emit", body(to, event, data));
    }

    private static String body(String to, String event, String data) {
        return "{\"to\": %s, \"event\": \"%s\", \"data\": %s}".formatted(to, event, data);
    }
}
