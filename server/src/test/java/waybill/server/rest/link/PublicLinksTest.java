package waybill.server.rest.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.server.rest.ApiTestClient;

/// The life of a public link, as its sharer and its viewers see it over the port.
@Timeout(120)
class PublicLinksTest {

    private static final String SHARE = "/orders/%s/share";

    @RegisterExtension
    static final ApiTestClient api = ApiTestClient.ofTestClass();

    @SuppressWarnings("NullAway.Init")
    private static HttpClient http;

    private static int drivers;

    @BeforeAll
    static void open() {
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void close() {
        http.close();
    }

    /// The orders of a driver that has two of them in hand, the second of which is shared.
    private record Trip(String driver, String first, String second, String token) {}

    private static Trip trip() {
        var driver = "driver:d" + ++drivers;
        var first = api.place("customer:jane", "pasta");
        var second = api.place("customer:bob", "wok");
        bring(driver, "pasta", first, "accepted", "ready_for_pickup", "assigned_to_driver", "picked_up", "in_transit");
        bring(driver, "wok", second, "accepted", "ready_for_pickup", "assigned_to_driver", "picked_up", "in_transit");
        api.awaitPublished();
        return new Trip(driver, first, second, share("customer:bob", second));
    }

    private static void bring(String driver, String store, String order, String... statuses) {
        for (var status : statuses) {
            var isStores = status.equals("accepted") || status.equals("ready_for_pickup");
            api.status(isStores ? "merchant:" + store : driver, order, status).is(200);
        }
    }

    private static String share(String who, String order) {
        return api.post(who, SHARE.formatted(order), "").is(201).text("token");
    }

    private static void report(String driver, double latitude) {
        api.post(
                        driver,
                        "/api/v1/drivers/me/location",
                        "[{\"latitude\": %s, \"longitude\": 10.751}]".formatted(latitude))
                .is(200);
    }

    private static LinkViewer view(String token, String... headers) {
        return LinkViewer.open(http, api.uri("/t/" + token + "/events"), headers);
    }

    private static HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    private static HttpResponse<String> send(String method, String path, String... headers) {
        var request = HttpRequest.newBuilder(api.uri(path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return api.send(request.build());
    }

    @Test
    void twentyViewersSeeADriverExactlyOnceTheOrderIsItsNextStop() {
        var trip = trip();
        report(trip.driver, 59.9172);
        var viewers = new ArrayList<LinkViewer>();
        for (var i = 0; i < 20; i++) {
            viewers.add(view(trip.token));
        }
        for (var viewer : viewers) {
            var state = viewer.next("state").data();
            assertThat(state.path("status").asText()).isEqualTo("in_transit");
            assertThat(state.path("stopsBefore").asInt()).isEqualTo(1);
            assertThat(state.path("driverName").asText()).isEqualTo("Name");
            assertThat(state.path("position").path("precision").asText()).isEqualTo("kilometre");
            assertThat(state.path("position").path("latitude").asDouble()).isEqualTo(59.92);
            assertThat(state.has("destination")).isFalse();
        }
        bring(trip.driver, "pasta", trip.first, "delivered");
        viewers.forEach(viewer -> {
            var state = viewer.next("state").data();
            assertThat(state.path("stopsBefore").asInt(-1)).isZero();
            assertThat(state.path("position").path("precision").asText()).isEqualTo("exact");
            assertThat(state.path("destination").path("latitude").asDouble()).isEqualTo(59.91);
        });
        assertThat(get("/t/" + trip.token, "Accept", "text/html").body())
                .contains("The driver is <span class=\"distance\">800\u00a0m</span> from the door, seen ");
        report(trip.driver, 59.9183);
        viewers.forEach(viewer -> assertThat(
                        viewer.next("position").data().path("latitude").asDouble())
                .isEqualTo(59.9183));
        bring(trip.driver, "wok", trip.second, "delivered");
        viewers.forEach(viewer -> {
            var state = viewer.next("state").data();
            assertThat(state.path("status").asText()).isEqualTo("delivered");
            assertThat(state.path("ended").asBoolean()).isTrue();
            assertThat(state.has("position")).isFalse();
            assertThat(state.has("destination")).isFalse();
            assertThat(state.has("driverName")).isFalse();
            assertThat(viewer.next().data().path("reason").asText()).isEqualTo("ended");
            assertThat(viewer.isAtEnd()).isTrue();
            viewer.close();
        });
        report(trip.driver, 59.9194);
        var after = api.get("", "/t/" + trip.token).is(200);
        assertThat(after.text("status")).isEqualTo("delivered");
        assertThat(after.body().has("position")).isFalse();
    }

    @Test
    void aLinkShowsNothingOfTheCustomerAndNoIds() {
        var trip = trip();
        report(trip.driver, 59.9172);
        for (var body : List.of(
                get("/t/" + trip.token).body(),
                get("/t/" + trip.token, "Accept", "text/html").body())) {
            assertThat(body)
                    .contains("Name")
                    .doesNotContain("Main St", "10.75,", "bob", "+47", "Name of", trip.driver.substring(7) + "\"")
                    .doesNotContain(trip.second, trip.first);
        }
    }

    @Test
    void aRevokedLinkEndsItsStreamsAtOnceAndANewOneWorks() {
        var trip = trip();
        var other = share("merchant:wok", trip.second);
        try (var one = view(trip.token);
                var two = view(other)) {
            one.next("state");
            two.next("state");
            api.request("DELETE", "driver:d" + drivers, SHARE.formatted(trip.second), "")
                    .is(204);
            for (var viewer : List.of(one, two)) {
                assertThat(viewer.next("end").data().path("reason").asText()).isEqualTo("revoked");
                assertThat(viewer.isAtEnd()).isTrue();
            }
        }
        for (var token : List.of(trip.token, other)) {
            assertThat(get("/t/" + token).statusCode()).isEqualTo(404);
            assertThat(view(token).status()).isEqualTo(404);
        }
        api.request("DELETE", "customer:bob", SHARE.formatted(trip.second), "").is(204);
        assertThat(get("/t/" + share("customer:bob", trip.second)).statusCode()).isEqualTo(200);
    }

    @Test
    void oneLinkTooManyRevokesTheOldest() {
        var order = api.place("customer:bob", "wok");
        var tokens = IntStream.range(0, 6)
                .mapToObj(_ -> share("customer:bob", order))
                .toList();
        assertThat(tokens.stream().map(token -> get("/t/" + token).statusCode()))
                .containsExactly(404, 200, 200, 200, 200, 200);
    }

    @Test
    void theHistoryOfTheOrderSaysWhichUserSharedAndRevokedIt() {
        var order = api.place("customer:bob", "wok");
        var shared = api.post("customer:bob", SHARE.formatted(order), "{\"expiresIn\": 60}")
                .is(201);
        api.request("DELETE", "admin:root", SHARE.formatted(order), "").is(204);
        var events = api.get("customer:bob", "/orders/" + order + "/events").is(200);
        var last = events.body().path("events").valueStream().skip(1).toList();
        assertThat(last.getFirst().path("event").asText()).isEqualTo("link_shared");
        assertThat(last.getFirst().path("by").asText()).isEqualTo("customer:bob");
        assertThat(last.getFirst().path("linkId").asText()).isEqualTo(shared.text("linkId"));
        assertThat(last.getFirst().path("linkExpiresAt").asText()).isEqualTo(shared.text("expiresAt"));
        assertThat(last.getLast().path("event").asText()).isEqualTo("links_revoked");
        assertThat(last.getLast().path("by").asText()).isEqualTo("admin:root");
        assertThat(last.getLast().path("revokedLinkIds").path(0).asText()).isEqualTo(shared.text("linkId"));
        assertThat(events.http().body()).doesNotContain(shared.text("token"));
    }

    @ParameterizedTest
    @CsvSource({
        "customer:jane, 403, forbidden",
        "merchant:pasta, 403, forbidden",
        "driver:other, 403, forbidden",
        "'', 401, unauthenticated"
    })
    void strangersShareNothing(String who, int status, String code) {
        var order = api.place("customer:bob", "wok");
        api.post(who, SHARE.formatted(order), "").isProblem(status, code);
        api.request("DELETE", who, SHARE.formatted(order), "").isProblem(status, code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"expiresIn": 59}                                                | expiresIn
            {"expiresIn": 604801}                                            | expiresIn
            {"expiresIn": "1h"}                                              | expiresIn
            {"expiresAt": "2020-01-01T00:00:00Z"}                            | expiresAt
            {"expiresAt": "2099-01-01T00:00:00Z"}                            | expiresAt
            {"expiresAt": "soon"}                                            | expiresAt
            {"expiresIn": 60, "expiresAt": "2026-01-01T00:00:00Z"}           | expiresAt
            {"expires": 60}                                                  | expires
            """)
    void anExpiryOutOfRangeIsInvalid(String body, String field) {
        var order = api.place("customer:bob", "wok");
        var answer = api.post("customer:bob", SHARE.formatted(order), body).isProblem(400, "invalid");
        assertThat(answer.text("field")).isEqualTo(field);
    }

    @Test
    void anOrderThatHasEndedOrDoesNotExistIsNotShared() {
        var order = api.place("customer:bob", "wok");
        api.status("merchant:wok", order, "declined").is(200);
        api.post("customer:bob", SHARE.formatted(order), "").isProblem(409, "conflict");
        api.post("customer:bob", SHARE.formatted("018f2f5e-0000-7000-8000-000000000000"), "")
                .isProblem(404, "not_found");
    }

    @Test
    void invalidLinksHaveOneAnswer() {
        var order = api.place("customer:bob", "wok");
        var revoked = share("customer:bob", order);
        api.request("DELETE", "customer:bob", SHARE.formatted(order), "").is(204);
        var tokens = List.of(
                revoked,
                "A".repeat(24),
                "a",
                "A".repeat(2_000),
                "%20",
                "..%2f..%2fetc",
                "%00",
                revoked + "x",
                "ä",
                "'");
        for (var accept : List.of("application/json", "text/html")) {
            var answers = tokens.stream()
                    .map(token -> get("/t/" + token.replace("ä", "%C3%A4"), "Accept", accept))
                    .map(answer -> answer.statusCode() + "\n" + answer.headers().map() + "\n" + answer.body())
                    .distinct()
                    .toList();
            assertThat(answers).hasSize(1);
            assertThat(answers.getFirst()).startsWith("404");
        }
        assertThat(tokens.stream()
                        .map(token -> get("/t/" + token.replace("ä", "%C3%A4") + "/events"))
                        .map(answer ->
                                answer.statusCode() + "\n" + answer.headers().map() + "\n" + answer.body())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void everyAnswerIsKeptOutOfCachesIndexesAndReferers() {
        var token = share("customer:bob", api.place("customer:bob", "wok"));
        var answers = Stream.of("/t/" + token, "/t/unknown", "/t/unknown/events")
                .map(path -> get(path).headers().map())
                .toList();
        for (var headers : answers) {
            assertThat(headers)
                    .containsEntry("cache-control", List.of("no-store"))
                    .containsEntry("referrer-policy", List.of("no-referrer"))
                    .containsEntry("x-robots-tag", List.of("noindex"));
        }
        try (var viewer = view(token)) {
            assertThat(viewer.header("content-type")).contains("text/event-stream");
            assertThat(viewer.header("cache-control")).contains("no-store");
            assertThat(viewer.header("referrer-policy")).contains("no-referrer");
            assertThat(viewer.header("x-robots-tag")).contains("noindex");
            assertThat(viewer.header("x-accel-buffering")).contains("no");
        }
    }

    @Test
    void aBrowserGetsAPageWithOneScriptOfTheHubAndAProgramJson() {
        var token = share("customer:bob", api.place("customer:bob", "wok"));
        var page = get("/t/" + token, "Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
        assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'; style-src 'sha256-"));
        assertThat(page.body())
                .contains("The store has the order and has yet to accept it.", "lang=\"en\"", "prefers-color-scheme")
                .containsOnlyOnce("<script")
                .containsPattern("<script type=\"module\" src=\"/assets/[0-9a-f]{12}/app/tracking.js\"></script>")
                .doesNotContain("onclick", "http://", "https://");
        for (var json : List.of(
                get("/t/" + token),
                get("/t/" + token, "Accept", "application/json"),
                get("/t/" + token + ".json", "Accept", "text/html"))) {
            assertThat(json.headers().firstValue("content-type")).contains("application/json");
            assertThat(json.body()).contains("\"status\":\"pending\"");
        }
    }

    @Test
    void aHeadRequestHasNoBodyAndOtherMethodsAreNotAllowed() {
        var token = share("customer:bob", api.place("customer:bob", "wok"));
        var head = send("HEAD", "/t/" + token);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(send("HEAD", "/t/unknown").statusCode()).isEqualTo(404);
        for (var method : List.of("POST", "PUT", "DELETE", "PATCH")) {
            var answer = send(method, "/t/" + token);
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
        }
        assertThat(send("POST", "/t/" + token + "/events").statusCode()).isEqualTo(405);
        assertThat(send("HEAD", "/t/" + token + "/events").statusCode()).isEqualTo(405);
    }

    @Test
    void aViewerThatConnectsAgainReceivesAStateOnlyIfItIsNew() {
        var trip = trip();
        report(trip.driver, 59.9172);
        String id;
        try (var viewer = view(trip.token)) {
            id = viewer.next("state").id();
        }
        try (var viewer = view(trip.token, "Last-Event-ID", id)) {
            var first = viewer.next();
            assertThat(first.name()).isEqualTo("eta");
            assertThat(viewer.next().name()).isEqualTo("position");
            bring(trip.driver, "pasta", trip.first, "delivered");
            assertThat(viewer.next("state").id()).isNotEqualTo(id);
        }
        try (var viewer = view(trip.token, "Last-Event-ID", id)) {
            var missed = viewer.next();
            assertThat(missed.name()).isEqualTo("state");
            assertThat(missed.data().path("stopsBefore").asInt(-1)).isZero();
        }
        bring(trip.driver, "wok", trip.second, "delivered");
        api.awaitPublished();
        try (var viewer = view(trip.token, "Last-Event-ID", id)) {
            id = viewer.next("state").id();
            assertThat(viewer.next().name()).isEqualTo("end");
        }
        assertThat(view(trip.token, "Last-Event-ID", id).status()).isEqualTo(204);
    }

    @Test
    void aLinkHasALimitedNumberOfStreams() {
        var token = share("customer:bob", api.place("customer:bob", "wok"));
        var viewers = new ArrayList<LinkViewer>();
        for (var i = 0; i < LinkStreamLimits.PER_LINK_MAX; i++) {
            var viewer = view(token);
            assertThat(viewer.status()).isEqualTo(200);
            viewers.add(viewer);
        }
        var rejected = get("/t/" + token + "/events");
        assertThat(rejected.statusCode()).isEqualTo(429);
        assertThat(rejected.headers().firstValue("retry-after")).contains("30");
        viewers.forEach(LinkViewer::close);
        var status = 429;
        while (status != 200) { // until the hub has noticed
            try (var viewer = view(token)) {
                status = viewer.status();
            }
        }
    }

    @Test
    void pagesOfAllowedOriginsMayReadALink() {
        var token = share("customer:bob", api.place("customer:bob", "wok"));
        var own = get("/t/" + token, "Origin", "http://localhost:3000");
        assertThat(own.headers().firstValue("access-control-allow-origin")).contains("http://localhost:3000");
        assertThat(get("/t/" + token, "Origin", "https://elsewhere.example").statusCode())
                .isEqualTo(403);
    }
}
