package waybill.server.dialect;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.mailbox.Queue;
import waybill.mailbox.Topic;
import waybill.order.Details;
import waybill.order.Order;
import waybill.server.dialect.CapsHeard.Malformed;

/// The dialect of `/caps`: parcels, stores and drivers, wrapped or flat.
///
/// A payload is wrapped when it has an object under `order` (a list will do), and flat otherwise: then the whole of
/// it is the order. What a wrapped payload does not say outside is looked for inside.
public final class CapsDialect {

    /// The longest name that a store, a message or an order may have.
    static final int NAME_MAX = 200;

    /// The longest name of a customer, or address, that is taken out of an order.
    static final int DETAIL_MAX = 500;

    private static final List<String> CUSTOMER = List.of("customer", "customerName", "name");
    private static final List<String> ADDRESS = List.of("address", "deliveryAddress");

    private static final String[] STORE = {"clientId", "store", "storeId", "vendorId"};
    private static final String[] MESSAGE = {"messageId", "orderId", "id"};
    private static final String[] ORDER = {"orderId", "id"};
    private static final String[] CODE = {"code", "messageId", "orderId", "id"};

    private static final Set<String> NAMES = Set.of(
            "clientId", "store", "storeId", "vendorId", "messageId", "orderId", "id", "event", "code", "occurredAt");

    private CapsDialect() {}

    /// The word for a topic.
    public static String word(Topic topic) {
        return switch (topic) {
            case PICKUP -> "pickup";
            case IN_TRANSIT -> "in-transit";
            case DELIVERED -> "delivered";
        };
    }

    public static Optional<Topic> topic(String word) {
        return switch (word) {
            case "pickup" -> Optional.of(Topic.PICKUP);
            case "in-transit" -> Optional.of(Topic.IN_TRANSIT);
            case "delivered" -> Optional.of(Topic.DELIVERED);
            default -> Optional.empty();
        };
    }

    /// What is said of a parcel, as JSON text. `order` is JSON text, and goes out as it came in.
    public static String say(Profile profile, Queue queue, String messageId, String order, long eventId) {
        return switch (profile) {
            case PHASE2 -> order;
            case PHASE3 ->
                "{\"event\":\"" + word(queue.topic()) + "\",\"messageId\":" + quoted(messageId) + ",\"clientId\":"
                        + quoted(queue.store()) + ",\"order\":" + order + ",\"eventId\":" + eventId + "}";
        };
    }

    /// What is said of an order that was not placed here, as if it had been: `{store, orderId, customer, address,
    /// orderNumber}`.
    public static String parcel(Order order) {
        return new Fields()
                .put("store", order.store())
                .put("orderId", order.foreignId())
                .put("customer", order.details().customerName())
                .put("address", order.details().dropoff().text())
                .put("orderNumber", order.number())
                .json();
    }

    /// For whom a parcel is and where it goes, as far as its sender put that into texts; `order` is what was sent.
    public static Details details(String order) {
        Map<String, String> said = new HashMap<>();
        try (var reading = new Reading(order)) {
            reading.open();
            for (var name = reading.next(); name != null; name = reading.next()) {
                var text = reading.textIfAny(DETAIL_MAX);
                if (text != null && (CUSTOMER.contains(name) || ADDRESS.contains(name))) {
                    said.put(name, text);
                }
            }
        } catch (IOException | NotUnderstood _) {
            return Details.ofParcel("", "");
        }
        return Details.ofParcel(first(said, CUSTOMER), first(said, ADDRESS));
    }

    private static String first(Map<String, String> said, List<String> names) {
        return names.stream()
                .filter(said::containsKey)
                .map(said::get)
                .findFirst()
                .orElse("");
    }

