package waybill.server.rest.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.server.rest.ApiTestClient;

/// Where drivers are, and whether they want work.
class DriversTest {

    private static final String LOCATION = "/api/v1/drivers/me/location";
    private static final String STATUS = "/api/v1/drivers/me/status";

    @RegisterExtension
    static final ApiTestClient api = ApiTestClient.ofTestClass();

    @Test
    void aDriverReportsItsPosition() {
        var taken = api.post("driver:d1", LOCATION, """
                {"latitude": 0, "longitude": 0.5, "heading": 360, "speed": 0, "accuracy": 5}""").is(200);
        assertThat(taken.body().path("success").asBoolean()).isTrue();
        assertThat(taken.body().path("received").asInt()).isEqualTo(1);
        assertThat(ApiTestClient.ids(
                        api.get("admin:root", "/api/v1/drivers/nearby?lat=0&lng=0.5"), "drivers", "driverId"))
                .contains("d1");
    }

    @Test
    void aDriverReportsPositionsRecordedOffline() {
        var batch = """
                [{"latitude": 40.001, "longitude": 40, "recordedAt": "%s"},
                 {"latitude": 40, "longitude": 40, "recordedAt": "%s"}]""".formatted(Instant.now().minusSeconds(240), Instant.now().minusSeconds(300));
        assertThat(api.post("driver:d2", LOCATION, batch)
                        .is(200)
                        .body()
                        .path("received")
                        .asInt())
                .isEqualTo(2);
        var near = api.get("support:s", "/api/v1/drivers/nearby?lat=40&lng=40&radius=1000")
                .is(200);
        assertThat(near.body().at("/drivers/0/driverId").asText()).isEqualTo("d2");
        assertThat(near.body().at("/drivers/0/latitude").asDouble()).isEqualTo(40.001);
        assertThat(near.body().at("/drivers/0/distance").asDouble()).isBetween(100.0, 125.0);
        assertThat(api.get("support:s", "/api/v1/drivers/nearby?lat=40&lng=40&radius=50")
                        .body()
                        .path("drivers"))
                .isEmpty();
    }

    @Test
    void onlyADriverMayReportPositions() {
        for (var who : List.of("customer:c", "merchant:m", "admin:root", "support:s")) {
            api.post(who, LOCATION, "{\"latitude\": 0, \"longitude\": 0}").isProblem(403, "forbidden");
            api.patch(who, STATUS, "{\"status\": \"busy\"}").isProblem(403, "forbidden");
        }
    }

