package waybill.cli.crowd;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.json.JSONObject;
import waybill.cli.orders.TestSocket;

/// A store that accepts orders, prepares them, and sometimes assigns a driver.
final class SimulatedStore extends SimulatedClient {

    private static final Set<String> NEW = Set.of("order:new", "merchant:new_order");
    private static final int DECLINES = 20;

    private final List<String> drivers;

    /// @param drivers the drivers that it may assign instead of offering the order to all
    SimulatedStore(TestSocket spec, URI hub, Simulation crowd, SplittableRandom random, List<String> drivers) {
        super(spec, hub, crowd, random);
        this.drivers = drivers;
    }

    @Override
    void onEvent(String event, JSONObject body) throws InterruptedException {
        if (!NEW.contains(event)) {
            return;
        }
        var order = order(body);
        if (random.nextInt(DECLINES) == 0) {
            move(order, "declined", new JSONObject().put("reason", "sold out"));
            return;
        }
        if (random.nextBoolean()) {
            pay(order);
        }
        if (accept(order) && (random.nextBoolean() || move(order, "preparing", new JSONObject()))) {
            if (random.nextInt(3) == 0) {
                assign(order);
            }
            move(order, "ready_for_pickup", new JSONObject());
        }
    }

    private void pay(String order) throws InterruptedException {
        var payment =
                new JSONObject().put("amount", 2500).put("currency", "EUR").put("paymentMethod", "card");
        if (simulation
                        .send(random, socketSpec.user(), "POST", "/api/v1/orders/" + order + "/payment", payment)
                        .status()
                < 300) {
            simulation.state().acknowledged(order, "payment_confirmed");
        }
    }

    private boolean accept(String order) throws InterruptedException {
        if (socketSpec.name().contains("marketplace") && random.nextBoolean()) {
            var response = emitWithAck("merchant:accept", new JSONObject().put("order_id", order));
            if (response.isPresent() && response.get().optBoolean("ok")) {
                simulation.state().acknowledged(order, "accepted");
                return true;
            }
        }
        return move(order, "accepted", new JSONObject());
    }

    private void assign(String order) throws InterruptedException {
        var driver = drivers.get(random.nextInt(drivers.size()));
        var body = new JSONObject().put("driverId", driver);
        if (simulation
                        .send(random, socketSpec.user(), "POST", "/api/v1/orders/" + order + "/assign", body)
                        .status()
                < 300) {
            simulation.state().recordClaim(order, driver);
        }
    }

    private boolean move(String order, String status, JSONObject more) throws InterruptedException {
        return simulation.transition(random, socketSpec.user(), order, status, more);
    }
}
