package waybill.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where drivers are, and whether they want work.
class DriversRestTest {

    private static final String LOCATION = "/api/v1/drivers/me/location";
    private static final String STATUS = "/api/v1/drivers/me/status";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private static Api api;

    @BeforeAll
    static void start() {
        api = Api.start(data);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aDriverSaysWhereItIs() {
        var taken = api.post("driver:d1", LOCATION, """
                {"latitude": 0, "longitude": 0, "heading": 360, "speed": 0, "accuracy": 5}""").is(200);
        assertThat(taken.body().path("success").asBoolean()).isTrue();
        assertThat(taken.body().path("received").asInt()).isEqualTo(1);
        assertThat(Api.ids(api.get("admin:root", "/api/v1/drivers/nearby?lat=0&lng=0"), "drivers", "driverId"))
                .contains("d1");
    }

    @Test
    void aDriverSaysWhereItWasWhileNobodyHeardIt() {
        var batch = """
                [{"latitude": 40.001, "longitude": 40, "recordedAt": "2026-01-01T12:01:00Z"},
                 {"latitude": 40, "longitude": 40, "recordedAt": "2026-01-01T12:00:00Z"}]""";
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
    void onlyADriverSaysWhereADriverIs() {
        for (var who : List.of("customer:c", "merchant:m", "admin:root", "support:s")) {
            api.post(who, LOCATION, "{\"latitude\": 0, \"longitude\": 0}").isProblem(403, "forbidden");
            api.patch(who, STATUS, "{\"status\": \"busy\"}").isProblem(403, "forbidden");
        }
    }

    @Test
    void manyPositionsAtOnceAreNoError() {
        var answers = IntStream.range(0, 120)
                .mapToObj(
                        i -> api.asking("POST", "driver:d3", LOCATION, "{\"latitude\": 1, \"longitude\": 0." + i + "}"))
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
            {"latitude": 1, "longitude": 1, "speed": -1}           | speed: -1 (expected: 0..1000)
            {"latitude": 1, "longitude": 1, "accuracy": -1}        | accuracy: -1 (expected: 0..1000000)
            {"latitude": 1, "longitude": 1, "orderId": "7"}        | orderId: "7" (expected: a UUID)
            {"latitude": 1, "longitude": 1, "recordedAt": "noon"}  | recordedAt: "noon" (expected: a time such as 2026-01-31T12:00:00Z)
            []                                                     | body: a list of 0 (expected: an object or a list of 1..500)
            [{"latitude": 1, "longitude": 1}, {"latitude": 1}]     | [1].longitude: missing (expected: a number)
            [7]                                                    | [0]: 7 (expected: an object)
            7                                                      | body: 7 (expected: an object or a list of 1..500)
            """)
    void aPositionThatCannotBeIsRefused(String body, String detail) {
        assertThat(api.post("driver:d4", LOCATION, body)
                        .isProblem(400, "invalid")
                        .text("detail"))
                .isEqualTo(detail);
    }

    @Test
    void aPositionOfTomorrowIsRefused() {
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
    void tooManyPositionsAtOnceAreRefused() {
        var batch = IntStream.range(0, 501)
                .mapToObj(_ -> "{\"latitude\": 1, \"longitude\": 1}")
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(api.post("driver:d4", LOCATION, batch)
                        .isProblem(400, "invalid")
                        .text("detail"))
                .isEqualTo("body: a list of 501 (expected: an object or a list of 1..500)");
    }

    @Test
    void aDriverSaysWhetherItWantsWorkAndWithWhatItIsBusy() {
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
    void driversAreListedPageByPageToThoseWhoMaySeeThem() {
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
            seen.addAll(Api.ids(page, "drivers", "driverId"));
            next = page.body().has("next") ? "&cursor=" + page.text("next") : "";
        } while (!next.isEmpty());
        assertThat(seen).isSorted().doesNotHaveDuplicates().contains("l0", "l1", "l2", "l3", "l4");
        for (var who : List.of("customer:c", "merchant:m", "driver:l0")) {
            api.get(who, "/api/v1/drivers").isProblem(403, "forbidden");
            api.get(who, "/api/v1/drivers/nearby?lat=0&lng=0").isProblem(403, "forbidden");
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
    void aPlaceThatCannotBeIsRefused(String query, String detail) {
        assertThat(api.get("admin:root", "/api/v1/drivers/nearby?" + query)
                        .isProblem(400, "invalid")
                        .text("detail"))
                .isEqualTo(detail);
    }
}
