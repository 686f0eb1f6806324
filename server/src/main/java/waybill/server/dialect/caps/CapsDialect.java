package waybill.server.dialect.caps;

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
import waybill.messaging.Queue;
import waybill.messaging.Topic;
import waybill.order.OrderDetails;
import waybill.server.dialect.caps.CapsMessage.Malformed;
import waybill.server.dialect.read.InvalidPayload;
import waybill.server.dialect.read.PayloadReader;

/// The dialect of `/caps`: parcels, stores and drivers, wrapped or flat.
///
/// A payload is wrapped when it has an object or a list under `order` or `payload`, and flat otherwise: then the
/// whole of it is the order. Fields that a wrapped payload lacks are looked up inside the order. See
/// [ParcelEnvelope] for what is stored.
public final class CapsDialect {

    /// The maximum length of the name of a store, a message or an order.
    static final int NAME_MAX = 200;

    /// The maximum length of a customer's name, or address, that is read from an order.
    static final int DETAIL_MAX = 500;

    private static final List<String> CUSTOMER = List.of("customer", "customerName", "name");
    private static final List<String> ADDRESS = List.of("address", "deliveryAddress");

    private static final String[] STORE = {"clientid", "store", "storename", "storeid", "vendorid", "queueid"};
    private static final String[] MESSAGE = {"messageid", "orderid", "id"};
    private static final String[] ORDER = {"orderid", "id"};
    private static final String[] CODE = {"code", "messageid", "orderid", "id"};
    private static final String[] EVENT = {"event", "eventname"};

    /// The documented names, for the error of a client that sent none.
    private static final String STORES = "clientId, store, storeName, storeId, vendorId or queueId";

    private static final String MESSAGES = "messageId, orderId or id";

    private static final Set<String> NAMES = Stream.of(STORE, MESSAGE, CODE, EVENT, new String[] {"occurredat"})
            .flatMap(Stream::of)
            .collect(Collectors.toUnmodifiableSet());

    private static final String NULL = "null";

    private CapsDialect() {}

    /// The wire name of a topic.
    public static String eventName(Topic topic) {
        return switch (topic) {
            case PICKUP -> "pickup";
            case IN_TRANSIT -> "in-transit";
            case DELIVERED -> "delivered";
        };
    }

    /// The topic of a name, in any spelling.
    public static Optional<Topic> topic(String topicName) {
        return CapsEvent.of(topicName).flatMap(event -> switch (event) {
            case PICKUP -> Optional.of(Topic.PICKUP);
            case IN_TRANSIT -> Optional.of(Topic.IN_TRANSIT);
            case DELIVERED -> Optional.of(Topic.DELIVERED);
            case JOIN, SUBSCRIBE, UNSUBSCRIBE, SCAN, RECEIVED, GET_ALL -> Optional.empty();
        });
    }

    /// The payload of a parcel, as JSON text. `order` is the stored JSON text, which is sent as it came.
    public static String render(Profile profile, Queue queue, String messageId, String order, long eventId) {
        return ParcelEnvelope.render(profile, queue, messageId, order, eventId);
    }

    /// The customer and the address of a parcel, as far as its sender has them as strings; `order` is the stored
    /// text.
    public static OrderDetails details(String order) {
        var texts = texts(order);
        LooseObject.parse(order, Set.of())
                .flatMap(LooseObject::innerOrder)
                .ifPresent(inner -> texts(inner).forEach(texts::putIfAbsent));
        return OrderDetails.ofParcel(firstText(texts, CUSTOMER), firstText(texts, ADDRESS));
    }

    private static Map<String, String> texts(String order) {
        Map<String, String> texts = new HashMap<>();
        try (var reader = new PayloadReader(order)) {
            reader.enterObject();
            for (var name = reader.nextField(); name != null; name = reader.nextField()) {
                var text = reader.optionalText(DETAIL_MAX);
                if (text != null && (CUSTOMER.contains(name) || ADDRESS.contains(name))) {
                    texts.put(name, text);
                }
            }
        } catch (IOException | InvalidPayload _) {
            texts.clear(); // a list has no names in it
        }
        return texts;
    }

    private static String firstText(Map<String, String> texts, List<String> names) {
        return names.stream()
                .filter(texts::containsKey)
                .map(texts::get)
                .findFirst()
                .orElse("");
    }

    public static CapsMessage join(String json) {
        return parse(wrapText(json, "clientId"), (object, _) -> new CapsMessage.Join(store(object, object)));
    }

    public static CapsMessage subscribe(String json) {
        return parse(json, (object, _) -> {
            var topic = requireTopic(object);
            return new CapsMessage.Subscribe(storeFor(topic, object), topic);
        });
    }

    public static CapsMessage unsubscribe(String json) {
        return parse(json, (object, _) -> {
            var topic = requireTopic(object);
            return new CapsMessage.Unsubscribe(storeFor(topic, object), topic);
        });
    }

    public static CapsMessage pickup(String json) {
        return parse(json, (object, order) -> {
            var messageId = message(object, order);
            return new CapsMessage.Pickup(
                    store(object, order),
                    messageId,
                    name("orderId", order, ORDER).orElse(messageId),
                    ParcelEnvelope.payloadToStore(object, order),
                    occurredAt(object));
        });
    }

