package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.concurrent.Threads;
import waybill.link.LinkToken;
import waybill.server.identity.Grant;
import waybill.server.rest.link.LinkViewer;

/// Public links while time passes, the hub restarts, and an address guesses.
@Timeout(120)
class LinksOverThePortTest {

    private static final Duration YEAR = Duration.ofDays(365);

    /// An address of the loopback network that is not the one by which this machine calls itself.
    private static final String ELSEWHERE = "127.0.0.2";

    private static final int GUESSES = 10_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final HttpClient http = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private WaybillServer hub;

    @BeforeEach
    void start() {
        var system = InstantSource.system();
        hub = WaybillServer.start(
                Config.defaults(data)
                        .withPorts(List.of(0))
                        .withOrders(new OrderSettings("WB", Duration.ZERO, YEAR, YEAR)),
                new Platform(
                        () -> system.instant().plus(ahead.get()),
                        () -> System.nanoTime() + ahead.get().toNanos(),
                        new SecureRandom(),
                        Threads.ofPlatform()));
    }

    @AfterEach
    void stop() {
        hub.close();
        http.close();
    }

    @Test
    void anExpiredLinkEndsItsStreamsAndIsUnknown() throws JSONException {
        var order = place();
        var link = share(order, "{\"expiresIn\": 3600}");
        try (var viewer = view(link)) {
            viewer.next("state");
            ahead.set(Duration.ofMinutes(61));
            assertThat(viewer.next("end").data().path("reason").asText()).isEqualTo("expired");
            assertThat(viewer.isAtEnd()).isTrue();
        }
        assertThat(same(get(http, "/t/" + link))).isEqualTo(same(get(http, "/t/unknown")));
        assertThat(same(get(http, "/t/" + link + "/events"))).isEqualTo(same(get(http, "/t/unknown/events")));
    }

    @Test
    void aStreamWithoutEventsHasAHeartbeatEveryFifteenSeconds() throws JSONException {
        try (var viewer = view(share(place(), ""))) {
            viewer.next("state");
            for (var seconds = 15; seconds <= 45; seconds += 15) {
                ahead.set(Duration.ofSeconds(seconds));
                assertThat(viewer.nextLine()).isEqualTo(":");
                assertThat(viewer.nextLine()).isEmpty();
            }
        }
    }

    @Test
    void aLinkExpiresTwoHoursAfterTheEndOfItsOrder() throws JSONException {
        var order = place();
        var link = share(order, "{\"expiresIn\": 604800}");
        patch(order, "declined");
        ahead.set(Duration.ofMinutes(119));
        assertThat(get(http, "/t/" + link).statusCode()).isEqualTo(200);
        ahead.set(Duration.ofMinutes(121));
        assertThat(same(get(http, "/t/" + link))).isEqualTo(same(get(http, "/t/unknown")));
        assertThat(same(get(http, "/t/" + link + "/events"))).isEqualTo(same(get(http, "/t/unknown/events")));
    }

    @Test
    void aHubThatStartsAgainKnowsItsLinks() throws JSONException {
        var link = share(place(), "");
        var port = hub.addresses().getFirst().getPort();
        String id;
        try (var viewer = view(link)) {
            id = viewer.next("state").id();
            hub.close();
            assertThat(viewer.isAtEnd()).isTrue(); // without an end event: a browser connects again
        }
        hub = WaybillServer.start(Config.defaults(data).withPorts(List.of(port)));
        assertThat(get(http, "/t/" + link).statusCode()).isEqualTo(200);
        try (var viewer = view(link)) {
            assertThat(viewer.next("state").id()).isEqualTo(id);
        }
    }

    @Test
    void anAddressThatGuessesIsLimitedAndOthersAreServed() throws IOException, JSONException {
        assumeTrue(isHere(ELSEWHERE), ELSEWHERE + ": not an address of this machine");
        var link = share(place(), "");
        var random = new SecureRandom();
        var statuses = new TreeMap<Integer, Integer>();
        var slowestMs = 0L;
        try (var guesser = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(ELSEWHERE))
                .build()) {
            for (var i = 0; i < GUESSES; i++) {
                var path = "/t/" + LinkToken.generate(random).value() + (i % 2 == 0 ? "" : "/events");
                statuses.merge(get(guesser, path).statusCode(), 1, Integer::sum);
                if (i % 1_000 == 0) {
                    var startedAt = System.nanoTime();
                    assertThat(get(http, "/t/" + link).statusCode()).isEqualTo(200);
                    slowestMs = Math.max(
                            slowestMs,
                            Duration.ofNanos(System.nanoTime() - startedAt).toMillis());
                }
            }
            assertThat(get(guesser, "/t/" + link).statusCode()).isEqualTo(200); // in memory, since others view it
        }
        assertThat(statuses.keySet()).containsExactly(404, 429);
        assertThat(statuses.get(404)).isLessThan(200);
        assertThat(slowestMs).isLessThan(1_000);
    }

    private static boolean isHere(String address) {
        try (var _ = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private LinkViewer view(String link) {
        return LinkViewer.open(http, uri("/t/" + link + "/events"));
    }

    private static String same(HttpResponse<String> answer) {
        return answer.statusCode() + "\n" + answer.headers().map() + "\n" + answer.body();
    }

    private String place() throws JSONException {
        var answer = write("POST", "/orders", """
                {"storeId": "wok", "items": [{"product": "soup", "quantity": 1}], "deliveryAddress": "1 Main St"}""");
        return new JSONObject(answer.body()).getString("orderId");
    }

    private String share(String order, String body) throws JSONException {
        return new JSONObject(write("POST", "/orders/" + order + "/share", body).body()).getString("token");
    }

    private void patch(String order, String status) {
        write("PATCH", "/orders/" + order + "/status", "{\"status\": \"" + status + "\"}");
    }

    private HttpResponse<String> write(String method, String path, String body) {
        var token = hub.identity()
                .issuer()
                .orElseThrow()
                .issue(new Grant(new Principal("root", Role.ADMIN, null, null, null), YEAR));
        var answer = send(
                http,
                HttpRequest.newBuilder(uri(path))
                        .header("authorization", "Bearer " + token)
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer;
    }

    private HttpResponse<String> get(HttpClient client, String path) {
        return send(client, HttpRequest.newBuilder(uri(path)));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        return client.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + hub.addresses().getFirst().getPort() + path);
    }
}
