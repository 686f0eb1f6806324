package waybill.server.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.rest.ApiTestClient;

/// What deliveries show about ETAs, over HTTP.
class EtaCalibrationTest {

    private static final String PATH = "/api/v1/eta/calibration";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private static int deliveries(ApiTestClient api, String stage) {
        var rows = api.get("admin:root", PATH).is(200).body().path("rows");
        var count = 0;
        for (var row : rows) {
            count += row.path("stage").asText().equals(stage)
                    ? row.path("deliveries").asInt()
                    : 0;
        }
        return count;
    }

    @Test
    void aDeliveryCountsInEachStageThatItsEtaWasSeenIn() {
        try (var api = ApiTestClient.start(data)) {
            var id = api.place("customer:joe", "acme");
            for (var status : List.of("accepted", "ready_for_pickup")) {
                api.status("merchant:acme", id, status).is(200);
            }
            var position = "{\"latitude\": 59.94, \"longitude\": 10.75}";
            api.status("driver:dan", id, "assigned_to_driver").is(200);
            api.awaitPublished();
            api.post("driver:dan", "/api/v1/drivers/me/location", position).is(200);
            api.status("driver:dan", id, "picked_up").is(200);
            api.awaitPublished();
            api.post("driver:dan", "/api/v1/drivers/me/location", position).is(200);
            api.status("driver:dan", id, "in_transit").is(200);
            api.status("driver:dan", id, "delivered").is(200);
            api.awaitPublished();
            assertThat(deliveries(api, "before_pickup")).isEqualTo(1);
            assertThat(deliveries(api, "to_stop")).isEqualTo(1);
        }
        try (var api = ApiTestClient.start(data)) {
            assertThat(deliveries(api, "to_stop"))
                    .as("saved when the hub closed")
                    .isEqualTo(1);
        }
    }

    @Test
    void onlyOperatorsReadItAndThePageLoadsNothingFromElsewhere() {
        try (var api = ApiTestClient.start(data)) {
            api.get("merchant:acme", PATH).isProblem(403, "forbidden");
            api.get("support:sue", PATH).is(200);
            var page = api.get("", "/api/docs/eta").is(200).http();
            assertThat(page.body()).contains("/api/docs/eta.js").doesNotContain("http://", "https://");
            assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                    .contains("default-src 'none'");
            assertThat(api.get("", "/api/docs/eta.js").is(200).http().body()).contains(PATH);
        }
    }
}