    public static CapsMessage inTransit(String json) {
        return parse(
                json,
                (object, order) -> new CapsMessage.InTransit(
                        store(object, order),
                        message(object, order),
                        ParcelEnvelope.payloadToStore(object, order),
                        occurredAt(object)));
    }

    public static CapsMessage delivered(String json) {
        return parse(
                json,
                (object, order) -> new CapsMessage.Delivered(
                        store(object, order),
                        message(object, order),
                        ParcelEnvelope.payloadToStore(object, order),
                        occurredAt(object)));
    }

    public static CapsMessage scan(String json) {
        return parse(
                wrapText(json, "code"),
                (object, _) -> new CapsMessage.Scan(
                        name("clientId", object, STORE).orElse(null),
                        name("code", object, CODE).orElseThrow(() -> missing("code", "code, messageId, orderId or id")),
                        occurredAt(object)));
    }

    public static CapsMessage received(String json) {
        return parse(
                json,
                (object, order) -> new CapsMessage.Received(
                        eitherName("clientId", object, order, STORE).orElse(null),
                        optionalTopic(object),
                        message(object, order)));
    }

    public static CapsMessage getAll(String json) {
        return parse(
                json.equals(NULL) ? "{}" : json,
                (object, _) ->
                        new CapsMessage.GetAll(name("clientId", object, STORE).orElse(null), optionalTopic(object)));
    }

    /// A string stands for an object with one name in it, unless it is itself an object in a string.
    private static String wrapText(String json, String name) {
        var text = LooseObject.parseString(json)
                .filter(texts -> !texts.stripLeading().startsWith("{"));
        return text.isPresent() && !text.get().stripLeading().startsWith("[")
                ? "{\"" + name + "\":" + json + "}"
                : json;
    }

    /// Parses a payload and the order in it, which are the same when it is flat.
    private interface Parser {
        CapsMessage parse(LooseObject payload, LooseObject order) throws InvalidPayload;
    }

    private static CapsMessage parse(String json, Parser sense) {
        try {
            var payload = read(LooseObject.parseString(json).orElse(json), json);
            var inner = payload.innerOrder();
            var order = inner.isEmpty() ? payload : readInner(inner.get());
            return sense.parse(payload, order);
        } catch (InvalidPayload e) {
            return new Malformed(e.field(), String.valueOf(e.getMessage()));
        }
    }

    /// @param texts the event name of the error for a payload that is not an object; an object in a string is one
    private static LooseObject read(String json, String texts) throws InvalidPayload {
        return LooseObject.parse(json, NAMES).orElseThrow(() -> PayloadReader.notAnObject(texts));
    }

    /// A list has no names in it, but is stored and sent as well.
    private static LooseObject readInner(String json) throws InvalidPayload {
        return json.startsWith("[") ? LooseObject.ofOpaque(json) : read(json, json);
    }

    private static String store(LooseObject payload, LooseObject order) throws InvalidPayload {
        return eitherName("clientId", payload, order, STORE).orElseThrow(() -> missing("clientId", STORES));
    }

    private static String message(LooseObject payload, LooseObject order) throws InvalidPayload {
        return eitherName("messageId", payload, order, MESSAGE).orElseThrow(() -> missing("messageId", MESSAGES));
    }

    private static InvalidPayload missing(String field, String expected) {
        return new InvalidPayload(field, field + ": missing (expected: " + expected + ")");
    }

    private static Optional<String> eitherName(String field, LooseObject payload, LooseObject order, String... names)
            throws InvalidPayload {
        var outside = name(field, payload, names);
        return outside.isPresent() ? outside : name(field, order, names);
    }

    private static Optional<String> name(String field, LooseObject object, String... names) throws InvalidPayload {
        var name = object.requireScalar(names);
        if (name.isPresent()) {
            requireName(field, name.get());
        }
        return name;
    }

    private static void requireName(String field, String name) throws InvalidPayload {
        if (name.isBlank() || name.length() > NAME_MAX) {
            throw new InvalidPayload(
                    field, field + ": " + name.length() + " characters (expected: 1.." + NAME_MAX + ")");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new InvalidPayload(field, field + ": half a character, a lone surrogate (expected: whole ones)");
        }
    }

    private static @Nullable Topic optionalTopic(LooseObject object) {
        return object.scalar(EVENT).flatMap(CapsDialect::topic).orElse(null);
    }

    private static Topic requireTopic(LooseObject object) throws InvalidPayload {
        var topicName = object.scalar(EVENT);
        return topicName
                .flatMap(CapsDialect::topic)
                .orElseThrow(() -> new InvalidPayload(
                        "event",
                        "event: " + topicName.map(PayloadReader::excerpt).orElse("missing")
                                + " (expected: pickup, in-transit or delivered)"));
    }

    private static @Nullable String storeFor(Topic topic, LooseObject object) throws InvalidPayload {
        return topic.isForDrivers() ? name("clientId", object, STORE).orElse(null) : store(object, object);
    }

    private static @Nullable Instant occurredAt(LooseObject object) throws InvalidPayload {
        var text = object.scalar("occurredat");
        if (text.isEmpty()) {
            return null;
        }
        return PayloadReader.parseTime(text.get())
                .orElseThrow(() -> new InvalidPayload(
                        "occurredAt",
                        "occurredAt: " + PayloadReader.excerpt(text.get()) + " (expected: " + PayloadReader.TIME
                                + ")"));
    }
}