    @Test
    void manyPositionsAtOnceAreNoError() {
        var answers = IntStream.range(0, 120)
                .mapToObj(i -> api.requestAsync(
                        "POST", "driver:d3", LOCATION, "{\"latitude\": 1, \"longitude\": 0." + i + "}"))
                .toList();
        assertThat(answers).allSatisfy(answer -> answer.join().is(200));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                     | latitude: missing (expected: a number)
            {"latitude": 1}                                        | longitude: missing (expected: a number)
            {"latitude": "1", "longitude": 1}                      | latitude: "1" (expected: a number)
            {"latitude": 91, "longitude": 1}                       | latitude: 91 (expected: -90..90)
            {"latitude": 1, "longitude": -180.5}                   | longitude: -180.5 (expected: -180..180)
            {"latitude": 1, "longitude": 1, "heading": 361}        | heading: 361 (expected: 0..360)
            {"latitude": 1, "longitude": 1, "speed": -0.5}         | speed: -0.5 (expected: 0 or more)
            {"latitude": 1, "longitude": 1, "accuracy": -2}        | accuracy: -2 (expected: 0 or more)
            {"latitude": 1, "longitude": 1, "heading": "north"}    | heading: "north" (expected: a number or null)
            {"latitude": 1, "longitude": 1, "orderId": "7"}        | orderId: "7" (expected: a UUID)
            {"latitude": 1, "longitude": 1, "recordedAt": "noon"}  | recordedAt: "noon" (expected: a time such as 2026-01-31T12:00:00Z)
            []                                                     | body: a list of 0 (expected: an object or a list of 1..500)
            [{"latitude": 1}, {"longitude": 1}]                    | [0].longitude: missing (expected: a number)
            [7]                                                    | [0]: 7 (expected: an object)
            7                                                      | body: 7 (expected: an object or a list of 1..500)
            """)
    void anInvalidPositionIsRejected(String body, String detail) {
        assertThat(api.post("driver:d4", LOCATION, body)
                        .isProblem(400, "invalid")
                        .text("detail"))
                .isEqualTo(detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"latitude\": 1, \"longitude\": 1, \"heading\": null, \"speed\": null, \"accuracy\": null}",
                "{\"latitude\": 1, \"longitude\": 1, \"heading\": -1, \"speed\": -1, \"accuracy\": -1}",
                "{\"latitude\": 1, \"longitude\": 1, \"orderId\": null, \"recordedAt\": null}",
                "{\"latitude\": 1, \"longitude\": 1, \"recordedAt\": 0}",
                "[{\"latitude\": 1, \"longitude\": 1, \"heading\": -1, \"speed\": null}]"
            })
    void whatAPhoneDoesNotKnowIsNoMistake(String body) {
        assertThat(api.post("driver:d5", LOCATION, body).is(200).text("verdict"))
                .isIn("live", "implausible");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%d", "\"%d\"", "%d.000", "\"%3$s\"", "\"%4$s\""})
    void aTimeMayBeSpeltInManyWays(String spelling) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var local = now.toString().replace("Z", "");
        var time = String.format(spelling, now.getEpochSecond(), 0, local, local.replace("T", " ") + ".123456");
        var answer =
                api.post("driver:d6", LOCATION, "{\"latitude\": 1, \"longitude\": 1, \"recordedAt\": " + time + "}");
        assertThat(answer.is(200).text("success")).isEqualTo("true");
    }

    @Test
    void anInvalidElementRejectsNoOther() {
        var answer = api.post("driver:d7", LOCATION, """
                        [{"latitude": 1, "longitude": 1}, 7, {"latitude": 1, "longitude": 1, "heading": 361}]
                        """).is(200).body();
        assertThat(answer.path("received").asInt()).isEqualTo(3);
        assertThat(answer.path("accepted").asInt()).isEqualTo(1);
        assertThat(answer.path("verdict").asText()).isEqualTo("live");
        assertThat(answer.path("verdicts")).hasToString("[\"live\",null,null]");
        assertThat(answer.path("rejected"))
                .hasToString("[{\"index\":1,\"field\":\"body\",\"message\":\"body: 7 (expected: an object)\"},"
                        + "{\"index\":2,\"field\":\"heading\",\"message\":\"heading: 361 (expected: 0..360)\"}]");
    }

    @Test
    void anImplausiblePositionIsAcceptedWithItsVerdict() {
        var oslo = "{\"latitude\": 59.91, \"longitude\": 10.75}";
        assertThat(api.post("driver:d8", LOCATION, oslo).is(200).text("verdict"))
                .isEqualTo("live");
        assertThat(api.post("driver:d8", LOCATION, "{\"latitude\": 48.85, \"longitude\": 2.35}")
                        .is(200)
                        .text("verdict"))
                .isEqualTo("implausible");
        assertThat(api.post("driver:d8", LOCATION, "{\"latitude\": 0, \"longitude\": 0}")
                        .is(200)
                        .text("verdict"))
                .isEqualTo("implausible");
    }

    @Test
    void aClockThatIsAheadIsReportedToTheDriver() {
        var inAnHour = Instant.now().plusSeconds(3_600);
        var answer = api.post(
                        "driver:d9",
                        LOCATION,
                        "{\"latitude\": 1, \"longitude\": 1, \"recordedAt\": \"" + inAnHour + "\"}")
                .is(200)
                .body();
        assertThat(answer.path("verdict").asText()).isEqualTo("live");
        assertThat(answer.path("clockOffsetMs").asLong()).isBetween(3_000_000L, 3_600_000L);
    }

    @Test
    void ordersThatAreNotTheDriversAreLookedUpSoOftenAndNoMore() {
        var statuses = IntStream.range(0, 2 * 60)
                .mapToObj(i -> api.requestAsync(
                        "POST",
                        "driver:d10",
                        LOCATION,
                        "{\"latitude\": 1, \"longitude\": 1, \"orderId\": \"" + new UUID(1, i) + "\"}"))
                .map(answer -> answer.join().text("code"))
                .toList();
        assertThat(statuses).contains("forbidden", "rate_limited");
    }

    @Test
    void aPositionInTheFutureIsRejected() {
        var problem = api.post(
                        "driver:d4",
                        LOCATION,
                        "[{\"latitude\": 1, \"longitude\": 1, \"recordedAt\": \"2999-01-01T00:00:00Z\"}]")
                .isProblem(400, "invalid");
        assertThat(problem.text("field")).isEqualTo("[0].recordedAt");
        assertThat(problem.text("detail"))
                .startsWith("[0].recordedAt: 2999-01-01T00:00:00.000Z (expected: since 1970 and not later than now, ");
    }

    @Test
    void tooManyPositionsAtOnceAreRejected() {
        var batch = IntStream.range(0, 501)
                .mapToObj(_ -> "{\"latitude\": 1, \"longitude\": 1}")
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(api.post("driver:d4", LOCATION, batch)
                        .isProblem(400, "invalid")
                        .text("detail"))
                .isEqualTo("body: a list of 501 (expected: an object or a list of 1..500)");
    }

    @Test
    void aDriverSetsItsStatusAndGetsItsCurrentOrder() {
        var free = api.patch("driver:d5", STATUS, "{\"status\": \"available\"}").is(200);
        assertThat(free.body().has("currentOrder")).isFalse();
        assertThat(free.body().path("eventId").asLong()).isPositive();
        var again =
                api.patch("driver:d5", STATUS, "{\"status\": \"available\"}").is(200);
        assertThat(again.body().has("eventId")).as("nothing to tell").isFalse();
        assertThat(again.text("since")).isEqualTo(free.text("since"));
        var order = api.place("customer:c", "shop");
        api.status("merchant:shop", order, "accepted").is(200);
        api.post("merchant:shop", "/orders/" + order + "/assign", "{\"driverId\": \"d5\"}")
                .is(200);
        assertThat(api.patch("driver:d5", STATUS, "{\"status\": \"busy\"}")
                        .is(200)
                        .text("currentOrder"))
                .isEqualTo(order);
        for (var bad : List.of("{}", "{\"status\": 7}", "{\"status\": \"asleep\"}")) {
            assertThat(api.patch("driver:d5", STATUS, bad)
                            .isProblem(400, "invalid")
                            .text("field"))
                    .isEqualTo("status");
        }
    }

    @Test
    void driversAreListedPageByPageToAuthorizedRoles() {
        for (var i = 0; i < 5; i++) {
            api.patch("driver:l" + i, STATUS, "{\"status\": \"offline\"}").is(200);
        }
        var first =
                api.get("admin:root", "/api/v1/drivers?limit=1").is(200).body().at("/drivers/0");
        assertThat(first.path("name").asText())
                .isEqualTo("Name of " + first.path("driverId").asText());
        var seen = new ArrayList<String>();
        var next = "";
        do {
            var page = api.get("admin:root", "/api/v1/drivers?limit=2" + next).is(200);
            seen.addAll(ApiTestClient.ids(page, "drivers", "driverId"));
            next = page.body().has("next") ? "&cursor=" + page.text("next") : "";
        } while (!next.isEmpty());
        assertThat(seen).isSorted().doesNotHaveDuplicates().contains("l0", "l1", "l2", "l3", "l4");
        for (var who : List.of("customer:c", "merchant:m", "driver:l0")) {
            api.get(who, "/api/v1/drivers").isProblem(403, "forbidden");
            api.get(who, "/api/v1/drivers/nearby?lat=0&lng=0.5").isProblem(403, "forbidden");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lng=0                  | lat: missing (expected: a number)
            lat=0                  | lng: missing (expected: a number)
            lat=north&lng=0        | lat: "north" (expected: a number)
            lat=0&lng=181          | lng: 181.0 (expected: -180..180)
            lat=0&lng=0&radius=0   | radius: 0.0 (expected: more than 0, at most 100000)
            lat=0&lng=0&limit=1e3  | limit: "1e3" (expected: a whole number)
            """)
    void invalidSearchParametersAreRejected(String query, String detail) {
        assertThat(api.get("admin:root", "/api/v1/drivers/nearby?" + query)
                        .isProblem(400, "invalid")
                        .text("detail"))
                .isEqualTo(detail);
    }
}
