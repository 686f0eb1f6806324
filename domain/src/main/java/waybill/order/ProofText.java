package waybill.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.blob.BlobCheck;

/// The canonical text of a proof, of which [Proof#hash] is the SHA-256. `docs/proof.md` describes it for programs
/// of others.
public final class ProofText {

    public static final String FORMAT = "waybill-proof-1";

    /// The names of all fields, in the order in which they are written. An absent field has no line.
    public static final List<String> NAMES = List.of(
            "format",
            "order",
            "number",
            "kind",
            "by",
            "occurredAt",
            "receivedAt",
            "latitude",
            "longitude",
            "accuracy",
            "recordedAt",
            "recipient",
            "code",
            "imageSha256",
            "imageSize",
            "imageType",
            "previous");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private ProofText() {}

    /// The canonical text of a proof.
    public static String of(Proof proof) {
        return of(fields(proof));
    }

    /// The same of its fields: names and values as [#fields] has them.
    public static String of(Map<String, String> fields) {
        var text = new StringBuilder();
        for (var name : NAMES) {
            var value = fields.get(name);
            if (value != null) {
                text.append(name).append('=').append(escape(value)).append('\n');
            }
        }
        return text.toString();
    }

    /// The fields of a proof as text, in their order.
    public static Map<String, String> fields(Proof proof) {
        var evidence = proof.evidence();
        var fields = new LinkedHashMap<String, String>();
        fields.put("format", FORMAT);
        fields.put("order", proof.order().toString());
        fields.put("number", Integer.toString(proof.number()));
        fields.put("kind", proof.kind().wireName());
        fields.put("by", proof.by().toString());
        fields.put("occurredAt", time(proof.occurredAt()));
        fields.put("receivedAt", time(proof.receivedAt()));
        evidence.place().ifPresent(place -> putPlace(fields, place));
        if (!evidence.recipient().isEmpty()) {
            fields.put("recipient", evidence.recipient());
        }
        if (!evidence.code().isEmpty()) {
            fields.put("code", evidence.code());
        }
        evidence.image().ifPresent(image -> {
            fields.put("imageSha256", image.sha256());
            fields.put("imageSize", Long.toString(image.size()));
            fields.put("imageType", image.type().mediaType());
        });
        fields.put("previous", proof.previousHash());
        return fields;
    }

    private static void putPlace(Map<String, String> fields, ProofPlace place) {
        fields.put("latitude", decimal(place.position().latitude(), ProofPlace.DEGREE_DIGITS));
        fields.put("longitude", decimal(place.position().longitude(), ProofPlace.DEGREE_DIGITS));
        var accuracy = place.accuracyOrNone();
        if (accuracy != null) {
            fields.put("accuracy", decimal(accuracy, ProofPlace.METRE_DIGITS));
        }
        var recordedAt = place.recordedAtOrNone();
        if (recordedAt != null) {
            fields.put("recordedAt", time(recordedAt));
        }
    }

    /// The SHA-256 of a text in UTF-8, in lowercase hexadecimal digits.
    public static String hash(String text) {
        return HexFormat.of().formatHex(BlobCheck.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static String time(Instant at) {
        return TIME.format(at);
    }

    private static String decimal(double value, int digits) {
        return BigDecimal.valueOf(value)
                .setScale(digits, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    /// Percent-encoding (RFC 3986) of every byte of the UTF-8 text that is not unreserved.
    private static String escape(String value) {
        var text = new StringBuilder();
        for (var one : value.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(one) >= 0) {
                text.append((char) one);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(one));
            }
        }
        return text.toString();
    }
}
