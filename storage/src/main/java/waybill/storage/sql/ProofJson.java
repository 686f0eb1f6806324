package waybill.storage.sql;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import waybill.blob.Blob;
import waybill.blob.BlobId;
import waybill.geo.Position;
import waybill.order.Actor;
import waybill.order.OrderId;
import waybill.order.OrderProofs;
import waybill.order.Proof;
import waybill.order.ProofKind;
import waybill.order.ProofPlace;
import waybill.order.ProofText;

/// A proof as the body of its event, and what is known of an order's proofs in a column.
final class ProofJson {

    private static final String IMAGE_ID = "imageId";
    private static final String HASH = "hash";
    private static final String KIND = "kind";
    private static final String CONTENT = "content";

    private ProofJson() {}

    /// The fields of its canonical text, its hash, and where its image is.
    static String encode(Proof proof) {
        var fields = new ArrayList<String>();
        ProofText.fields(proof).forEach((name, value) -> fields.addAll(List.of(name, value)));
        fields.addAll(List.of(HASH, proof.hash()));
        proof.evidence()
                .image()
                .ifPresent(image -> fields.addAll(List.of(IMAGE_ID, image.id().toString())));
        return FlatJson.write(fields.toArray(new String[0]));
    }

    static Proof decode(Map<String, String> body) {
        return new Proof(
                new OrderId(UUID.fromString(EventJson.field(body, "order"))),
                Integer.parseInt(EventJson.field(body, "number")),
                new Proof.Evidence(
                        kind(EventJson.field(body, KIND)),
                        body.getOrDefault("code", ""),
                        image(body),
                        place(body),
                        body.getOrDefault("recipient", "")),
                Actor.parse(EventJson.field(body, "by")),
                Instant.parse(EventJson.field(body, "occurredAt")),
                Instant.parse(EventJson.field(body, "receivedAt")),
                EventJson.field(body, "previous"),
                EventJson.field(body, HASH));
    }

    static ProofKind kind(String name) {
        return ProofKind.parse(name).orElseThrow(() -> EnumCodes.unknownCode("kind of proof", name));
    }

    private static @Nullable Blob image(Map<String, String> body) {
        var id = body.get(IMAGE_ID);
        return id == null
                ? null
                : new Blob(
                        BlobId.parse(id),
                        EventJson.field(body, "imageSha256"),
                        Long.parseLong(EventJson.field(body, "imageSize")),
                        BlobTable.type(EventJson.field(body, "imageType")));
    }

    private static @Nullable ProofPlace place(Map<String, String> body) {
        var latitude = body.get("latitude");
        if (latitude == null) {
            return null;
        }
        var accuracy = body.get("accuracy");
        var recordedAt = body.get("recordedAt");
        return new ProofPlace(
                new Position(Double.parseDouble(latitude), Double.parseDouble(EventJson.field(body, "longitude"))),
                accuracy == null ? null : Double.valueOf(accuracy),
                recordedAt == null ? null : Instant.parse(recordedAt));
    }

    /// Null when there is none.
    static @Nullable String encode(OrderProofs proofs) {
        if (proofs.recorded().isEmpty()) {
            return null;
        }
        var fields = new ArrayList<String>();
        for (var one : proofs.recorded()) {
            var at = fields.size() / 6 + ".";
            fields.addAll(
                    List.of(at + KIND, one.kind().wireName(), at + CONTENT, one.content(), at + HASH, one.hash()));
        }
        return FlatJson.write(fields.toArray(new String[0]));
    }

    static OrderProofs decode(@Nullable String json) {
        if (json == null) {
            return OrderProofs.NONE;
        }
        var fields = FlatJson.read(json);
        var recorded = new ArrayList<OrderProofs.Recorded>();
        for (var i = 0; fields.containsKey(i + "." + KIND); i++) {
            recorded.add(new OrderProofs.Recorded(
                    kind(EventJson.field(fields, i + "." + KIND)),
                    EventJson.field(fields, i + "." + CONTENT),
                    EventJson.field(fields, i + "." + HASH)));
        }
        return new OrderProofs(recorded);
    }
}
