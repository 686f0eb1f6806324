package waybill.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.server.rest.contract.Contract;

/// What holds for every route: which callers and pages are admitted, and what is answered to paths, methods and
/// bodies that are not.
class EndpointsTest extends EndpointsScenario {

    @Test
    void anUnknownPathGetsAProblemThatNamesTheDocs() {
        var answer = get("/api/v1/nothing");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        var problem = new JsonObject(answer.body());
        assertThat(problem.getString("code")).isEqualTo("not_found");
        assertThat(problem.getString("detail")).isEqualTo("path: /api/v1/nothing (expected: one that /api/docs shows)");
    }

    @Test
    void aWrongMethodGetsTheAllowedMethods() {
        var answer = send(HttpRequest.newBuilder(uri("/api/v1/orders")).DELETE());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("GET, POST");
        assertThat(new JsonObject(answer.body()).getString("detail")).isEqualTo("method: DELETE (expected: GET, POST)");
    }

    @Test
    void everyProtectedOperationRequiresAToken() {
        var answer = get("/api/v1/orders");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer realm=\"waybill\"");
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("unauthenticated");
        for (var token : List.of("Bearer x", "Bearer", "Basic dTpw", "Bearer a.b.c", "")) {
            var refused = get("/api/v1/orders", "authorization", token);
            assertThat(refused.statusCode()).as(token).isEqualTo(401);
            assertThat(refused.headers().firstValue("www-authenticate").orElse(""))
                    .as(token)
                    .startsWith("Bearer");
        }
    }

    @Test
    void everyOperationThatNeedsATokenAsksForOne() {
        for (var operation : Contract.read().operations()) {
            var path = operation.paths().getFirst().replaceAll(":\\w+", "x");
            var request =
                    HttpRequest.newBuilder(uri(path)).method(operation.method().name(), BodyPublishers.noBody());
            var status = send(request).statusCode();
            switch (operation.authRequirement()) {
                case TOKEN, TRACKER -> assertThat(status).as(operation.id()).isEqualTo(401);
                case OPEN, OPERATOR ->
                    assertThat(status)
                            .as(operation.id())
                            .isNotIn(401, 403, 500)
                            .matches(code -> (code == 404) == isUnknown(path));
            }
        }
    }

    /// No link is called x, and no payment provider is configured.
    private static boolean isUnknown(String path) {
        return path.startsWith("/t/") || path.contains("/payments/");
    }

    @Test
    void aFullReadQueueIsAnswered503() {
        kit.isBusy.set(true);
        var answer = get("/api/v1/queues");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).contains("1");
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("unavailable");
        kit.isBusy.set(false);
        assertThat(get("/api/v1/queues").statusCode()).isEqualTo(200);
    }

    @Test
    void aHubThatCannotWriteLivesButIsNotReady() {
        assertThat(get("/health").body()).contains("\"connections\":5", "\"status\":\"up\"");
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        kit.isWritable.set(false);
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health").body()).contains("\"store\":\"not writable\"");
    }

    @Test
    void connectedUsersAndSentEventsAreReported() {
        var status = new JsonObject(get("/api/v1/socket/status").body());
        assertThat(status.getJsonArray("connectedUsers")).isEqualTo(JsonArray.of("a", "b", "c"));
        assertThat(status.getInteger("totalConnections")).isEqualTo(5);
        var metrics = new JsonObject(get("/api/v1/metrics/socket").body());
        assertThat(metrics.getInteger("connectedUsers")).isEqualTo(3);
        assertThat(metrics.getJsonObject("eventMetrics")).isEqualTo(new JsonObject().put("order:new", 7));
        assertThat(metrics.getJsonObject("trackPoints"))
                .isEqualTo(new JsonObject()
                        .put("kept", 0)
                        .put("lost", 0)
                        .put("thinned", 0)
                        .put("waiting", 0)
                        .put("writable", true));
        assertThat(metrics.getDouble("uptime")).isNotNegative();
    }

    @Test
    void onlyPagesOfAllowedOriginsGetCors() {
        var allowed = get("/health", "origin", "https://shop.example");
        assertThat(allowed.headers().firstValue("access-control-allow-origin")).contains("https://shop.example");
        assertThat(allowed.headers().firstValue("vary")).contains("Origin");
        assertThat(allowed.headers().firstValue("access-control-expose-headers").orElse(""))
                .contains("Idempotent-Replayed");
        var denied = get("/health", "origin", "https://evil.example");
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.headers().firstValue("access-control-allow-origin")).isEmpty();
        assertThat(new JsonObject(denied.body()).getString("code")).isEqualTo("forbidden");
    }

    @Test
    void aPageAsksBeforehandWhetherItMayWrite() {
        var asked = HttpRequest.newBuilder(uri("/api/v1/orders"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("access-control-request-method", "POST")
                .header("access-control-request-headers", "authorization,content-type,idempotency-key");
        var allowed = send(asked.copy().header("origin", "https://shop.example"));
        assertThat(allowed.statusCode()).isEqualTo(204);
        assertThat(allowed.headers().firstValue("access-control-allow-methods"))
                .contains("GET, POST, PUT, PATCH, DELETE");
        assertThat(allowed.headers().firstValue("access-control-allow-headers"))
                .contains("Authorization, Content-Type, Idempotency-Key");
        var denied = send(asked.copy().header("origin", "https://evil.example"));
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.headers().firstValue("access-control-allow-methods")).isEmpty();
    }

    @Test
    void anotherNameOfThisMachineIsNotAnswered() throws IOException {
        assertThat(raw("GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ")
                .contains("\"code\":\"forbidden\"", "\"field\":\"Host\"");
    }

    @Test
    void aPathThatCannotBeDecodedIsInvalid() throws IOException {
        assertThat(raw("GET /api/v1/queues/%ZZ/pickup HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"code\":\"invalid\"", "\"field\":\"path\"");
    }

    @Test
    void aBodyThatIsTooLargeIsNotRead() {
        var big = "{\"userId\": \"" + "x".repeat(1_000_000) + "\", \"role\": \"admin\"}";
        var answer = send(HttpRequest.newBuilder(uri("/api/v1/tokens")).POST(BodyPublishers.ofString(big)));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("too_large");
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }
}
