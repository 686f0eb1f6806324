package waybill.server.dialect.caps;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import waybill.messaging.Queue;
import waybill.server.dialect.write.JsonObjectWriter;

/// The shape of a parcel on `/caps`: what is kept of a client's payload, and what other clients are sent of it.
///
/// Of a wrapped payload the order inside is kept, exactly as it came. Where the sender has put more than the envelope
/// around it, all of the payload is kept, so that no field of a sender is lost. The order can then be found in it
/// again: a text that is kept has an object or list under `order` or `payload` only if it is such a payload.
final class ParcelEnvelope {

    /// What the hub says about a parcel. A sender's own field with one of these names does not go out beside them.
    private static final Set<String> NAMES = Set.of("event", "messageId", "clientId", "eventId", "order");

    /// What a client says about its event, and not about the order.
    private static final Set<String> ABOUT_THE_EVENT = Set.of("occurredAt");

    private ParcelEnvelope() {}

    /// What is kept of a payload with that order inside; both are the same when it is flat.
    static String payloadToStore(LooseObject payload, LooseObject order) {
        if (payload == order) {
            return payload.text();
        }
        var isOrderAlone = !payload.isInPayload() && order.innerOrder().isEmpty();
        return isOrderAlone && isEnvelopeOf(payload, order) ? order.text() : payload.text();
    }

    /// Whether nothing stands around the order but the envelope, and fields that are in the order as well: those are
    /// what a client says that answers with what it was sent.
    private static boolean isEnvelopeOf(LooseObject payload, LooseObject order) {
        return payload.fields().size() < LooseObject.FIELDS_MAX
                && payload.fields().keySet().stream()
                        .allMatch(name -> NAMES.contains(name)
                                || ABOUT_THE_EVENT.contains(name)
                                || order.fields().containsKey(name));
    }

    /// What is said of a parcel, as JSON text. `kept` goes out as it came in.
    static String render(Profile profile, Queue queue, String messageId, String kept, long eventId) {
        return switch (profile) {
            case PHASE2 -> kept;
            case PHASE3 ->
                envelope(queue, messageId)
                        .append(",\"order\":")
                        .append(order(kept))
                        .append(",\"eventId\":")
                        .append(eventId)
                        .append('}')
                        .toString();
            case MERGED -> merged(queue, messageId, kept, eventId);
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

    private static String order(String kept) {
        return LooseObject.parse(kept, Set.of())
                .flatMap(LooseObject::innerOrder)
                .orElse(kept);
    }

    private static String merged(Queue queue, String messageId, String kept, long eventId) {
        var payload = LooseObject.parse(kept, Set.of());
        var order = payload.flatMap(LooseObject::innerOrder).orElse(kept);
        Map<String, String> own = new LinkedHashMap<>();
        if (payload.isPresent()) {
            if (payload.get().innerOrder().isPresent()) {
                LooseObject.parse(order, Set.of()).ifPresent(inner -> own.putAll(inner.fields()));
            }
            own.putAll(payload.get().fields());
        }
        var said = envelope(queue, messageId)
                .append(",\"eventId\":")
                .append(eventId)
                .append(",\"order\":")
                .append(order);
        own.forEach((name, value) -> {
            if (!NAMES.contains(name)) {
                said.append(',')
                        .append(JsonObjectWriter.quote(name))
                        .append(':')
                        .append(value);
            }
        });
        return said.append('}').toString();
    }
}
