package waybill.cli.caps;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.json.JSONObject;

/// A parcel in a message of either form. Two parcels are the same when store and id are.
public record Parcel(String store, String id, JSONObject message) {

    private static final List<String> STORE_NAMES = List.of("clientId", "store", "storeId", "vendorId");
    private static final List<String> ID_NAMES = List.of("messageId", "orderId", "id");
    private static final List<String> CUSTOMER_NAMES = List.of("customer", "customerName", "name");

    /// The parcel in a message; empty when the message has no store or no id.
    public static Optional<Parcel> of(JSONObject message) {
        var order = orderIn(message);
        var store = first(message, STORE_NAMES).or(() -> first(order, STORE_NAMES));
        var id = first(message, ID_NAMES).or(() -> first(order, ID_NAMES));
        return store.flatMap(name -> id.map(text -> new Parcel(name, text, message)));
    }

    /// The store's payload, without its envelope.
    public JSONObject order() {
        return orderIn(message);
    }

    /// The customer's name, or `customer` when it is missing or blank.
    public String customer() {
        return first(order(), CUSTOMER_NAMES)
                .or(() -> first(message, CUSTOMER_NAMES))
                .orElse("customer");
    }

    /// The message in the form in which it came, to be emitted as `event`.
    public JSONObject withEvent(String event) {
        var copy = new JSONObject(message, JSONObject.getNames(message));
        return copy.has("event") ? copy.put("event", event) : copy;
    }

    /// The `received` payload for the message of this parcel in the queue of `event`.
    public JSONObject confirmation(String event) {
        return new JSONObject().put("clientId", store).put("event", event).put("messageId", id);
    }

    /// Identifies the parcel among those of all stores.
    public String key() {
        return store + '/' + id;
    }

    private static JSONObject orderIn(JSONObject message) {
        return message.optJSONObject("order", message);
    }

    private static Optional<String> first(JSONObject object, List<String> names) {
        return names.stream()
                .flatMap(name -> Stream.ofNullable(object.opt(name)))
                .filter(value -> value instanceof String || value instanceof Number)
                .map(Object::toString)
                .filter(text -> !text.isBlank())
                .findFirst();
    }
}
