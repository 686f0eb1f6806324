package waybill.server.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.mailbox.Queue;
import waybill.mailbox.Subscriptions;
import waybill.mailbox.Topic;
import waybill.order.Actor;
import waybill.order.Details;
import waybill.order.OrderCommand;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.order.Orders;
import waybill.order.Speaker;
import waybill.storage.Limits;
import waybill.storage.Store;

class RoutesTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService readers = Executors.newSingleThreadExecutor();
    private final Subscriptions subscriptions = new Subscriptions(10);
    private final AtomicBoolean writable = new AtomicBoolean(true);
    private final AtomicBoolean busy = new AtomicBoolean();

    @SuppressWarnings("NullAway.Init")
    private Store store;

    private int port;

    @BeforeEach
    void start() {
        store = Store.open(data, Limits.defaults(), () -> {});
        var routes = new Routes(
                store.log(),
                store.mailboxes(),
                subscriptions,
                this::read,
                writable::get,
                () -> 3,
                "https://shop.example"::equals,
                _ -> true);
        var server = vertx.createHttpServer().requestHandler(routes.router(vertx));
        port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    @AfterEach
    void stop() {
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        readers.close();
        store.close();
    }

    @Test
    void theLogIsReadByStoreAndEventPageByPage() throws IOException, InterruptedException {
        for (var i = 1; i <= 5; i++) {
            place("acme-widgets", "m" + i);
            place("1-800-flowers", "f" + i);
        }
        var first = json(get("/api/v1/log?store=acme-widgets&event=pickup&limit=3"));
        assertThat(first.messageIds()).containsExactly("m1", "m2", "m3");
        var second = json(get("/api/v1/log?store=acme-widgets&event=pickup&limit=3&cursor=" + first.text("next")));
        assertThat(second.messageIds()).containsExactly("m4", "m5");
        assertThat(second.body().containsKey("next")).isFalse();
        assertThat(json(get("/api/v1/log?event=delivered")).messageIds()).isEmpty();
    }

    @Test
    void anEntryOfTheLogSaysWhoWhatAndWhen() throws IOException, InterruptedException {
        place("acme-widgets", "m1");
        var order = orderId("acme-widgets", "m1");
        assertThat(get("/api/v1/log").body()).isEqualTo("""
                {"entries":[{"eventId":1,"event":"pickup","store":"acme-widgets","messageId":"m1",\
                "orderId":"%s","by":"store:acme-widgets",\
                "occurredAt":"2026-01-01T12:00:00.000Z","receivedAt":"2026-01-01T12:00:00.250Z",\
                "payload":{"of": "m1"}}]}""".formatted(order));
    }

    @Test
    void theLogIsReadFromATimeOrAnEventOn() throws IOException, InterruptedException {
        place("acme-widgets", "m1");
        place("acme-widgets", "m2");
        assertThat(json(get("/api/v1/log?since=1")).messageIds()).containsExactly("m2");
        assertThat(json(get("/api/v1/log?since=2026-01-01T12:00:00Z")).messageIds())
                .hasSize(2);
        assertThat(json(get("/api/v1/log?since=2026-01-01T12:00:01Z")).messageIds())
                .isEmpty();
    }

    @Test
    void queuesShowWhatWaitsAndWhoListens() throws IOException, InterruptedException {
        place("acme-widgets", "m1");
        place("acme-widgets", "m2");
        subscriptions.add(new Queue("acme-widgets", Topic.DELIVERED), "socket-1");
        assertThat(get("/api/v1/queues").body()).isEqualTo("""
                {"queues":[\
                {"store":"acme-widgets","event":"pickup","depth":2,"oldest":"2026-01-01T12:00:00.250Z","subscribers":[]},\
                {"store":"acme-widgets","event":"delivered","depth":0,"subscribers":["socket-1"]}]}""");
        assertThat(get("/api/v1/queues/acme-widgets/pickup?limit=1").body()).isEqualTo("""
                {"messages":[{"eventId":1,"event":"pickup","messageId":"m1","clientId":"acme-widgets",\
                "receivedAt":"2026-01-01T12:00:00.250Z","order":{"of": "m1"}}],"next":"1"}""");
    }

    @Test
    void mistakesAreProblemsThatSayWhatWasExpected() throws IOException, InterruptedException {
        var answer = get("/api/v1/log?since=yesterday");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        var problem = new JsonObject(answer.body());
        assertThat(problem.getString("code")).isEqualTo("invalid");
        assertThat(problem.getString("field")).isEqualTo("since");
        assertThat(problem.getString("detail"))
                .isEqualTo("since: yesterday (expected: an event id, or a time such as 2026-01-31T12:00:00Z)");
        assertThat(detail("/api/v1/log?limit=0")).isEqualTo("limit: 0 (expected: 1..1000)");
        assertThat(detail("/api/v1/log?limit=many")).isEqualTo("limit: many (expected: a whole number)");
        assertThat(detail("/api/v1/log?event=lost"))
                .isEqualTo("event: lost (expected: pickup, in-transit or delivered)");
        assertThat(detail("/api/v1/queues/acme-widgets/lost"))
                .isEqualTo("event: lost (expected: pickup, in-transit or delivered)");
    }

    @Test
    void whatIsNotThereIsAProblemToo() throws IOException, InterruptedException {
        assertThat(get("/api/v1/nothing").statusCode()).isEqualTo(404);
        assertThat(new JsonObject(get("/nothing").body()).getString("code")).isEqualTo("not_found");
        var request = HttpRequest.newBuilder(uri("/api/v1/log"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @Test
    void readersThatAreTooBusyAreSaidToBe() throws IOException, InterruptedException {
        busy.set(true);
        var answer = get("/api/v1/queues");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).contains("1");
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("unavailable");
    }

    @Test
    void aHubThatCannotWriteLivesButIsNotReady() throws IOException, InterruptedException {
        assertThat(get("/health").body()).contains("\"connections\":3", "\"status\":\"up\"");
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        writable.set(false);
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health").body()).contains("\"store\":\"not writable\"");
    }

    @Test
    void onlyPagesOfAllowedOriginsMayAsk() throws IOException, InterruptedException {
        var allowed = get("/health", "origin", "https://shop.example");
        assertThat(allowed.headers().firstValue("access-control-allow-origin")).contains("https://shop.example");
        var denied = get("/health", "origin", "https://evil.example");
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.headers().firstValue("access-control-allow-origin")).isEmpty();
        assertThat(new JsonObject(denied.body()).getString("code")).isEqualTo("forbidden");
    }

    private void read(Runnable read) {
        if (busy.get()) {
            throw new RejectedExecutionException();
        }
        readers.execute(read);
    }

    private void place(String storeId, String messageId) {
        var place = new OrderCommand.Place(
                orderId(storeId, messageId),
                messageId,
                OrderState.READY_FOR_PICKUP,
                Details.ofParcel("", ""),
                "{\"of\": \"" + messageId + "\"}");
        var by = new Speaker.Believed(new Actor(Actor.Kind.STORE, storeId));
        new Orders(store.journal(), _ -> true, new Orders.Rules("T", Optional.empty(), _ -> "{}"))
                .handle(new Orders.Request(
                        new Orders.Which.Named(storeId, messageId), place, by, NOON, NOON.plusMillis(250)))
                .join();
    }

    private static OrderId orderId(String storeId, String messageId) {
        return new OrderId(UUID.nameUUIDFromBytes((storeId + messageId).getBytes(UTF_8)));
    }

    private String detail(String path) throws IOException, InterruptedException {
        return new JsonObject(get(path).body()).getString("detail");
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static Page json(HttpResponse<String> answer) {
        return new Page(new JsonObject(answer.body()));
    }

    private record Page(JsonObject body) {

        List<String> messageIds() {
            return body.getJsonArray("entries").stream()
                    .map(entry -> ((JsonObject) entry).getString("messageId"))
                    .toList();
        }

        String text(String name) {
            return body.getString(name);
        }
    }
}
