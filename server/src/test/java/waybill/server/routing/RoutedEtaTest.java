package waybill.server.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.EtaConfig;
import waybill.server.rest.ApiTestClient;

/// The ETA of a hub that asks a routing service.
class RoutedEtaTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final TestRoutingService service = new TestRoutingService();

    @AfterEach
    void close() {
        service.close();
    }

    private ApiTestClient start() {
        return ApiTestClient.start(
                data,
                config -> config.withRest(config.rest().withRates(0, 0))
                        .withEta(EtaConfig.defaults().withRouting(new RoutingConfig.Osrm(service.base(), "driving"))));
    }

    static String inTransit(ApiTestClient api) {
        var id = api.place("customer:joe", "acme");
        for (var status : List.of("accepted", "ready_for_pickup")) {
            api.status("merchant:acme", id, status).is(200);
        }
        for (var status : List.of("assigned_to_driver", "picked_up", "in_transit")) {
            api.status("driver:dan", id, status).is(200);
        }
        api.awaitPublished();
        api.post("driver:dan", "/api/v1/drivers/me/location", "{\"latitude\": 59.94, \"longitude\": 10.75}")
                .is(200);
        return id;
    }

    static ApiTestClient.Answer tracking(ApiTestClient api, String id) {
        return api.get("customer:joe", "/orders/" + id + "/tracking").is(200);
    }

    /// Once its ETA is that of a route.
    static ApiTestClient.Answer routed(ApiTestClient api, String id) {
        return api.getUntil(
                "customer:joe",
                "/orders/" + id + "/tracking",
                answer -> answer.text("etaSource").equals("routed"));
    }

    @Test
    void theEtaIsRoutedOnceTheServiceHasAnswered() {
        service.answersRoute(1_800);
        try (var api = start()) {
            var id = inTransit(api);
            var answer = routed(api, id);
            assertThat(answer.body().path("etaMinutes").asInt()).isEqualTo(30);
            assertThat(service.received).hasSize(1);
        }
    }

    @Test
    void aServiceThatFailsLeavesTheHubsOwnEta() {
        service.answers(500, "oops");
        try (var api = start()) {
            var id = inTransit(api);
            while (service.received.isEmpty()) {
                Thread.onSpinWait();
            }
            var answer = tracking(api, id);
            assertThat(answer.text("etaSource")).isEqualTo("learnt");
            assertThat(answer.body().path("etaMinutes").asInt()).isBetween(5, 30);
            var metrics = api.get("admin:root", "/metrics").is(200).http().body();
            assertThat(metrics).contains("\nwaybill_routing_requests_total 1.0\n");
        }
    }
}
