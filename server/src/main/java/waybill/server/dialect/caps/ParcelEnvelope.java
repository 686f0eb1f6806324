package waybill.server.dialect.caps;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import waybill.messaging.Queue;
import waybill.server.dialect.write.JsonObjectWriter;

/// The envelope of a parcel on `/caps`: what is stored of a client's payload, and what other clients receive of it.
///
/// Of a wrapped payload the order inside is stored, unchanged. If the sender has other fields around it than the
/// envelope, all of the payload is stored, so that no field of a sender is lost. The order can then be found in it
/// again: a stored text has an object or list under `order` or `payload` only if it is such a payload.
final class ParcelEnvelope {

    /// The hub's fields of a parcel. A sender's own field with one of these names is not sent beside them.
    private static final Set<String> NAMES = Set.of("event", "messageId", "clientId", "eventId", "order");

    /// A client's fields about its event, and not about the order.
    private static final Set<String> ABOUT_THE_EVENT = Set.of("occurredAt");

    private ParcelEnvelope() {}

    /// The text to store of a payload with that order inside; both are the same when it is flat.
    static String payloadToStore(LooseObject payload, LooseObject order) {
        if (payload == order) {
            return payload.text();
        }
        var isOrderAlone = !payload.isInPayload() && order.innerOrder().isEmpty();
        return isOrderAlone && isEnvelopeOf(payload, order) ? order.text() : payload.text();
    }

    /// Whether there is nothing around the order but the envelope, and fields that are in the order as well: such a
    /// payload is that of a client that sends back what it received.
    private static boolean isEnvelopeOf(LooseObject payload, LooseObject order) {
        return payload.fields().size() < LooseObject.FIELDS_MAX
                && payload.fields().keySet().stream()
                        .allMatch(name -> NAMES.contains(name)
                                || ABOUT_THE_EVENT.contains(name)
                                || order.fields().containsKey(name));
    }

    /// The payload of a parcel, as JSON text. `kept` is sent as it came.
    static String render(Profile profile, Queue queue, String messageId, String stored, long eventId) {
        return switch (profile) {
            case PHASE2 -> stored;
            case PHASE3 ->
                envelope(queue, messageId)
                        .append(",\"order\":")
                        .append(order(stored))
                        .append(",\"eventId\":")
                        .append(eventId)
                        .append('}')
                        .toString();
            case MERGED -> merged(queue, messageId, stored, eventId);
        };
    }

    private static StringBuilder envelope(Queue queue, String messageId) {
        return new StringBuilder("{\"event\":\"")
                .append(CapsDialect.eventName(queue.topic()))
                .append("\",\"messageId\":")
                .append(JsonObjectWriter.quote(messageId))
                .append(",\"clientId\":")
                .append(JsonObjectWriter.quote(queue.store()));
    }

    private static String order(String stored) {
        return LooseObject.parse(stored, Set.of())
                .flatMap(LooseObject::innerOrder)
                .orElse(stored);
    }

    private static String merged(Queue queue, String messageId, String stored, long eventId) {
        var payload = LooseObject.parse(stored, Set.of());
        var order = payload.flatMap(LooseObject::innerOrder).orElse(stored);
        Map<String, String> own = new LinkedHashMap<>();
        if (payload.isPresent()) {
            if (payload.get().innerOrder().isPresent()) {
                LooseObject.parse(order, Set.of()).ifPresent(inner -> own.putAll(inner.fields()));
            }
            own.putAll(payload.get().fields());
        }
        var rendered = envelope(queue, messageId)
                .append(",\"eventId\":")
                .append(eventId)
                .append(",\"order\":")
                .append(order);
        own.forEach((name, value) -> {
            if (!NAMES.contains(name)) {
                rendered.append(',')
                        .append(JsonObjectWriter.quote(name))
                        .append(':')
                        .append(value);
            }
        });
        return rendered.append('}').toString();
    }
}
