package waybill.server.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.server.rest.ApiTestClient;

/// What is sent along is read when it is known that it is wanted, and no more of it than there is room for; what is no
/// HTTP is its sender's mistake. Through the port of a hub with the settings that it has by default.
class RequestBodyTest {

    private static final String ORDER = """
            {"items": [{"product": "p", "quantity": 1}], "deliveryAddress": "x"}""";

    @RegisterExtension
    static final ApiTestClient api = ApiTestClient.ofTestClass();

    private static RawHttpConnection wire() {
        return RawHttpConnection.connect(api.uri("/"));
    }

    /// A request that says that so many bytes come along, and sends none of them.
    private static String announcing(String request, String who, int bytes, String... headers) {
        return request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + bytes + "\r\n"
                + (who.isEmpty() ? "" : "Authorization: Bearer " + api.token(who) + "\r\n")
                + String.join("\r\n", headers) + (headers.length > 0 ? "\r\n" : "") + "\r\n";
    }

    @Test
    void anOperationWithoutABodyDoesNotWaitForOne() {
        try (var wire = wire()) {
            var answer = wire.send(announcing("GET /health", "", 1_000_000)).response();
            assertThat(answer).startsWith("HTTP/1.1 200 ").containsIgnoringCase("connection: close");
        }
        try (var wire = wire()) {
            assertThat(wire.send("GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
                            .response())
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aRequestWithoutABodyLeavesItsConnectionOpen() {
        try (var wire = wire()) {
            for (var i = 0; i < 3; i++) {
                assertThat(wire.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .response())
                        .startsWith("HTTP/1.1 200 ")
                        .doesNotContainIgnoringCase("connection: close")
                        .endsWith("}\n");
            }
        }
    }

    @Test
    void anUnauthenticatedRequestIsRejectedBeforeItsBodyArrives() {
        try (var wire = wire()) {
            assertThat(wire.send(announcing("POST /api/v1/orders", "", 1_000_000))
                            .response())
                    .startsWith("HTTP/1.1 401 ")
                    .contains("\"code\":\"unauthenticated\"");
        }
    }

    @Test
    void aForbiddenRequestIsRejectedBeforeItsBodyArrives() {
        try (var wire = wire()) {
            assertThat(wire.send(announcing("POST /api/v1/drivers/me/location", "customer:jane", 1_000_000))
                            .response())
                    .startsWith("HTTP/1.1 403 ")
                    .contains("role: customer (expected: driver)");
        }
    }

    @Test
    void aBodyWithATooLargeContentLengthIsRejectedBeforeItArrives() {
        try (var wire = wire()) {
            assertThat(wire.send(announcing("POST /api/v1/orders", "customer:jane", 1_000_001, "Expect: 100-continue"))
                            .response())
                    .startsWith("HTTP/1.1 413 ")
                    .contains("\"code\":\"too_large\"");
        }
    }

    @Test
    void aBodyThatWaitsToBeAskedForIsAskedForOnlyIfItIsWanted() {
        try (var wire = wire()) {
            var head = announcing("POST /api/v1/orders", "customer:jane", ORDER.length(), "Expect: 100-continue");
            assertThat(wire.send(head).head()).startsWith("HTTP/1.1 100 ");
            assertThat(wire.send(ORDER).response()).startsWith("HTTP/1.1 201 ");
        }
        try (var wire = wire()) {
            assertThat(wire.send(announcing("POST /api/v1/orders", "", ORDER.length(), "Expect: 100-continue"))
                            .head())
                    .startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void aClientThatExpectsToBeAskedIsServed() {
        var request = HttpRequest.newBuilder(api.uri("/api/v1/orders"))
                .header("authorization", "Bearer " + api.token("customer:expecting"))
                .expectContinue(true);
        assertThat(api.send(request.POST(BodyPublishers.ofString(ORDER)).build())
                        .statusCode())
                .isEqualTo(201);
        var refused = request.copy().setHeader("authorization", "Bearer x").build();
        assertThat(api.send(refused).statusCode()).isEqualTo(401);
    }

    @Test
    void unauthenticatedBodiesShareASmallLimit() {
        var part = "x".repeat(900_000);
        var wires = Stream.generate(RequestBodyTest::wire).limit(10).toList();
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = wires.stream()
                    .map(wire -> wire.send(announcing("POST /api/v1/tokens", "", 1_000_000))
                            .send(part))
                    .map(wire -> CompletableFuture.supplyAsync(wire::response, readers))
                    .toArray(CompletableFuture[]::new);
            var first = CompletableFuture.anyOf(answers).join();
            assertThat((String) first).startsWith("HTTP/1.1 503 ").contains("\"code\":\"unavailable\"");
            api.get("driver:" + wires.size(), "/api/v1/orders").is(200);
            wires.forEach(RawHttpConnection::close);
        }
    }

    @Test
    void aBodyThatComesTooSlowlyIsNotWaitedFor(@TempDir Path other) {
        try (var hasty = ApiTestClient.start(
                        other,
                        config -> config.withRest(RestSettings.defaults().withBodyTimeout(Duration.ofMillis(50))));
                var wire = RawHttpConnection.connect(hasty.uri("/"))) {
            wire.send("POST /api/v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
            assertThat(wire.response()).startsWith("HTTP/1.1 408 ").contains("\"field\":\"body\"");
        }
    }

    @Test
    void aListThatIsTooLongCostsLittle() {
        for (var form : List.of("{},", "[],", "null,", "1,")) {
            var body = "[" + form.repeat(900_000 / form.length()) + "1]";
            var problem =
                    api.post("driver:d", "/api/v1/drivers/me/location", body).isProblem(400, "invalid");
            assertThat(problem.text("detail")).startsWith("body: a list of ");
            var order = "{\"items\": " + body + ", \"deliveryAddress\": \"x\"}";
            assertThat(api.post("customer:c", "/api/v1/orders", order)
                            .isProblem(400, "invalid")
                            .text("detail"))
                    .startsWith(form.equals("[],") ? "items[0]: a list of 0" : "items: a list of ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health HTTP/1.1\r\nHost: [::ffff:127.0.0.1]\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: localhost:evil\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: evil@x\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: [\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost:\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /health HTTP/1.1\r\n\r\n",
                "GET /api/v1/orders HTTP/1.1\r\nHost: localhost:99999\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
                "CONNECT h:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "CONNECT / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "TRACE /health HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET * HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET health HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "BREW /health HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/v1/orders?limit=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/v1/log?since=%2B999999999-12-31T23:59:59Z HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/v1/log?since=0000-01-01T00:00:00Z HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /api/v1/tokens HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
                "POST /api/v1/tokens HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
                "POST /api/v1/tokens HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
                "POST /api/v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                "POST /api/v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /api/v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n\0\0\0{",
                "POST /api/v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n\u00ff",
            })
    void whatIsNoRequestIsItsSendersMistake(String request) {
        try (var wire = wire()) {
            assertThat(wire.send(request).response()).startsWith("HTTP/1.1 4").doesNotContain("has been logged");
        }
        assertThat(api.get("admin:root", "/metrics").http().body()).doesNotContain("status=\"500\"");
    }

    @Test
    void jsonThatIsTooDeepOrTooLongIsInvalid() {
        for (var value : List.of("[".repeat(1_001) + "]".repeat(1_001), "1".repeat(1_001), "{\"a\":".repeat(1_001))) {
            for (var body : List.of(
                    value,
                    "{\"items\": " + value + "}",
                    "{\"deliveryAddress\": " + value + "}",
                    "{\"items\": [{\"product\": \"p\", \"quantity\": " + value + "}]}")) {
                api.post("customer:deep", "/api/v1/orders", body).isProblem(400, "invalid");
                api.post("driver:deep", "/api/v1/drivers/me/location", body).isProblem(400, "invalid");
            }
        }
        assertThat(api.get("admin:root", "/metrics").http().body()).doesNotContain("status=\"500\"");
    }
}
