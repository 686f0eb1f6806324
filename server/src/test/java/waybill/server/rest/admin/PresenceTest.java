package waybill.server.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.server.live.LiveTestClient;
import waybill.server.rest.ApiTestClient;

/// The presence of users, as administrators see it.
class PresenceTest {

    private static final String COUNTERS = "/api/v1/metrics/socket";

    @RegisterExtension
    static final ApiTestClient api = ApiTestClient.ofTestClass();

    private static LiveTestClient connect(String namespace, String user) {
        var address = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), api.uri("/").getPort());
        return LiveTestClient.connect(address, namespace, Map.of("token", api.token(user)), "");
    }

    private static JsonNode presence(String query) {
        return api.get("support:sue", "/api/v1/users/" + query).is(200).body();
    }

    @Test
    void aUserIsConnectedOnEachOfItsSocketsUntilTheyEnd() {
        var before = presence("ada/presence");
        assertThat(before.path("connected").asBoolean()).isFalse();
        assertThat(before.path("connections")).isEmpty();
        try (var _ = connect("/realtime", "customer:ada");
                var _ = connect("/storefront", "driver:ada")) {
            var both = presence("ada/presence");
            assertThat(both.path("connected").asBoolean()).isTrue();
            assertThat(both.path("connections")).hasSize(2);
            var driver = presence("ada/presence?role=driver").path("connections");
            assertThat(driver).hasSize(1);
            assertThat(driver.get(0).path("namespace").asText()).isEqualTo("/storefront");
            assertThat(driver.get(0).path("role").asText()).isEqualTo("driver");
            assertThat(driver.get(0).path("transport").asText()).isIn("polling", "websocket");
            assertThat(driver.get(0).path("connectedAt").asText()).endsWith("Z");
        }
        awaitAway("ada");
    }

    private static void awaitAway(String user) {
        api.getUntil(
                "support:sue",
                "/api/v1/users/" + user + "/presence",
                answer -> !answer.body().path("connected").asBoolean());
    }

    @Test
    void aSocketOfCapsIsASocketOfItsUser() {
        try (var _ = connect("/caps", "driver:cy");
                var _ = connect("/realtime", "driver:cy")) {
            var connections = presence("cy/presence?role=driver").path("connections");
            assertThat(connections
                            .valueStream()
                            .map(one -> one.path("namespace").asText()))
                    .containsExactly("/caps", "/realtime");
            assertThat(connections.get(0).path("connectedAt").asText()).endsWith("Z");
        }
        var counters = api.getUntil(
                "admin:root",
                COUNTERS,
                answer -> !duration(answer, "/caps", "driver").isMissingNode());
        assertThat(duration(counters, "/caps", "driver").path("count").asLong()).isEqualTo(1);
        awaitAway("cy");
    }

    @Test
    void theDurationsOfEndedConnectionsAreCountedByNamespaceAndRole() {
        connect("/marketplace", "driver:bo").close();
        var counters = api.getUntil(
                "admin:root",
                COUNTERS,
                answer -> !duration(answer, "/marketplace", "driver").isMissingNode());
        var ended = duration(counters, "/marketplace", "driver");
        assertThat(ended.path("count").asLong()).isEqualTo(1);
        assertThat(ended.path("totalSeconds").asDouble()).isBetween(0.0, 60.0);
        assertThat(ended.path("medianAtMostSeconds").asLong()).isBetween(1L, 60L);
        assertThat(ended.path("p95AtMostSeconds")).isEqualTo(ended.path("medianAtMostSeconds"));
        assertThat(duration(counters, "/marketplace", "customer").isMissingNode())
                .isTrue();
    }

    private static JsonNode duration(ApiTestClient.Answer counters, String namespace, String role) {
        var durations = counters.body().path("connectionDurations");
        for (var one : durations) {
            if (one.path("namespace").asText().equals(namespace)
                    && one.path("role").asText().equals(role)) {
                return one;
            }
        }
        return durations.path(durations.size()); // missing
    }

    @Test
    void onlyAdministratorsAndSupportSeeIt() {
        api.get("merchant:acme", "/api/v1/users/ada/presence").isProblem(403, "forbidden");
        api.get("driver:ada", "/api/v1/users/ada/presence").isProblem(403, "forbidden");
        api.get("admin:root", "/api/v1/users/ada/presence?role=boss").isProblem(400, "invalid");
    }
}
