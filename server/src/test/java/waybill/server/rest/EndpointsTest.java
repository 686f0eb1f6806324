package waybill.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.identity.IdentityConfig;
import waybill.server.rest.contract.Contract;

/// What holds for every route: that it is in the contract, who may ask from where, and what becomes of what is too
/// much.
class EndpointsTest {

    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final HttpClient http = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private RestFixture kit;

    private int port;

    @BeforeEach
    void start() {
        kit = new RestFixture(data, IdentityConfig.development());
        port = kit.serve();
    }

    @AfterEach
    void stop() {
        http.close();
        kit.close();
    }

    @Test
    void theContractAndTheRouterAgreeBothWays() {
        var routed = kit.routes.router(kit.vertx).getRoutes().stream()
                .filter(route -> route.methods() != null)
                .flatMap(EndpointsTest::named)
                .filter(route -> !route.equals("GET /"))
                .filter(route -> !route.startsWith("GET /api/docs") && !route.startsWith("GET /api/v1/openapi."))
                .toList();
        var promised = Contract.read().operations().stream()
                .flatMap(operation -> operation.paths().stream().map(path -> operation.method() + " " + path))
                .toList();
        assertThat(promised).hasSizeGreaterThan(40).doesNotHaveDuplicates();
        assertThat(routed).containsExactlyInAnyOrderElementsOf(promised);
    }

    private static Stream<String> named(Route route) {
        return route.methods().stream().map(method -> method + " " + route.getPath());
    }

    @Test
    void everyOperationDocumentsItsResponses() {
        var contract = Contract.read();
        assertThat(contract.operations()).allSatisfy(operation -> {
            assertThat(contract.responseValidator(
                            operation.id(), operation.method().name().equals("DELETE") ? 400 : 200))
                    .as(operation.id())
                    .isPresent();
            assertThat(operation.paths()).isNotEmpty();
        });
    }

    @Test
    void everyExampleOfTheContractIsValid() throws IOException {
        var document = new YAMLMapper().readTree(Contract.read().yaml());
        var bodies = Contract.read().operations().stream()
                .filter(operation -> operation.body().isPresent())
                .toList();
        assertThat(bodies).hasSizeGreaterThan(10).allSatisfy(operation -> {
            var example = document.findParents("operationId").stream()
                    .filter(said -> said.path("operationId").asText().equals(operation.id()))
                    .map(said -> said.at("/requestBody/content/application~1json/example"))
                    .findFirst()
                    .orElseThrow();
            assertThat(example.isMissingNode()).as(operation.id()).isFalse();
            assertThat(operation.body().orElseThrow().problem("", example))
                    .as(operation.id())
                    .isEmpty();
        });
    }

    @Test
    void theContractIsServedInBothItsForms() throws IOException {
        var json = new ObjectMapper().readTree(get("/api/v1/openapi.json").body());
        assertThat(json.path("openapi").asText()).startsWith("3.1.");
        JsonNode yaml = new YAMLMapper().readTree(get("/api/v1/openapi.yaml").body());
        assertThat(yaml).isEqualTo(json);
    }

    @Test
    void thePageToTryItLoadsNothingFromElsewhere() {
        var page = get("/api/docs");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; ");
        var links =
                LINK.matcher(page.body()).results().map(link -> link.group(1)).toList();
        assertThat(links).hasSize(3);
        assertThat(links).allSatisfy(link -> {
            assertThat(get(link).statusCode()).isEqualTo(200);
            assertThat(get(link).body()).isNotEmpty();
        });
        assertThat(page.body()).doesNotContain("http:", "https:", "<script>");
    }

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
    void theRootPageLinksToTheDocs() {
        var page = get("/", "accept", "text/html");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        var links =
                LINK.matcher(page.body()).results().map(link -> link.group(1)).toList();
        assertThat(links)
                .contains("/api/docs", "/health")
                .allSatisfy(link -> assertThat(get(link).statusCode()).isEqualTo(200));
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
                case TOKEN -> assertThat(status).as(operation.id()).isEqualTo(401);
                case OPEN, OPERATOR -> assertThat(status).as(operation.id()).isNotIn(401, 403, 404, 500);
            }
        }
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

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpResponse<String> get(String path, String... headers) {
        var request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
