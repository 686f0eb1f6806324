package waybill.cli.traffic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.json.JSONArray;
import org.json.JSONObject;
import waybill.cli.city.Address;
import waybill.cli.traffic.HubApi.Request;
import waybill.cli.vendor.PersonNames;

/// The customers of the city. Confined to the thread of its context.
final class OrderPlacer {

    static final int CUSTOMERS = 40;

    /// Customers live so far from the store that they order from, in metres.
    private static final double NEAREST = 350;

    private static final double FARTHEST = 2_300;
    private static final int TRIES_MAX = 200;
    private static final int ITEMS_MAX = 3;
    private static final int QUANTITY_MAX = 2;

    private static final List<String> NOTES =
            List.of("Ring twice, please", "Leave it at the door", "Second floor", "The green gate");
    private static final double NOTES_SHARE = 0.2;

    private final TrafficContext context;
    private final SplittableRandom random;
    private final Map<String, String> tokens = new HashMap<>();
    private long placed;

    OrderPlacer(TrafficContext context, SplittableRandom random) {
        this.context = context;
        this.random = random;
    }

    /// Orders that the hub has accepted from customers.
    long placed() {
        return placed;
    }

    /// A customer orders from one of the stores. An order that the hub does not answer is given up.
    void placeAt(Store store) {
        var customer = PersonNames.of(PersonNames.COUNT - 1 - random.nextInt(CUSTOMERS));
        var order = order(store);
        var token = tokens.get(customer);
        if (token != null) {
            send(order, token);
            return;
        }
        var user =
                new JSONObject().put("userId", customer).put("name", customer).put("role", "customer");
        context.requestToken(user, issued -> {
            tokens.put(customer, issued);
            send(order, issued);
        });
    }

    private void send(JSONObject order, String token) {
        context.api().send(Request.of("POST", "/api/v1/orders", token, order), response -> {
            if (response instanceof HubApi.Response.Done) {
                placed++;
            }
        });
    }

    private JSONObject order(Store store) {
        var home = Store.json(home(store), context.projection());
        if (random.nextDouble() < NOTES_SHARE) {
            home.put("notes", NOTES.get(random.nextInt(NOTES.size())));
        }
        return new JSONObject()
                .put("storeId", store.id())
                .put("items", items(store))
                .put("pickupAddress", Store.json(store.address(), context.projection()))
                .put("deliveryAddress", home);
    }

    private JSONArray items(Store store) {
        var products = new ArrayList<>(store.products());
        var items = new JSONArray();
        for (var count = 1 + random.nextInt(ITEMS_MAX); count > 0; count--) {
            var product = products.remove(random.nextInt(products.size()));
            items.put(new JSONObject().put("product", product.id()).put("quantity", 1 + random.nextInt(QUANTITY_MAX)));
        }
        return items;
    }

    private Address home(Store store) {
        var addresses = context.city().addresses();
        var address = addresses.get(random.nextInt(addresses.size()));
        for (var tries = 0; tries < TRIES_MAX && !isNear(address, store); tries++) {
            address = addresses.get(random.nextInt(addresses.size()));
        }
        return address;
    }

    private static boolean isNear(Address address, Store store) {
        var distance = address.door().distanceTo(store.address().door());
        return distance > NEAREST && distance < FARTHEST;
    }
}
