package waybill.cli.crowd;

import java.net.URI;
import java.util.Set;
import java.util.SplittableRandom;
import org.json.JSONObject;
import waybill.cli.orders.Rest;
import waybill.cli.orders.Seat;

/// A customer who has a few orders under way until all of them are placed, and changes their mind now and then.
final class Shopper extends Member {

    private static final int UNDER_WAY = 4;
    private static final int CANCELS = 20;
    private static final Set<String> ENDS = Set.of("delivered", "declined", "cancelled", "returned");

    private final int stores;
    private int toPlace;
    private int placed;

    Shopper(Seat seat, URI hub, Crowd crowd, SplittableRandom random, int stores, int toPlace) {
        super(seat, hub, crowd, random);
        this.stores = stores;
        this.toPlace = toPlace;
    }

    @Override
    Member open() {
        super.open();
        for (int i = 0; i < UNDER_WAY; i++) {
            later(this::place);
        }
        return this;
    }

    private void place() throws InterruptedException {
        if (toPlace == 0) {
            return;
        }
        toPlace--;
        var name = seat.party().id() + '-' + placed++;
        var body = Rest.order("store-" + random.nextInt(stores), name);
        crowd.books().thoughtOf(name);
        var order = crowd.send(random, seat.party(), "POST", "/api/v1/orders", body)
                .json()
                .getString("orderId");
        crowd.books().placed(name, order);
        if (random.nextInt(CANCELS) == 0) {
            var reason = new JSONObject().put("reason", "changed my mind");
            if (crowd.send(random, seat.party(), "POST", "/api/v1/orders/" + order + "/cancel", reason)
                            .status()
                    < 300) {
                crowd.books().acknowledged(order, "cancelled");
            }
        }
    }

    @Override
    void heard(String event, JSONObject body) throws InterruptedException {
        if (event.endsWith("update") && ENDS.contains(body.optString("status"))) {
            crowd.books().ended(order(body));
            later(this::place);
        }
    }
}
