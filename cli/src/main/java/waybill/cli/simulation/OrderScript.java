package waybill.cli.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.json.JSONArray;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/// An order from its placement to its end, on a thread of its own: one in ten is cancelled on its way, and several
/// drivers claim it at once.
final class OrderScript {

    private static final int CLAIMANTS = 3;
    private static final int CANCEL_ONE_IN = 10;
    private static final int PAUSE_MAX_MS = 400;
    private static final List<String> DELIVERY = List.of("picked_up", "in_transit", "delivered");

    /// What all orders share.
    ///
    /// @param rest through the network that fails
    /// @param requests numbers the idempotency keys
    record Context(
            SimulationPlan plan,
            HubRest rest,
            Observations observations,
            ExecutorService threads,
            Pauses pauses,
            LongSupplier clockMs,
            AtomicLong requests) {

        /// Writes, and sometimes writes the same again at the same time: both must be answered alike.
        HubRest.Reply write(SplittableRandom random, SimulatedUser user, String method, String path, JSONObject body)
                throws InterruptedException {
            var key = plan.run() + "-" + requests.incrementAndGet();
            if (!plan.has(Fault.DUPLICATE) || random.nextInt(4) > 0) {
                return rest.write(user, method, path, key, body);
            }
            observations.count("requests sent twice");
            Callable<HubRest.Reply> request = () -> rest.write(user, method, path, key, body);
            var second = threads.submit(request);
            var first = rest.write(user, method, path, key, body);
            var again = await(second);
            if (first.isOk()
                    && again.isOk()
                    && !first.body().optString("orderId").equals(again.body().optString("orderId"))) {
                observations.violation(user + " sent " + method + " " + path + " twice under one key, and was answered "
                        + first + " and " + again);
            }
            return first.isOk() ? first : again;
        }

        static HubRest.Reply await(Future<HubRest.Reply> reply) throws InterruptedException {
            try {
                return reply.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    private final Context context;
    private final SplittableRandom random;
    private final String externalId;
    private final SimulatedUser customer;
    private final SimulatedUser store;
    private final List<DriverScript> drivers;
    private String order = "";

    OrderScript(
            Context context,
            SplittableRandom random,
            String externalId,
            SimulatedUser customer,
            SimulatedUser store,
            List<DriverScript> drivers) {
        this.context = context;
        this.random = random;
        this.externalId = externalId;
        this.customer = customer;
        this.store = store;
        this.drivers = drivers;
    }

    void run() throws InterruptedException {
        if (!place()
                || isCancelled()
                || !moves(store, "accepted")
                || !moves(store, "ready_for_pickup")
                || isCancelled()) {
            return;
        }
        var winner = claim();
        if (winner == null) {
            return;
        }
        winner.carries(order);
        for (var status : DELIVERY) {
            if (!moves(winner.user(), status)) {
                break;
            }
        }
        winner.carries("");
    }

    private boolean place() throws InterruptedException {
        var body = new JSONObject()
                .put("storeId", store.id())
                .put("externalId", externalId)
                .put("customerName", customer.id())
                .put("currency", "EUR")
                .put(
                        "items",
                        new JSONArray()
                                .put(new JSONObject()
                                        .put("product", "tea")
                                        .put("quantity", 1)
                                        .put("price", 650)))
                .put("pickupAddress", address(59.91, 10.75))
                .put("deliveryAddress", address(59.92, 10.76));
        var reply = context.write(random, customer, "POST", "/orders", body);
        if (!reply.isOk()) {
            context.observations()
                    .violation(customer + " placed " + externalId + ": " + reply + " (expected: success)");
            return false;
        }
        order = reply.body().getString("orderId");
        context.observations().onPlaced(externalId, order);
        return true;
    }

    private static JSONObject address(double latitude, double longitude) {
        return new JSONObject()
                .put("text", "12 Lake Road")
                .put("latitude", latitude)
                .put("longitude", longitude);
    }

    private boolean isCancelled() throws InterruptedException {
        context.pauses().upTo(random.nextInt(PAUSE_MAX_MS));
        if (random.nextInt(CANCEL_ONE_IN) > 0) {
            return false;
        }
        var reply = context.write(
                random,
                customer,
                "POST",
                "/orders/" + order + "/cancel",
                new JSONObject().put("reason", "changed my mind"));
        if (reply.isOk()) {
            context.observations().onStatus(order, "cancelled");
        }
        return reply.isOk();
    }

    /// False if the order is elsewhere by now: it expired, for example.
    private boolean moves(SimulatedUser user, String status) throws InterruptedException {
        context.pauses().upTo(random.nextInt(PAUSE_MAX_MS));
        var body = new JSONObject().put("status", status);
        if (user.clockOffsetMs() != 0) {
            body.put("occurredAt", context.clockMs().getAsLong() + user.clockOffsetMs());
        }
        var path = "/orders/" + order + "/status";
        var reply = context.write(random, user, "PATCH", path, body);
        if (reply.body().optString("field").equals("occurredAt")) { // its clock is ahead: the hub's own counts
            context.observations().count("times ahead refused");
            body.remove("occurredAt");
            reply = context.write(random, user, "PATCH", path, body);
        }
        if (reply.isOk()) {
            context.observations().onStatus(order, status);
        } else if (!reply.isConflict()) {
            context.observations().violation(user + " set " + order + " to " + status + ": " + reply);
        }
        return reply.isOk();
    }

    /// The driver that won, or null: the hub offers it to other drivers.
    private @Nullable DriverScript claim() throws InterruptedException {
        var first = random.nextInt(drivers.size());
        var claims = new ArrayList<Future<HubRest.Reply>>();
        var claimants = new ArrayList<DriverScript>();
        for (var i = 0; i < Math.min(CLAIMANTS, drivers.size()); i++) {
            var driver = drivers.get((first + i) % drivers.size());
            var own = random.split();
            claimants.add(driver);
            claims.add(context.threads()
                    .submit(() -> context.write(
                            own,
                            driver.user(),
                            "PATCH",
                            "/orders/" + order + "/status",
                            new JSONObject().put("status", "assigned_to_driver"))));
        }
        DriverScript winner = null;
        for (var i = 0; i < claims.size(); i++) {
            var reply = Context.await(claims.get(i));
            var user = claimants.get(i).user();
            if (reply.isOk()) {
                context.observations().onClaimed(order, user.id());
                context.observations().onStatus(order, "assigned_to_driver");
                winner = claimants.get(i);
            } else if (!reply.isConflict() && !reply.body().optString("code").equals("forbidden")) {
                context.observations().violation(user + " claimed " + order + ": " + reply);
            }
        }
        return winner;
    }
}
