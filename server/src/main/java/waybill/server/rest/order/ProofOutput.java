package waybill.server.rest.order;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.order.Proof;
import waybill.order.ProofKind;
import waybill.order.ProofRules;
import waybill.server.rest.http.JsonWriter;

/// Renders proofs of delivery.
final class ProofOutput {

    private ProofOutput() {}

    /// The fields of a proof besides its originator and its times.
    static void fields(Proof proof, JsonGenerator json) throws IOException {
        var evidence = proof.evidence();
        json.writeNumberField("number", proof.number());
        json.writeStringField("kind", proof.kind().wireName());
        var place = evidence.placeOrNone();
        if (place != null) {
            OrderJson.position(json, place.position());
            if (place.accuracyOrNone() != null) {
                json.writeNumberField("accuracy", place.accuracyOrNone());
            }
            JsonWriter.text(
                    json,
                    "recordedAt",
                    Optional.ofNullable(place.recordedAtOrNone()).map(JsonWriter::time));
        }
        JsonWriter.text(json, "recipient", present(evidence.recipient()));
        JsonWriter.text(json, "code", present(evidence.code()));
        var image = evidence.imageOrNone();
        if (image != null) {
            json.writeStringField("imageSha256", image.sha256());
            json.writeNumberField("imageSize", image.size());
            json.writeStringField("imageType", image.type().mediaType());
        }
        json.writeStringField("previousHash", proof.previousHash());
        json.writeStringField("hash", proof.hash());
    }

    private static Optional<String> present(String text) {
        return Optional.of(text).filter(one -> !one.isEmpty());
    }

    private static void proof(Proof proof, JsonGenerator json) throws IOException {
        json.writeStringField("orderId", proof.order().toString());
        fields(proof, json);
        json.writeStringField("by", proof.by().toString());
        json.writeStringField("occurredAt", JsonWriter.time(proof.occurredAt()));
        json.writeStringField("receivedAt", JsonWriter.time(proof.receivedAt()));
        if (proof.kind().hasImage()) {
            json.writeStringField("imageUrl", imageUrl(proof.order(), proof.number()));
        }
    }

    /// The proofs of an order, which are required and which are missing.
    ///
    /// @param isCustomer whether the reader is the order's customer, which alone is shown the PIN
    static String of(Order order, Iterable<Proof> proofs, boolean isCustomer) {
        var requirement = order.details().proofRequirement();
        return JsonWriter.object(json -> {
            json.writeStringField("orderId", order.id().toString());
            kinds(json, "required", requirement.sortedKinds());
            kinds(json, "missing", ProofRules.missing(order));
            if (isCustomer && !requirement.pin().isEmpty()) {
                json.writeStringField("pin", requirement.pin());
            }
            json.writeArrayFieldStart("proofs");
            for (var proof : proofs) {
                json.writeStartObject();
                proof(proof, json);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /// The response to a proof that was recorded, now or before.
    static String recorded(Order order, Proof.Evidence evidence) {
        var number = order.proofs().numberOf(evidence);
        return JsonWriter.object(json -> {
            json.writeStringField("orderId", order.id().toString());
            json.writeNumberField("number", number);
            json.writeStringField("kind", evidence.kind().wireName());
            if (evidence.imageOrNone() != null) {
                json.writeStringField("imageSha256", evidence.imageOrNone().sha256());
                json.writeStringField("imageUrl", imageUrl(order.id(), number));
            }
            json.writeStringField(
                    "hash", order.proofs().recorded().get(number - 1).hash());
            kinds(json, "missing", ProofRules.missing(order));
            json.writeNumberField("eventId", order.lastSequence());
        });
    }

    private static String imageUrl(OrderId order, int number) {
        return "/api/v1/orders/" + order + "/proof/" + number;
    }

    static void kinds(JsonGenerator json, String name, Iterable<ProofKind> kinds) throws IOException {
        json.writeArrayFieldStart(name);
        for (var kind : kinds) {
            json.writeString(kind.wireName());
        }
        json.writeEndArray();
    }
}
