package waybill.server.rest.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How links are shared, and what their viewers are answered.
class PublicLinksTest extends LinkScenario {

    @Test
    void aLinkShowsNothingOfTheCustomerAndNoIds() {
        var trip = trip();
        report(trip.driver(), 59.9172);
        for (var body : List.of(
                get("/t/" + trip.token()).body(),
                get("/t/" + trip.token(), "Accept", "text/html").body())) {
            assertThat(body)
                    .contains("Name")
                    .doesNotContain(
                            "Main St",
                            "10.75,",
                            "bob",
                            "+47",
                            "Name of",
                            trip.driver().substring(7) + "\"")
                    .doesNotContain(trip.second(), trip.first());
        }
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
                .hasValueSatisfying(policy -> assertThat(policy)
                        .startsWith("default-src 'none'; style-src 'sha256-")
                        .contains(" script-src 'self';", " connect-src 'self';"));
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
    void pagesOfAllowedOriginsMayReadALink() {
        var token = share("customer:bob", api.place("customer:bob", "wok"));
        var own = get("/t/" + token, "Origin", "http://localhost:3000");
        assertThat(own.headers().firstValue("access-control-allow-origin")).contains("http://localhost:3000");
        assertThat(get("/t/" + token, "Origin", "https://elsewhere.example").statusCode())
                .isEqualTo(403);
    }
}
