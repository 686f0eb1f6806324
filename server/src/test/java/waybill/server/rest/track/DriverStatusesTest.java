package waybill.server.rest.track;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.server.rest.ApiTestClient;

/// Drivers go on and off duty, with what they deliver with.
class DriverStatusesTest {

    private static final String OWN = "/api/v1/drivers/me/status";

    @RegisterExtension
    static final ApiTestClient api = ApiTestClient.ofTestClass();

    @Test
    void aShiftIsSetAndShown() {
        var end = Instant.now().plus(6, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
        var set = api.patch("driver:kari", OWN, """
                        {"status": "available", "capacity": 2, "vehicle": "bicycle", "shiftEndsAt": "%s",
                         "serviceArea": {"latitude": 59.91, "longitude": 10.75, "radius": 4000}}""".formatted(end)).is(200).body();

        for (var shown : List.of(set, listed("kari"))) {
            assertThat(shown.path("status").asText()).isEqualTo("available");
            assertThat(shown.path("capacity").asInt()).isEqualTo(2);
            assertThat(shown.path("vehicle").asText()).isEqualTo("bicycle");
            assertThat(shown.at("/serviceArea/radius").asDouble()).isEqualTo(4_000);
            assertThat(Instant.parse(shown.path("shiftEndsAt").asText())).isEqualTo(end);
        }
        assertThat(set.path("eventId").asLong()).isPositive();
    }

    @Test
    void whatIsAbsentStaysAndNullClears() {
        api.patch("driver:ola", OWN, """
                {"status": "available", "capacity": 7, "vehicle": "van", "shiftEndsAt": "%s", "serviceArea": {"polygon": [
                 {"latitude": 0, "longitude": 0}, {"latitude": 0, "longitude": 1}, {"latitude": 1, "longitude": 0}]}}""".formatted(Instant.now().plusSeconds(3_600)))
                .is(200);

        var busy =
                api.patch("driver:ola", OWN, "{\"status\": \"busy\"}").is(200).body();
        assertThat(busy.path("capacity").asInt()).isEqualTo(7);
        assertThat(busy.at("/serviceArea/polygon")).hasSize(3);
        assertThat(busy.has("shiftEndsAt")).isTrue();

        var changed = api.patch("driver:ola", OWN, "{\"status\": \"busy\", \"serviceArea\": null}")
                .is(200)
                .body();
        assertThat(changed.has("serviceArea")).isFalse();
        assertThat(changed.path("since").asText()).isEqualTo(busy.path("since").asText());
        assertThat(changed.has("eventId")).isTrue();

        var off = api.patch("driver:ola", OWN, "{\"status\": \"offline\"}")
                .is(200)
                .body();
        assertThat(off.has("shiftEndsAt")).isFalse();
        assertThat(off.path("vehicle").asText()).isEqualTo("van");
        assertThat(api.patch("driver:ola", OWN, "{\"status\": \"offline\", \"capacity\": 7}")
                        .is(200)
                        .body()
                        .has("eventId"))
                .as("nothing changed")
                .isFalse();
    }

    @Test
    void anAdministratorSetsTheStatusOfADriver() {
        api.patch("driver:per", OWN, "{\"status\": \"available\"}").is(200);
        api.patch("admin:root", "/api/v1/drivers/per/status", "{\"status\": \"offline\", \"vehicle\": \"foot\"}")
                .is(200);
        assertThat(listed("per").path("status").asText()).isEqualTo("offline");
        assertThat(listed("per").path("vehicle").asText()).isEqualTo("foot");

        api.patch("driver:per", "/api/v1/drivers/per/status", "{\"status\": \"available\"}")
                .is(200);
        api.patch("driver:kari", "/api/v1/drivers/per/status", "{\"status\": \"offline\"}")
                .isProblem(403, "forbidden");
        api.patch("merchant:shop", "/api/v1/drivers/per/status", "{\"status\": \"offline\"}")
                .isProblem(403, "forbidden");
        api.patch("admin:root", OWN, "{\"status\": \"offline\"}").isProblem(403, "forbidden");
        api.patch("admin:root", "/api/v1/drivers/unknown/status", "{\"status\": \"offline\"}")
                .isProblem(404, "not_found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"capacity": 2}                                                            | status        | status: missing (expected: available, busy or offline)
            {"status": "on"}                                                           | status        | status: "on" (expected: available, busy or offline)
            {"status": "available", "capacity": 0}                                     | capacity      | capacity: 0 (expected: 1..100)
            {"status": "available", "capacity": 1.5}                                   | capacity      | capacity: 1.5 (expected: a whole number)
            {"status": "available", "vehicle": "horse"}                                | vehicle       | vehicle: "horse" (expected: foot, bicycle, motorcycle, car or van)
            {"status": "available", "serviceArea": 7}                                  | serviceArea   | serviceArea: 7 (expected: an object or null)
            {"status": "available", "serviceArea": {}}                                 | serviceArea   | serviceArea: neither a circle nor a polygon (expected: latitude, longitude and radius, or polygon)
            {"status": "available", "serviceArea": {"radius": 5}}                      | serviceArea.latitude | serviceArea.latitude: missing (expected: a number)
            {"status": "available", "serviceArea": {"polygon": [{"latitude": 0, "longitude": 0}]}} | serviceArea.polygon | serviceArea.polygon: a list of 1 (expected: a list of 3..100)
            {"status": "available", "shiftEndsAt": "2020-01-01T00:00:00Z"}             | shiftEndsAt   | shiftEndsAt: "2020-01-01T00:00:00Z" (expected: a time after now, at most 7 days ahead)
            {"status": "available", "shiftEndsAt": "2999-01-01T00:00:00Z"}             | shiftEndsAt   | shiftEndsAt: "2999-01-01T00:00:00Z" (expected: a time after now, at most 7 days ahead)
            {"status": "available", "shiftEndsAt": "six"}                              | shiftEndsAt   | shiftEndsAt: "six" (expected: a time such as 2026-01-31T12:00:00Z)
            """)
    void aBadShiftIsExplained(String body, String field, String detail) {
        var problem = api.patch("driver:bad", OWN, body).isProblem(400, "invalid");
        assertThat(problem.text("detail")).isEqualTo(detail);
        assertThat(problem.text("field")).isEqualTo(field);
    }

    private static JsonNode listed(String driver) {
        return api.get("admin:root", "/api/v1/drivers")
                .is(200)
                .body()
                .path("drivers")
                .valueStream()
                .filter(row -> row.path("driverId").asText().equals(driver))
                .findFirst()
                .orElseThrow();
    }
}
