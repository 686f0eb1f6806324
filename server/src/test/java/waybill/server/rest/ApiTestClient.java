package waybill.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import waybill.server.Config;
import waybill.server.Platform;
import waybill.server.PlatformHub;

/// A running hub, or its routes alone, asked over HTTP. Every answer is held to the contract on the way, and
/// must have nothing that the contract does not name.
///
/// As an extension of a test class it runs a hub of its own while the tests of the class do. With `-Dwaybill.nodes=2`
/// a hub is two nodes on PostgreSQL and Redis, and each request goes to another node than the one before.
public final class ApiTestClient implements BeforeAllCallback, AfterAllCallback, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int RATE_LIMITED = 429;

    /// Fewer requests than the 50 reads a second that a user has.
    private static final long POLL_EVERY_MS = 25;

    private static final Duration UNTIL_MAX = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private List<Integer> ports;
    private Runnable closing;

    private ApiTestClient(List<Integer> ports, Runnable closing) {
        this.ports = ports;
        this.closing = closing;
    }

    private ApiTestClient(TestNodes hub) {
        this(hub.ports(), hub::close);
    }

    /// A client of a hub that is started before the tests of a class and closed after them:
    /// `@RegisterExtension static final ApiTestClient api = ApiTestClient.ofTestClass();`.
    public static ApiTestClient ofTestClass() {
        return new ApiTestClient(List.of(), () -> {});
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        var data = Files.createTempDirectory("waybill-test");
        var hub = TestNodes.start(data, node -> config(node, UnaryOperator.identity()));
        ports = hub.ports();
        closing = () -> {
            hub.close();
            delete(data);
        };
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Asks the routes of a kit, which is closed with it.
    public static ApiTestClient of(RestFixture kit) {
        return new ApiTestClient(List.of(kit.serve()), kit::close);
    }

    /// Asks a hub that another part of the test closes.
    public static ApiTestClient of(InetSocketAddress hub) {
        return new ApiTestClient(List.of(hub.getPort()), () -> {});
    }

    public static ApiTestClient start(Path data) {
        return start(data, UnaryOperator.identity());
    }

    public static ApiTestClient start(Path data, UnaryOperator<Config> settings) {
        return new ApiTestClient(TestNodes.start(data, node -> config(node, settings)));
    }

    /// With a time of the test's own, for example.
    public static ApiTestClient start(Path data, UnaryOperator<Config> settings, Platform platform) {
        var hub = PlatformHub.start(config(data, settings), platform);
        return new ApiTestClient(List.of(hub.addresses().getFirst().getPort()), hub::close);
    }

    private static Config config(Path data, UnaryOperator<Config> settings) {
        return settings.apply(Config.defaults(data).withPorts(List.of(0)).withLoops(2));
    }

    /// What came back.
    public record Answer(int status, JsonNode body, HttpResponse<String> http) {

        public String text(String name) {
            return body.path(name).asText();
        }

        public Answer is(int expected) {
            assertThat(status).as(http.body()).isEqualTo(expected);
            return this;
        }

        public Answer isProblem(int expected, String code) {
            is(expected);
            assertThat(text("code")).as(http.body()).isEqualTo(code);
            assertThat(header("content-type")).contains("application/problem+json");
            return this;
        }

        public Optional<String> header(String name) {
            return http.headers().firstValue(name);
        }
    }

    /// A token of a user, `role` or `role:id`; a merchant's id is its store's, too.
    public String token(String who) {
        return tokens.computeIfAbsent(who, _ -> {
            var words = who.split(":", 2);
            var id = words.length == 2 ? words[1] : words[0];
            return post(
                            "",
                            "/api/v1/tokens",
                            "{\"userId\": \"%s\", \"role\": \"%s\", \"name\": \"Name of %s\", \"phone\": \"+47 1\"}"
                                    .formatted(id, words[0], id))
                    .is(201)
                    .text("token");
        });
    }

    public Answer get(String who, String path) {
        return request("GET", who, path, "");
    }

    public Answer post(String who, String path, String json, String... headers) {
        return request("POST", who, path, json, headers);
    }

    public Answer patch(String who, String path, String json, String... headers) {
        return request("PATCH", who, path, json, headers);
    }

    public Answer request(String method, String who, String path, String json, String... headers) {
        return requestAsync(method, who, path, json, headers).join();
    }

    /// An empty `who` sends no token.
    public CompletableFuture<Answer> requestAsync(
            String method, String who, String path, String json, String... headers) {
        var request = HttpRequest.newBuilder(uri(path))
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!who.isEmpty()) {
            request.header("authorization", "Bearer " + token(who));
        }
        return http.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(answer -> {
            var type = answer.headers().firstValue("content-type").orElse("");
            var isJson = type.isEmpty() || type.contains("json");
            var read = isJson ? json(answer.body()) : TextNode.valueOf(answer.body());
            StrictContract.require(method, path, answer, read);
            return new Answer(answer.statusCode(), read, answer);
        });
    }

    public HttpResponse<String> send(HttpRequest request) {
        return http.sendAsync(request, BodyHandlers.ofString()).join();
    }

    public URI uri(String path) {
        var node = Math.floorMod(requests.getAndIncrement(), ports.size());
        return URI.create("http://127.0.0.1:" + ports.get(node) + path);
    }

    private static JsonNode json(String text) {
        try {
            return text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(new IOException(text, e));
        }
    }

    /// Places an order and gives its id.
    public String place(String who, String store) {
        return post(who, "/api/v1/orders", """
                {"storeId": "%s", "items": [{"product": "pizza", "quantity": 2, "price": 1250}],
                 "deliveryAddress": {"text": "1 Main St", "latitude": 59.91, "longitude": 10.75}}""".formatted(store)).is(201).text("orderId");
    }

    public Answer status(String who, String order, String status) {
        return patch(who, "/api/v1/orders/" + order + "/status", "{\"status\": \"" + status + "\"}");
    }

    /// Asks again and again until an answer is as expected. The requests stay below the hub's rate limit, and one that
    /// is rejected by it, since the test reads beside, is asked again when the hub says.
    public Answer getUntil(String who, String path, Predicate<Answer> isExpected) {
        var endNanos = System.nanoTime() + UNTIL_MAX.toNanos();
        while (true) {
            var answer = get(who, path);
            var isLimited = answer.status() == RATE_LIMITED;
            if (!isLimited && isExpected.test(answer.is(200))) {
                return answer;
            }
            assertThat(System.nanoTime())
                    .as(
                            "after %s, %s answers %s",
                            UNTIL_MAX, path, answer.http().body())
                    .isLessThan(endNanos);
            var waitMs = isLimited ? answer.body().path("retryAfterMs").asLong() : POLL_EVERY_MS;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(waitMs));
        }
    }

    /// Waits until every committed event has been published, so that what is in memory has it.
    public void awaitPublished() {
        awaitMetric("waybill_relay_lag_events 0.0");
    }

    /// Waits until the metrics have that line.
    public void awaitMetric(String line) {
        getUntil("admin:operator", "/metrics", answer -> answer.http().body().contains("\n" + line + "\n"));
    }

    @Override
    public void close() {
        http.close();
        closing.run();
    }

    /// What each row of a list in an answer says under `name`.
    public static List<String> ids(Answer page, String list, String name) {
        return page.body()
                .path(list)
                .valueStream()
                .map((JsonNode row) -> row.path(name).asText())
                .toList();
    }
}
