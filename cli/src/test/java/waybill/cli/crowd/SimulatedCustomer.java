package waybill.cli.crowd;

import java.net.URI;
import java.util.Set;
import java.util.SplittableRandom;
import org.json.JSONObject;
import waybill.cli.orders.RestClient;
import waybill.cli.orders.TestSocket;

/// A customer that has a few orders in progress until all are placed, and cancels some.
final class SimulatedCustomer extends SimulatedClient {

    private static final int UNDER_WAY = 4;
    private static final int CANCELS = 20;
    private static final Set<String> ENDS = Set.of("delivered", "declined", "cancelled", "returned");

    private final int stores;
    private int toPlace;
    private int placed;

    SimulatedCustomer(TestSocket spec, URI hub, Simulation crowd, SplittableRandom random, int stores, int toPlace) {
        super(spec, hub, crowd, random);
        this.stores = stores;
        this.toPlace = toPlace;
    }

    @Override
    SimulatedClient connect() {
        super.connect();
        for (int i = 0; i < UNDER_WAY; i++) {
            enqueue(this::place);
        }
        return this;
    }

    private void place() throws InterruptedException {
        if (toPlace == 0) {
            return;
        }
        toPlace--;
        var name = socketSpec.user().id() + '-' + placed++;
        var body = RestClient.order("store-" + random.nextInt(stores), name);
        simulation.state().intended(name);
        var order = simulation
                .send(random, socketSpec.user(), "POST", "/api/v1/orders", body)
                .json()
                .getString("orderId");
        simulation.state().placed(name, order);
        if (random.nextInt(CANCELS) == 0) {
            var reason = new JSONObject().put("reason", "changed my mind");
            if (simulation
                            .send(random, socketSpec.user(), "POST", "/api/v1/orders/" + order + "/cancel", reason)
                            .status()
                    < 300) {
                simulation.state().acknowledged(order, "cancelled");
            }
        }
    }

    @Override
    void onEvent(String event, JSONObject body) throws InterruptedException {
        if (event.endsWith("update") && ENDS.contains(body.optString("status"))) {
            simulation.state().ended(order(body));
            enqueue(this::place);
        }
    }
}
