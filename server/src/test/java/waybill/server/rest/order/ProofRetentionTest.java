package waybill.server.rest.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.concurrent.Threads;
import waybill.server.OrderSettings;
import waybill.server.Platform;
import waybill.server.rest.ApiTestClient;

/// The images of an order are deleted when the order is, after the days of `--order-days`.
class ProofRetentionTest {

    private static final Duration RETENTION = Duration.ofDays(1);

    /// A user whose token is issued after the jump of the clock.
    private static final String LATER = "admin:late";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    private ApiTestClient start() {
        var system = InstantSource.system();
        var orders = OrderSettings.defaults();
        return ApiTestClient.start(
                data,
                config -> config.withOrders(new OrderSettings(
                        orders.numberPrefix(), orders.acceptWithin(), RETENTION, orders.abandonedAfter())),
                new Platform(
                        () -> system.instant().plus(ahead.get()),
                        () -> System.nanoTime() + ahead.get().toNanos(),
                        new SecureRandom(),
                        Threads.ofPlatform()));
    }

    @Test
    void theImagesOfAPurgedOrderAreDeletedAndThoseOfOthersAreNot() {
        try (var api = start()) {
            var scenario = new ProofScenario(api);
            var ended = proven(scenario, 1);
            var active = proven(scenario, 2);
            scenario.deliver(ended);
            ProofScenario.awaitFiles(data, 2);

            ahead.set(RETENTION.multipliedBy(2));
            purge(api, ended);

            ahead.set(RETENTION.multipliedBy(3)); // time for a sweep
            ProofScenario.awaitFiles(data, 1);
            var image = scenario.download("admin:latest", ProofScenario.ORDERS + "/" + active + "/proof/1");
            assertThat(image.body()).isEqualTo(ProofScenario.jpeg(2, 50_000));
        }
    }

    /// Places orders until the other one is gone: each new order purges some events of old ones.
    private static void purge(ApiTestClient api, String ended) {
        var path = ProofScenario.ORDERS + "/" + ended;
        for (var i = 0; i < 50 && api.get(LATER, path).status() == 200; i++) {
            api.post(LATER, ProofScenario.ORDERS, """
                    {"storeId": "bakery", "customerId": "ada", "deliveryAddress": "1 Elm Road",
                     "items": [{"product": "bread", "quantity": 1}]}""").is(201);
        }
        api.get(LATER, path).isProblem(404, "not_found");
    }

    private static String proven(ProofScenario scenario, int seed) {
        var order = scenario.inTransit("photo");
        assertThat(scenario.photo(ProofScenario.DRIVER, order, ProofScenario.jpeg(seed, 50_000))
                        .statusCode())
                .isEqualTo(201);
        return order;
    }
}
