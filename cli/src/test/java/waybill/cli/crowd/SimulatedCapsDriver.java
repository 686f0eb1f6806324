package waybill.cli.crowd;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.json.JSONObject;
import waybill.cli.orders.TestSocket;

/// A driver on `/caps`, which identifies orders by their senders' ids.
final class SimulatedCapsDriver extends SimulatedClient {

    private static final int GREED = 6;

    private final int number;
    private final Set<String> seen = new HashSet<>();

    SimulatedCapsDriver(TestSocket spec, URI hub, Simulation crowd, SplittableRandom random, int number) {
        super(spec, hub, crowd, random);
        this.number = number;
    }

    /// Queued messages are sent again, without sequences.
    @Override
    void requestMissed() {
        enqueue(() -> emitWithAck("getAll", new JSONObject().put("event", "pickup")));
    }

    @Override
    void onEvent(String event, JSONObject body) throws InterruptedException {
        var name = body.getString("messageId");
        if (!event.equals("pickup") || !seen.add(name)) {
            return;
        }
        var orderNumber = body.getJSONObject("order").getString("orderNumber");
        if (Math.floorMod(orderNumber.hashCode(), simulation.claimants()) == number || random.nextInt(GREED) == 0) {
            accept(new JSONObject().put("clientId", body.getString("clientId")).put("messageId", name), name);
        }
    }

    private void accept(JSONObject parcel, String name) throws InterruptedException {
        if (emit("in-transit", parcel)) {
            simulation.state().recordClaim(name, socketSpec.user().id());
            simulation.state().acknowledged(name, "in_transit");
            if (emit("delivered", parcel)) {
                simulation.state().acknowledged(name, "delivered");
            }
        } else {
            simulation.state().recordLostClaim();
        }
    }

    /// Retries until the hub responds; false when the parcel is another driver's or gone.
    private boolean emit(String event, JSONObject parcel) throws InterruptedException {
        for (; ; ) {
            var response = emitWithAck(event, parcel);
            if (response.isPresent()) {
                var isDone = response.get().optBoolean("ok");
                var code =
                        response.get().optJSONObject("error", new JSONObject()).optString("code");
                simulation
                        .state()
                        .check(
                                isDone || code.equals("conflict"),
                                socketSpec.name() + " emits " + event + ": " + response);
                return isDone;
            }
            simulation.availability().await();
        }
    }
}
