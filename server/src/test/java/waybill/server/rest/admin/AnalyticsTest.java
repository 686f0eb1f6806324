package waybill.server.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.Platform;
import waybill.server.rest.ApiTestClient;

/// The orders of the last day and the load of the last hour, over HTTP.
class AnalyticsTest {

    private static final String PATH = "/api/v1/analytics";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Test
    void ordersAreCountedWhenTheyArePlacedAndDelivered() {
        var machine = Platform.system();
        var ahead = new AtomicReference<>(Duration.ZERO);
        var platform = new Platform(
                () -> Instant.now().plus(ahead.get()), machine.nanoTime(), machine.random(), machine.threads());
        try (var api = ApiTestClient.start(data, config -> config, platform)) {
            assertThat(sum(api, "placed")).isZero();
            var late = place(api, Instant.now().plusSeconds(300));
            deliver(api, place(api, Instant.now().plusSeconds(900)));
            deliver(api, api.place("customer:joe", "acme"));
            ahead.set(Duration.ofMinutes(10));
            deliver(api, late);
            api.place("customer:joe", "acme");
            assertThat(sum(api, "placed")).isEqualTo(4);
            assertThat(sum(api, "delivered")).isEqualTo(3);
            assertThat(sum(api, "onTime"))
                    .as("all but the one whose promise had passed")
                    .isEqualTo(2);
            api.place("customer:joe", "acme");
            assertThat(sum(api, "placed")).isEqualTo(5);
        }
        try (var api = ApiTestClient.start(data, config -> config, platform)) {
            assertThat(sum(api, "placed")).as("read from the log").isEqualTo(5);
            assertThat(sum(api, "onTime")).isEqualTo(2);
        }
    }

    @Test
    void aSampleIsTakenAtTheStartAndOperatorsReadIt() {
        try (var api = ApiTestClient.start(data)) {
            var samples = api.getUntil(
                            "support:sue",
                            PATH,
                            answer -> !answer.body().path("samples").isEmpty())
                    .body()
                    .path("samples");
            assertThat(samples.get(0).path("connections").asInt()).isZero();
            assertThat(samples.get(0).has("p50Ms")).as("before the first event").isFalse();
            api.get("admin:root", PATH).is(200);
            api.get("merchant:acme", PATH).isProblem(403, "forbidden");
            api.get("", PATH).isProblem(401, "unauthenticated");
        }
    }

    private static String place(ApiTestClient api, Instant promisedAt) {
        var order = """
                {"storeId": "acme", "items": [{"product": "sushi", "quantity": 1}], "deliveryAddress": "1 Main St",
                 "promisedAt": "%s"}""".formatted(promisedAt);
        return api.post("admin:root", "/api/v1/orders", order).is(201).text("orderId");
    }

    private static void deliver(ApiTestClient api, String id) {
        for (var status : List.of("accepted", "ready_for_pickup")) {
            api.status("admin:root", id, status).is(200);
        }
        for (var status : List.of("assigned_to_driver", "picked_up", "in_transit", "delivered")) {
            api.status("driver:dan", id, status).is(200);
        }
    }

    private static long sum(ApiTestClient api, String name) {
        var sum = 0L;
        for (var hour : api.get("admin:root", PATH).is(200).body().path("hours")) {
            sum += hour.path(name).asLong();
        }
        return sum;
    }
}
