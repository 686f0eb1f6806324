package waybill.server.rest.link;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.server.rest.ApiTestClient;

/// A hub with orders that are shared, for all tests of a class.
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
abstract class LinkScenario {

    static final String SHARE = "/orders/%s/share";

    @RegisterExtension
    final ApiTestClient api = ApiTestClient.ofTestClass();

    @SuppressWarnings("NullAway.Init")
    HttpClient http;

    private int drivers;

    @BeforeAll
    void open() {
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    void close() {
        http.close();
    }

    /// The orders of a driver that has two of them in hand, the second of which is shared.
    record Trip(String driver, String first, String second, String token) {}

    Trip trip() {
        var driver = "driver:d" + ++drivers;
        var first = api.place("customer:jane", "pasta");
        var second = api.place("customer:bob", "wok");
        bring(driver, "pasta", first, "accepted", "ready_for_pickup", "assigned_to_driver", "picked_up", "in_transit");
        bring(driver, "wok", second, "accepted", "ready_for_pickup", "assigned_to_driver", "picked_up", "in_transit");
        api.awaitPublished();
        return new Trip(driver, first, second, share("customer:bob", second));
    }

    void bring(String driver, String store, String order, String... statuses) {
        for (var status : statuses) {
            var isStores = status.equals("accepted") || status.equals("ready_for_pickup");
            api.status(isStores ? "merchant:" + store : driver, order, status).is(200);
        }
    }

    String share(String who, String order) {
        return api.post(who, SHARE.formatted(order), "").is(201).text("token");
    }

    void report(String driver, double latitude) {
        api.post(
                        driver,
                        "/api/v1/drivers/me/location",
                        "[{\"latitude\": %s, \"longitude\": 10.751}]".formatted(latitude))
                .is(200);
    }

    LinkViewer view(String token, String... headers) {
        return LinkViewer.open(http, api.uri("/t/" + token + "/events"), headers);
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) {
        var request = HttpRequest.newBuilder(api.uri(path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return api.send(request.build());
    }
}
