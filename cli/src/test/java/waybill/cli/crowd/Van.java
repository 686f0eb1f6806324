package waybill.cli.crowd;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.json.JSONObject;
import waybill.cli.orders.Seat;

/// A driver on `/caps`, who knows orders by the names that their senders gave them.
final class Van extends Member {

    private static final int GREED = 6;

    private final int number;
    private final Set<String> seen = new HashSet<>();

    Van(Seat seat, URI hub, Crowd crowd, SplittableRandom random, int number) {
        super(seat, hub, crowd, random);
        this.number = number;
    }

    /// What waits is said again; nobody counts here.
    @Override
    void catchUp() {
        later(() -> ask("getAll", new JSONObject().put("event", "pickup")));
    }

    @Override
    void heard(String event, JSONObject body) throws InterruptedException {
        var name = body.getString("messageId");
        if (!event.equals("pickup") || !seen.add(name)) {
            return;
        }
        var orderNumber = body.getJSONObject("order").getString("orderNumber");
        if (Math.floorMod(orderNumber.hashCode(), crowd.claimants()) == number || random.nextInt(GREED) == 0) {
            take(new JSONObject().put("clientId", body.getString("clientId")).put("messageId", name), name);
        }
    }

    private void take(JSONObject parcel, String name) throws InterruptedException {
        if (say("in-transit", parcel)) {
            crowd.books().won(name, seat.party().id());
            crowd.books().acknowledged(name, "in_transit");
            if (say("delivered", parcel)) {
                crowd.books().acknowledged(name, "delivered");
            }
        } else {
            crowd.books().lost();
        }
    }

    /// Until it is answered; false when the parcel is another's or gone.
    private boolean say(String event, JSONObject parcel) throws InterruptedException {
        for (; ; ) {
            var answer = ask(event, parcel);
            if (answer.isPresent()) {
                var isDone = answer.get().optBoolean("ok");
                var code = answer.get().optJSONObject("error", new JSONObject()).optString("code");
                crowd.books().check(isDone || code.equals("conflict"), seat.name() + " says " + event + ": " + answer);
                return isDone;
            }
            crowd.gate().await();
        }
    }
}
