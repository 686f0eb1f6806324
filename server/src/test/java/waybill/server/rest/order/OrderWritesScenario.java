package waybill.server.rest.order;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.rest.ApiTestClient;

/// A hub, and a client of its REST API that places orders.
abstract class OrderWritesScenario {

    static final String ORDERS = "/api/v1/orders";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    static ApiTestClient api;

    @BeforeAll
    static void start() {
        api = ApiTestClient.start(data);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    static String ready(String customer, String store) {
        var id = api.place(customer, store);
        api.status("merchant:" + store, id, "accepted").is(200);
        api.status("merchant:" + store, id, "ready_for_pickup").is(200);
        return id;
    }
}
