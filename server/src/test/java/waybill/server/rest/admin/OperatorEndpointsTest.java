package waybill.server.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.server.rest.ApiTestClient;

/// What is shown to operators, and tokens.
class OperatorEndpointsTest {

    @RegisterExtension
    static final ApiTestClient api = ApiTestClient.ofTestClass();

    @BeforeAll
    static void placeOrders() {
        var id = api.place("customer:jane", "log-a");
        api.status("merchant:log-a", id, "accepted").is(200);
        api.status("merchant:log-a", id, "ready_for_pickup").is(200);
        api.place("customer:jane", "log-b");
    }

    @Test
    void theLogIsReadByStoreAndEventPageByPage() {
        assertThat(events("?store=log-a")).containsExactly("placed", "accepted", "pickup");
        assertThat(events("?store=log-a&event=pickup")).containsExactly("pickup");
        assertThat(events("?store=log-b")).containsExactly("placed");
        var first = api.get("", "/api/v1/log?store=log-a&limit=2").is(200);
        assertThat(ApiTestClient.ids(first, "entries", "event")).containsExactly("placed", "accepted");
        assertThat(events("?store=log-a&limit=2&cursor=" + first.text("next"))).containsExactly("pickup");
        var known = first.body().at("/entries/1/eventId").asText();
        assertThat(events("?store=log-a&since=" + known)).containsExactly("pickup");
        assertThat(events("?store=log-a&since=2026-01-01T00:00:00Z")).hasSize(3);
        assertThat(events("?since=2999-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void aLogEntryHasActorEventAndTime() {
        var entry = api.get("", "/api/v1/log?store=log-a&event=pickup").body().at("/entries/0");
        assertThat(entry.path("by").asText()).isEqualTo("merchant:log-a");
        assertThat(entry.path("status").asText()).isEqualTo("ready_for_pickup");
        assertThat(entry.path("previousStatus").asText()).isEqualTo("accepted");
        assertThat(entry.path("payload").isObject()).isTrue();
    }

    @Test
    void queuesShowWhatWaits() {
        var queues = api.get("", "/api/v1/queues?store=log-a").is(200).body().path("queues");
        assertThat(queues).hasSize(1);
        assertThat(queues.get(0).path("event").asText()).isEqualTo("pickup");
        assertThat(queues.get(0).path("depth").asInt()).isEqualTo(1);
        var messages = api.get("", "/api/v1/queues/log-a/pickup?limit=1").is(200);
        assertThat(ApiTestClient.ids(messages, "messages", "clientId")).containsExactly("log-a");
        var rest = api.get("", "/api/v1/queues/log-a/pickup?limit=1&cursor=" + messages.text("next"));
        assertThat(rest.is(200).body().path("messages")).isEmpty();
    }

    @Test
    void confirmationsListWhatStoresHaveNotConfirmed() {
        var open = api.get("", "/api/v1/receipts?store=log-b").is(200).body().path("receipts");
        assertThat(open).hasSize(1);
        assertThat(open.get(0).path("state").asText()).isEqualTo("pending");
        assertThat(open.get(0).path("attempts").asInt()).isZero();
        assertThat(api.get("", "/api/v1/receipts?store=log-b&state=pending")
                        .body()
                        .path("receipts"))
                .hasSize(1);
        assertThat(api.get("", "/api/v1/receipts?store=log-b&state=acknowledged")
                        .body()
                        .path("receipts"))
                .isEmpty();
        assertThat(api.get("", "/api/v1/receipts?store=log-a&state=closed")
                        .body()
                        .path("receipts"))
                .as("accepted, so it matters no more")
                .hasSize(1);
    }

    @Test
    void aStoreSeesItsOwnQueuesOnly() {
        for (var path : List.of("/api/v1/log", "/api/v1/queues", "/api/v1/receipts")) {
            api.get("merchant:log-a", path + "?store=log-b").isProblem(403, "forbidden");
            api.get("merchant:log-a", path + "?store=log-a").is(200);
            api.get("admin:root", path).is(200);
            api.get("support:sam", path).is(200);
            for (var who : List.of("customer:jane", "driver:d")) {
                api.get(who, path).isProblem(403, "forbidden");
                api.get(who, path + "?store=log-a").isProblem(403, "forbidden");
            }
        }
        assertThat(ApiTestClient.ids(api.get("merchant:log-b", "/api/v1/log"), "entries", "store"))
                .containsOnly("log-b");
        api.get("merchant:log-a", "/api/v1/queues/log-b/pickup").isProblem(403, "forbidden");
        api.get("merchant:log-a", "/api/v1/queues/log-a/pickup").is(200);
        for (var path : List.of("/api/v1/socket/status", "/api/v1/metrics/socket")) {
            api.get("admin:root", path).is(200);
            for (var who : List.of("customer:jane", "driver:d", "merchant:log-a", "support:sam")) {
                api.get(who, path).isProblem(403, "forbidden");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /log?since=yesterday           | since: "yesterday" (expected: a time such as 2026-01-31T12:00:00Z)
            /log?since=99999999999999999999 | since: 99999999999999999999 (expected: 0..9223372036854775807)
            /log?limit=0                   | limit: 0 (expected: 1..1000)
            /log?event=lost                | event: "lost" (expected: pickup, in-transit or delivered)
            /queues/log-a/lost             | event: "lost" (expected: pickup, in-transit or delivered)
            /receipts?state=lost           | state: "lost" (expected: pending, sent, acknowledged or closed)
            """)
    void invalidQueriesAreRejected(String path, String detail) {
        assertThat(api.get("", "/api/v1" + path).isProblem(400, "invalid").text("detail"))
                .isEqualTo(detail);
    }

    @Test
    void aTokenThatIsShownMustBeGoodAlsoWhereNoneIsNeeded() {
        api.request("GET", "", "/api/v1/log", "", "authorization", "Bearer nonsense")
                .isProblem(401, "unauthenticated");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                    | userId
            {"userId": "u"}                                       | role
            {"userId": "u", "role": "king"}                       | role
            {"userId": " ", "role": "admin"}                      | userId
            {"userId": "u", "role": "admin", "expiresInSeconds": 0} | expiresInSeconds
            {"userId": "u", "role": "admin", "store": "s"}        | store
            """)
    void aTokenWithoutAUserIsNotIssued(String body, String field) {
        assertThat(api.post("", "/api/v1/tokens", body)
                        .isProblem(400, "invalid")
                        .text("field"))
                .isEqualTo(field);
    }

    @Test
    void rolesHaveOtherNamesToo() {
        api.get("delivery:d", "/orders").is(200);
        assertThat(api.get("chef:log-a", "/api/v1/business").is(200).text("storeId"))
                .isEqualTo("log-a");
    }

    @Test
    void theTokensOfARevokedUserAreWorthNothing() {
        api.get("customer:gone", "/orders").is(200);
        api.post("support:sam", "/api/v1/users/gone/revoke", "").isProblem(403, "forbidden");
        api.get("customer:gone", "/orders").is(200);
        assertThat(api.post("admin:root", "/api/v1/users/gone/revoke", "")
                        .is(200)
                        .text("userId"))
                .isEqualTo("gone");
        api.get("customer:gone", "/orders").isProblem(401, "unauthenticated");
        api.get("customer:jane", "/orders").is(200);
    }

    private static List<String> events(String query) {
        return ApiTestClient.ids(api.get("", "/api/v1/log" + query).is(200), "entries", "event");
    }
}
