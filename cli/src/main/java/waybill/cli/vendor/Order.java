package waybill.cli.vendor;

import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.json.JSONObject;

/// An order of a customer.
public record Order(String id, String customer, String address) {

    private static final List<String> STREETS = List.of(
            "Canal Street", "Elm Road", "Harbour Lane", "Hill Street", "Linden Avenue", "Mill Road", "Station Road");

    /// The order of a new customer.
    public static Order random(RandomGenerator random) {
        var id = new UUID(
                (random.nextLong() & ~0xf000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE); // version 4
        return new Order(
                id.toString(), PersonNames.random(random), random.nextInt(1, 200) + " " + pick(STREETS, random));
    }

    JSONObject payload(String store) {
        return new JSONObject()
                .put("store", store)
                .put("orderId", id)
                .put("customer", customer)
                .put("address", address);
    }

    private static String pick(List<String> names, RandomGenerator random) {
        return names.get(random.nextInt(names.size()));
    }
}
