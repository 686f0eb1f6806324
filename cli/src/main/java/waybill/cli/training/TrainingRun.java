package waybill.cli.training;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.json.JSONObject;
import waybill.access.Role;

/// Runs orders, several at a time: each is placed and accepted over REST, and then its driver, its store and its
/// customer's devices connect, subscribe to it and receive a few positions.
public final class TrainingRun implements AutoCloseable {

    /// Orders run at a time.
    private static final int AT_ONCE = 4;

    /// Devices of a customer that subscribe to its order.
    private static final int DEVICES = 3;

    private static final int POSITIONS = 10;
    private static final String STORE = "training-store";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI hub;
    private final BiFunction<String, Role, String> tokens;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger connected = new AtomicInteger();

    /// @param tokens issues a token for a user's id and role
    public TrainingRun(URI hub, BiFunction<String, Role, String> tokens) {
        this.hub = hub;
        this.tokens = tokens;
    }

    /// Sockets that have connected.
    public int connected() {
        return connected.get();
    }

    /// Runs `orders` orders, fewer when `isOver` becomes true first, but at least one per thread.
    public void play(int orders, BooleanSupplier isOver) throws InterruptedException, ExecutionException {
        try (var players = Executors.newFixedThreadPool(AT_ONCE)) {
            var all = new ArrayList<Future<?>>();
            for (var i = 0; i < AT_ONCE; i++) {
                all.add(players.submit(() -> {
                    do {
                        playOne(numbers.incrementAndGet());
                    } while (numbers.get() < orders && !isOver.getAsBoolean());
                    return true;
                }));
            }
            for (var future : all) {
                future.get();
            }
        }
    }

    private void playOne(int number) throws InterruptedException, IOException {
        var customer = tokens.apply("customer-" + number, Role.CUSTOMER);
        var driver = tokens.apply("driver-" + number, Role.DRIVER);
        var store = tokens.apply(STORE, Role.MERCHANT);
        var order = place(customer, store, driver);
        var clients = new ArrayList<TrainingClient>();
        try {
            var courier = connect(clients, "", "/realtime", driver);
            for (var i = 0; i < DEVICES; i++) {
                var device = connect(clients, "", "/realtime", customer);
                device.emit("[\"subscribe:order\",{\"orderId\":\"" + order + "\"}]");
            }
            connect(clients, "&dialect=marketplace", "/", customer);
            connect(clients, "&dialect=storefront", "/", customer);
            connect(clients, "", "/caps", store);
            for (var i = 0; i < POSITIONS; i++) {
                courier.emit(position(order, i));
                courier.awaitEvent("driver:location_acknowledged");
            }
            clients.get(1).awaitEvent("driver:location_update");
        } finally {
            clients.forEach(TrainingClient::close);
        }
        setStatus(driver, order, "delivered");
    }

    private TrainingClient connect(List<TrainingClient> clients, String query, String namespace, String token)
            throws InterruptedException {
        var client = TrainingClient.connect(http, hub, query, namespace, token);
        clients.add(client);
        connected.incrementAndGet();
        return client;
    }

    private static String position(String order, int step) {
        return "[\"driver:location\",{\"orderId\":\"" + order + "\",\"latitude\":6.92" + step
                + "1,\"longitude\":79.861,\"heading\":10,\"speed\":4.5}]";
    }

    private String place(String customer, String store, String driver) throws InterruptedException, IOException {
        var order =
                call("POST", "/api/v1/orders", customer, """
                {"storeId": "%s", "items": [{"product": "margherita", "quantity": 1, "price": 1250}],
                 "deliveryAddress": {"text": "12 Lake Road", "latitude": 6.93, "longitude": 79.86}}
                """.formatted(STORE)).getString("orderId");
        setStatus(store, order, "accepted");
        setStatus(store, order, "ready_for_pickup");
        setStatus(driver, order, "assigned_to_driver");
        setStatus(driver, order, "picked_up");
        setStatus(driver, order, "in_transit");
        return order;
    }

    private void setStatus(String token, String order, String status) throws InterruptedException, IOException {
        call("PATCH", "/api/v1/orders/" + order + "/status", token, "{\"status\": \"" + status + "\"}");
    }

    private JSONObject call(String method, String path, String token, String body)
            throws InterruptedException, IOException {
        var request = HttpRequest.newBuilder(hub.resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(method + " " + path + ": " + response.body() + " (expected: done)");
        }
        return new JSONObject(response.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
