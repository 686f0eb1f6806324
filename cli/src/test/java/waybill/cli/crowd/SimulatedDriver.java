package waybill.cli.crowd;

import java.net.URI;
import java.util.Optional;
import java.util.SplittableRandom;
import org.json.JSONObject;
import waybill.cli.orders.TestSocket;

/// A driver that delivers assigned orders and claims more offered orders than it will get.
final class SimulatedDriver extends SimulatedClient {

    private static final int FAILS = 20;
    private static final int GREED = 6;

    private final int number;

    /// @param number the index of this claimant; each order has one that must claim it, and some that also do
    SimulatedDriver(TestSocket spec, URI hub, Simulation crowd, SplittableRandom random, int number) {
        super(spec, hub, crowd, random);
        this.number = number;
    }

    @Override
    void onEvent(String event, JSONObject body) throws InterruptedException {
        if (event.equals("delivery:new_request")) {
            if (isClaimant(body.getString("order_number")) || random.nextInt(GREED) == 0) {
                claim(order(body));
            }
        } else if (event.endsWith("update") && body.optString("status").equals("assigned_to_driver")) {
            carry(order(body));
        }
    }

    private boolean isClaimant(String orderNumber) {
        return Math.floorMod(orderNumber.hashCode(), simulation.claimants()) == number;
    }

    private void claim(String order) throws InterruptedException {
        var response = random.nextBoolean()
                ? emitWithAck("delivery:accept", new JSONObject().put("order_id", order))
                : Optional.<JSONObject>empty();
        var isMine = response.map(ack -> ack.optBoolean("ok"));
        if (isMine.isPresent()
                ? isMine.get()
                : simulation.transition(random, socketSpec.user(), order, "assigned_to_driver", new JSONObject())) {
            simulation.state().recordClaim(order, socketSpec.user().id());
        } else {
            simulation.state().recordLostClaim();
        }
    }

    private void carry(String order) throws InterruptedException {
        if (!move(order, "picked_up", new JSONObject())) {
            return;
        }
        if (random.nextInt(FAILS) == 0 && move(order, "failed", new JSONObject().put("reason", "not at home"))) {
            move(order, "returned", new JSONObject());
        } else if (move(order, "in_transit", new JSONObject())) {
            move(order, "delivered", new JSONObject());
        }
    }

    private boolean move(String order, String status, JSONObject more) throws InterruptedException {
        return simulation.transition(random, socketSpec.user(), order, status, more);
    }
}