    /// A text as a JSON string.
    public static String quoted(String text) {
        var quoted = new StringBuilder(text.length() + 8).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, quoted);
        return quoted.append('"').toString();
    }

    public static CapsHeard join(String json) {
        if (json.startsWith("\"")) {
            return join("{\"clientId\":" + json + "}");
        }
        return hear(json, (spoken, _) -> new CapsHeard.Join(name(spoken, "clientId", STORE)));
    }

    public static CapsHeard subscribe(String json) {
        return hear(json, (spoken, _) -> {
            var topic = topicOf(spoken);
            return new CapsHeard.Subscribe(storeFor(topic, spoken), topic);
        });
    }

    public static CapsHeard unsubscribe(String json) {
        return hear(json, (spoken, _) -> {
            var topic = topicOf(spoken);
            return new CapsHeard.Unsubscribe(storeFor(topic, spoken), topic);
        });
    }

    public static CapsHeard pickup(String json) {
        return hear(json, (spoken, order) -> {
            var messageId = name(spoken, order, "messageId", MESSAGE);
            return new CapsHeard.Pickup(
                    name(spoken, order, "clientId", STORE),
                    messageId,
                    named(order, ORDER).orElse(messageId),
                    order.text(),
                    occurredAt(spoken));
        });
    }

    public static CapsHeard inTransit(String json) {
        return hear(
                json,
                (spoken, order) -> new CapsHeard.InTransit(
                        name(spoken, order, "clientId", STORE),
                        name(spoken, order, "messageId", MESSAGE),
                        order.text(),
                        occurredAt(spoken)));
    }

    public static CapsHeard delivered(String json) {
        return hear(
                json,
                (spoken, order) -> new CapsHeard.Delivered(
                        name(spoken, order, "clientId", STORE),
                        name(spoken, order, "messageId", MESSAGE),
                        order.text(),
                        occurredAt(spoken)));
    }

    public static CapsHeard scan(String json) {
        if (json.startsWith("\"")) {
            return scan("{\"code\":" + json + "}");
        }
        return hear(
                json,
                (spoken, _) -> new CapsHeard.Scan(
                        named(spoken, STORE).orElse(null), name(spoken, "code", CODE), occurredAt(spoken)));
    }

    public static CapsHeard received(String json) {
        return hear(
                json,
                (spoken, order) -> new CapsHeard.Received(
                        new Queue(name(spoken, order, "clientId", STORE), topicOf(spoken)),
                        name(spoken, order, "messageId", MESSAGE)));
    }

    public static CapsHeard getAll(String json) {
        return hear(json, (spoken, _) -> {
            var topic = topicOf(spoken);
            return new CapsHeard.GetAll(storeFor(topic, spoken), topic);
        });
    }

    /// Makes sense of a payload and of the order in it, which are the same when it is flat.
    private interface Sense {
        CapsHeard of(Spoken payload, Spoken order) throws Nonsense;
    }

    /// Ends the reading of a payload that makes no sense; never leaves this class.
    private static final class Nonsense extends Exception {
        private final Malformed heard;

        Nonsense(String field, String message) {
            super(message, null, false, false);
            heard = new Malformed(field, message);
        }
    }

    private static CapsHeard hear(String json, Sense sense) {
        try {
            var payload = read(json);
            var inner = payload.inner();
            var order = inner.isEmpty() ? payload : readInner(inner.get());
            return sense.of(payload, order);
        } catch (Nonsense e) {
            return e.heard;
        }
    }

    private static Spoken read(String json) throws Nonsense {
        return Spoken.read(json, NAMES, "order")
                .orElseThrow(() -> new Nonsense("payload", "payload: no object (expected: a JSON object)"));
    }

    /// A list has no names in it, but is carried all the same.
    private static Spoken readInner(String json) throws Nonsense {
        return json.startsWith("[") ? Spoken.opaque(json) : read(json);
    }

    private static String name(Spoken payload, Spoken order, String field, String... names) throws Nonsense {
        var outside = named(payload, names);
        return outside.isPresent() ? outside.get() : name(order, field, names);
    }

    private static String name(Spoken spoken, String field, String... names) throws Nonsense {
        var name = named(spoken, names);
        if (name.isEmpty()) {
            throw new Nonsense(field, field + ": missing (expected: " + String.join(" or ", names) + ")");
        }
        return name.get();
    }

    private static Optional<String> named(Spoken spoken, String... names) throws Nonsense {
        var odd = spoken.firstOdd(names);
        if (odd.isPresent()) {
            throw new Nonsense(odd.get(), odd.get() + ": neither text nor a number (expected: one of them)");
        }
        var name = spoken.first(names);
        if (name.isPresent() && (name.get().isBlank() || name.get().length() > NAME_MAX)) {
            var length = name.get().length();
            throw new Nonsense(names[0], names[0] + ": " + length + " characters (expected: 1.." + NAME_MAX + ")");
        }
        return name;
    }

    private static Topic topicOf(Spoken spoken) throws Nonsense {
        var word = spoken.first("event");
        var topic = word.flatMap(CapsDialect::topic);
        if (topic.isEmpty()) {
            throw new Nonsense(
                    "event",
                    "event: " + word.map(CapsDialect::shortened).orElse("missing")
                            + " (expected: pickup, in-transit or delivered)");
        }
        return topic.get();
    }

    private static @Nullable String storeFor(Topic topic, Spoken spoken) throws Nonsense {
        return topic.isForDrivers() ? named(spoken, STORE).orElse(null) : name(spoken, "clientId", STORE);
    }

    private static @Nullable Instant occurredAt(Spoken spoken) throws Nonsense {
        var text = spoken.first("occurredAt");
        if (text.isEmpty()) {
            return null;
        }
        return Reading.moment(text.get())
                .orElseThrow(() -> new Nonsense(
                        "occurredAt", "occurredAt: " + shortened(text.get()) + " (expected: " + Reading.TIME + ")"));
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
