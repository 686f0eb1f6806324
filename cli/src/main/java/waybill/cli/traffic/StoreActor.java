package waybill.cli.traffic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.json.JSONObject;
import waybill.cli.traffic.HubApi.Request;
import waybill.cli.traffic.HubApi.Response;

/// A store: accepts each order after a moment, and reports it ready after the time that it has announced.
///
/// Confined to the thread of its context.
final class StoreActor implements HubSocket.Listener, AutoCloseable {

    /// Orders that it takes care of; further ones expire.
    static final int OPEN_MAX = 200;

    /// In the seconds of a real city.
    private static final double PREPARATION_MIN = 60;

    private static final double PREPARATION_RANGE = 150;

    private static final Set<String> NEW = Set.of("pending", "payment_confirmed");
    private static final Set<String> ACCEPTED = Set.of("accepted", "preparing");
    private static final String WITHOUT_DRIVER = "ready_for_pickup";

    private final TrafficContext context;
    private final Store store;
    private final String token;
    private final SplittableRandom random;
    private final HubSocket socket;

    /// Orders that have not left, and whether their next step is scheduled.
    private final Map<String, Step> open = new LinkedHashMap<>();

    private enum Step {
        TO_ACCEPT,
        TO_PREPARE,
        READY
    }

    StoreActor(TrafficContext context, Store store, String token, SplittableRandom random) {
        this.context = context;
        this.store = store;
        this.token = token;
        this.random = random;
        socket = context.socket(token);
    }

    /// Registers the store and its catalogue, then connects.
    void start(Runnable onOpen) {
        context.sendUntilAnswered(
                Request.of("PUT", "/api/v1/business", token, store.business(context.projection())),
                _ -> context.sendUntilAnswered(Request.of("PUT", "/api/v1/products", token, store.catalogue()), _ -> {
                    socket.connect(this);
                    onOpen.run();
                }));
    }

    Store store() {
        return store;
    }

    /// Orders that wait for the store or for a driver.
    int waiting() {
        return open.size();
    }

    /// An order that an event brings meanwhile may be missing in the response, and stays.
    @Override
    public void onConnect() {
        var known = Set.copyOf(open.keySet());
        context.api().send(Request.get("/api/v1/orders/active?limit=" + OPEN_MAX, token), response -> {
            if (response instanceof Response.Done(var body)) {
                open.keySet().removeAll(known);
                for (var each : body.getJSONArray("orders")) {
                    var order = (JSONObject) each;
                    onStatus(order.getString("orderId"), order.getString("status"));
                }
            }
        });
    }

    @Override
    public void onDisconnect() {}

    @Override
    public void onEvent(String event, JSONObject body, Consumer<JSONObject> ack) {
        if (event.equals("merchant:new_order")) {
            ack.accept(new JSONObject().put("received", true));
        }
        if (body.has("status")) {
            onStatus(body.optString("order_id"), body.optString("status"));
        }
    }

    private void onStatus(String order, String status) {
        if (NEW.contains(status)) {
            if (open.size() < OPEN_MAX && open.putIfAbsent(order, Step.TO_ACCEPT) == null) {
                context.thread().schedule(context.plan().thought(random), () -> accept(order));
            }
        } else if (ACCEPTED.contains(status)) {
            if (open.size() < OPEN_MAX && open.put(order, Step.TO_PREPARE) != Step.TO_PREPARE) {
                prepare(order, preparation());
            }
        } else if (status.equals(WITHOUT_DRIVER) || status.equals("assigned_to_driver")) {
            open.put(order, Step.READY);
        } else {
            open.remove(order);
        }
    }

    private Duration preparation() {
        return context.plan().lasting(PREPARATION_MIN + PREPARATION_RANGE * random.nextDouble());
    }

    private void accept(String order) {
        if (open.get(order) != Step.TO_ACCEPT) {
            return;
        }
        var preparation = preparation();
        var readyAt = context.clock().instant().plus(preparation);
        open.put(order, Step.TO_PREPARE);
        setStatus(order, new JSONObject().put("status", "accepted").put("readyAt", readyAt.toString()));
        prepare(order, preparation);
    }

    private void prepare(String order, Duration preparation) {
        context.thread().schedule(preparation, () -> {
            if (open.get(order) == Step.TO_PREPARE) {
                setStatus(order, new JSONObject().put("status", WITHOUT_DRIVER));
            }
        });
    }

    /// What the hub rejects is another's decision, of which its event tells.
    private void setStatus(String order, JSONObject status) {
        context.sendUntilAnswered(Request.status(order, token, status), response -> {
            if (response instanceof Response.Rejected) {
                open.remove(order);
            }
        });
    }

    @Override
    public void close() {
        socket.close();
    }
}
