package waybill.cli.crowd;

import java.io.IOException;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.json.JSONObject;
import waybill.cli.orders.RestClient;
import waybill.cli.orders.TestUser;

/// What all clients share: access to the hub, and the observed state.
///
/// @param claimants how many drivers claim the orders that are offered to all
record Simulation(RestClient rest, HubAvailability availability, ObservedState state, int claimants) {

    private static final int ATTEMPTS_MAX = 50;
    private static final int UNAVAILABLE = 503;
    private static final int CONFLICT = 409;

    /// One in this many requests is sent twice.
    private static final int REPEATS = 8;

    /// Sends a request until the hub responds, and sometimes once more: with an idempotency key the response must
    /// be the same, and otherwise it must have no effect.
    RestClient.Reply send(SplittableRandom random, TestUser user, String method, String path, JSONObject body)
            throws InterruptedException {
        var headers = random.nextBoolean()
                ? Map.of("Idempotency-Key", new UUID(random.nextLong(), random.nextLong()).toString())
                : Map.<String, String>of();
        var reply = persist(user, method, path, body, headers);
        state.check(
                reply.status() < 300 || reply.status() == CONFLICT,
                user.id() + " " + method + " " + path + " " + body + ": " + reply);
        if (random.nextInt(REPEATS) == 0) {
            state.recordRepeat();
            var again = persist(user, method, path, body, headers);
            state.check(
                    headers.isEmpty() || reply.status() == CONFLICT || again.equals(reply),
                    method + " " + path + " again under its key: " + again + " (expected: " + reply + ")");
        }
        return reply;
    }

    /// Moves an order to that state; false when that is no longer possible.
    boolean transition(SplittableRandom random, TestUser user, String order, String status, JSONObject more)
            throws InterruptedException {
        var body = more.put("status", status);
        var reply = send(random, user, "PATCH", "/api/v1/orders/" + order + "/status", body);
        if (reply.status() == CONFLICT) {
            return false;
        }
        state.acknowledged(order, status);
        return true;
    }

    private RestClient.Reply persist(
            TestUser user, String method, String path, JSONObject body, Map<String, String> headers)
            throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                var reply = rest.call(user, method, path, body, headers);
                if (reply.status() != UNAVAILABLE || attempt == ATTEMPTS_MAX) {
                    return reply;
                }
            } catch (IOException failure) {
                if (attempt == ATTEMPTS_MAX) {
                    throw new IllegalStateException("no response to " + method + " " + path, failure);
                }
            }
            availability.await();
        }
    }
}
