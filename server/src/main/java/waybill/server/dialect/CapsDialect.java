package waybill.server.dialect;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import waybill.mailbox.Queue;
import waybill.mailbox.Topic;
import waybill.order.Details;
import waybill.order.Order;
import waybill.server.dialect.CapsHeard.Malformed;

/// The dialect of `/caps`: parcels, stores and drivers, wrapped or flat.
///
/// A payload is wrapped when it has an object or a list under `order` or `payload`, and flat otherwise: then the whole
/// of
/// it is the order. What a wrapped payload does not say outside is looked for inside. See [Envelope] for what is kept.
public final class CapsDialect {

    /// The longest name that a store, a message or an order may have.
    static final int NAME_MAX = 200;

    /// The longest name of a customer, or address, that is taken out of an order.
    static final int DETAIL_MAX = 500;

    private static final List<String> CUSTOMER = List.of("customer", "customerName", "name");
    private static final List<String> ADDRESS = List.of("address", "deliveryAddress");

    private static final String[] STORE = {"clientid", "store", "storename", "storeid", "vendorid", "queueid"};
    private static final String[] MESSAGE = {"messageid", "orderid", "id"};
    private static final String[] ORDER = {"orderid", "id"};
    private static final String[] CODE = {"code", "messageid", "orderid", "id"};
    private static final String[] EVENT = {"event", "eventname"};

    /// The names as they are documented, to be told to a client that gave none.
    private static final String STORES = "clientId, store, storeName, storeId, vendorId or queueId";

    private static final String MESSAGES = "messageId, orderId or id";

    private static final Set<String> NAMES = Stream.of(STORE, MESSAGE, CODE, EVENT, new String[] {"occurredat"})
            .flatMap(Stream::of)
            .collect(Collectors.toUnmodifiableSet());

    private static final String NOTHING = "null";

    private CapsDialect() {}

    /// The word for a topic.
    public static String word(Topic topic) {
        return switch (topic) {
            case PICKUP -> "pickup";
            case IN_TRANSIT -> "in-transit";
            case DELIVERED -> "delivered";
        };
    }

    /// The topic that a word means, in whatever spelling.
    public static Optional<Topic> topic(String word) {
        return CapsEvent.of(word).flatMap(event -> switch (event) {
            case PICKUP -> Optional.of(Topic.PICKUP);
            case IN_TRANSIT -> Optional.of(Topic.IN_TRANSIT);
            case DELIVERED -> Optional.of(Topic.DELIVERED);
            case JOIN, SUBSCRIBE, UNSUBSCRIBE, SCAN, RECEIVED, GET_ALL -> Optional.empty();
        });
    }

    /// What is said of a parcel, as JSON text. `order` is JSON text that is kept of it, and goes out as it came in.
    public static String say(Profile profile, Queue queue, String messageId, String order, long eventId) {
        return Envelope.say(profile, queue, messageId, order, eventId);
    }

    /// What is said of an order that was not placed here, as if it had been: `{store, orderId, customer, address,
    /// orderNumber}`, and the `notes` of the address if it has any. An id that only one customer knows is no name
    /// for a driver to use.
    public static String parcel(Order order) {
        var fields = new Fields()
                .put("store", order.store())
                .put("orderId", order.namedBy().isPresent() ? order.messageId() : order.foreignId())
                .put("customer", order.details().customerName())
                .put("address", order.details().dropoff().text())
                .put("orderNumber", order.number());
        order.details().dropoff().notes().ifPresent(notes -> fields.put("notes", notes));
        return fields.json();
    }

    /// For whom a parcel is and where it goes, as far as its sender put that into texts; `order` is what is kept.
    public static Details details(String order) {
        var said = texts(order);
        Spoken.read(order, Set.of())
                .flatMap(Spoken::inner)
                .ifPresent(inner -> texts(inner).forEach(said::putIfAbsent));
        return Details.ofParcel(first(said, CUSTOMER), first(said, ADDRESS));
    }

    private static Map<String, String> texts(String order) {
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
            said.clear(); // a list has no names in it
        }
        return said;
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
        return hear(named(json, "clientId"), (spoken, _) -> new CapsHeard.Join(store(spoken, spoken)));
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
            var messageId = message(spoken, order);
            return new CapsHeard.Pickup(
                    store(spoken, order),
                    messageId,
                    name("orderId", order, ORDER).orElse(messageId),
                    Envelope.kept(spoken, order),
                    occurredAt(spoken));
        });
    }

    public static CapsHeard inTransit(String json) {
        return hear(
                json,
                (spoken, order) -> new CapsHeard.InTransit(
                        store(spoken, order),
                        message(spoken, order),
                        Envelope.kept(spoken, order),
                        occurredAt(spoken)));
    }

    public static CapsHeard delivered(String json) {
        return hear(
                json,
                (spoken, order) -> new CapsHeard.Delivered(
                        store(spoken, order),
                        message(spoken, order),
                        Envelope.kept(spoken, order),
                        occurredAt(spoken)));
    }

    public static CapsHeard scan(String json) {
        return hear(
                named(json, "code"),
                (spoken, _) -> new CapsHeard.Scan(
                        name("clientId", spoken, STORE).orElse(null),
                        name("code", spoken, CODE).orElseThrow(() -> missing("code", "code, messageId, orderId or id")),
                        occurredAt(spoken)));
    }

    public static CapsHeard received(String json) {
        return hear(
                json,
                (spoken, order) -> new CapsHeard.Received(
                        eitherName("clientId", spoken, order, STORE).orElse(null),
                        topicIfAny(spoken),
                        message(spoken, order)));
    }

    public static CapsHeard getAll(String json) {
        return hear(
                json.equals(NOTHING) ? "{}" : json,
                (spoken, _) ->
                        new CapsHeard.GetAll(name("clientId", spoken, STORE).orElse(null), topicIfAny(spoken)));
    }

    /// A text alone stands for an object with one name in it, unless it is itself an object that was made a text.
    private static String named(String json, String name) {
        var text = Spoken.string(json).filter(said -> !said.stripLeading().startsWith("{"));
        return text.isPresent() && !text.get().stripLeading().startsWith("[")
                ? "{\"" + name + "\":" + json + "}"
                : json;
    }

    /// Makes sense of a payload and of the order in it, which are the same when it is flat.
    private interface Sense {
        CapsHeard of(Spoken payload, Spoken order) throws NotUnderstood;
    }

    private static CapsHeard hear(String json, Sense sense) {
        try {
            var payload = read(Spoken.string(json).orElse(json), json);
            var inner = payload.inner();
            var order = inner.isEmpty() ? payload : readInner(inner.get());
            return sense.of(payload, order);
        } catch (NotUnderstood e) {
            return new Malformed(e.field(), String.valueOf(e.getMessage()));
        }
    }

    /// @param said what is told of a payload that is no object: an object that came as a text is one
    private static Spoken read(String json, String said) throws NotUnderstood {
        return Spoken.read(json, NAMES).orElseThrow(() -> Reading.noObject(said));
    }

    /// A list has no names in it, but is carried all the same.
    private static Spoken readInner(String json) throws NotUnderstood {
        return json.startsWith("[") ? Spoken.opaque(json) : read(json, json);
    }

    private static String store(Spoken payload, Spoken order) throws NotUnderstood {
        return eitherName("clientId", payload, order, STORE).orElseThrow(() -> missing("clientId", STORES));
    }

    private static String message(Spoken payload, Spoken order) throws NotUnderstood {
        return eitherName("messageId", payload, order, MESSAGE).orElseThrow(() -> missing("messageId", MESSAGES));
    }

    private static NotUnderstood missing(String field, String expected) {
        return new NotUnderstood(field, field + ": missing (expected: " + expected + ")");
    }

    private static Optional<String> eitherName(String field, Spoken payload, Spoken order, String... names)
            throws NotUnderstood {
        var outside = name(field, payload, names);
        return outside.isPresent() ? outside : name(field, order, names);
    }

    private static Optional<String> name(String field, Spoken spoken, String... names) throws NotUnderstood {
        var name = spoken.first(names);
        if (name.isPresent()) {
            requireName(field, name.get());
        }
        return name;
    }

    private static void requireName(String field, String name) throws NotUnderstood {
        if (name.isBlank() || name.length() > NAME_MAX) {
            throw new NotUnderstood(
                    field, field + ": " + name.length() + " characters (expected: 1.." + NAME_MAX + ")");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new NotUnderstood(field, field + ": half a character, a lone surrogate (expected: whole ones)");
        }
    }

    private static @Nullable Topic topicIfAny(Spoken spoken) {
        return spoken.plain(EVENT).flatMap(CapsDialect::topic).orElse(null);
    }

    private static Topic topicOf(Spoken spoken) throws NotUnderstood {
        var word = spoken.plain(EVENT);
        return word.flatMap(CapsDialect::topic)
                .orElseThrow(() -> new NotUnderstood(
                        "event",
                        "event: " + word.map(Reading::shown).orElse("missing")
                                + " (expected: pickup, in-transit or delivered)"));
    }

    private static @Nullable String storeFor(Topic topic, Spoken spoken) throws NotUnderstood {
        return topic.isForDrivers() ? name("clientId", spoken, STORE).orElse(null) : store(spoken, spoken);
    }

    private static @Nullable Instant occurredAt(Spoken spoken) throws NotUnderstood {
        var text = spoken.plain("occurredat");
        if (text.isEmpty()) {
            return null;
        }
        return Reading.moment(text.get())
                .orElseThrow(() -> new NotUnderstood(
                        "occurredAt",
                        "occurredAt: " + Reading.shown(text.get()) + " (expected: " + Reading.TIME + ")"));
    }
}
