package waybill.order;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.blob.Blob;

/// A recorded proof. It is linked with the proof of its order before it: [#previousHash] is the hash of that one,
/// and [#hash] the hash of [ProofText#of] this one.
///
/// @param number 1 for the first of its order
/// @param evidence what the driver has sent
/// @param by the driver, or the administrator, that recorded it
public record Proof(
        OrderId order,
        int number,
        Evidence evidence,
        Actor by,
        Instant occurredAt,
        Instant receivedAt,
        String previousHash,
        String hash) {

    /// What the first proof of an order has in the place of the hash of the previous one.
    public static final String NO_PREVIOUS = "0".repeat(64);

    public Proof {
        occurredAt = occurredAt.truncatedTo(ChronoUnit.MILLIS);
        receivedAt = receivedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /// The content of a proof.
    ///
    /// @param code of a scan; empty for other kinds. A PIN is compared, and not stored in a proof
    /// @param imageOrNone of a photo and a signature
    /// @param recipient the name of the person that took the order; empty if unknown
    public record Evidence(
            ProofKind kind,
            String code,
            @Nullable Blob imageOrNone,
            @Nullable ProofPlace placeOrNone,
            String recipient) {

        public Evidence {
            if (kind.hasImage() != (imageOrNone != null)) {
                throw new IllegalArgumentException("image: " + (imageOrNone == null ? "missing" : "unexpected")
                        + " (expected: one of a photo or a" + " signature)");
            }
        }

        public Optional<Blob> image() {
            return Optional.ofNullable(imageOrNone);
        }

        public Optional<ProofPlace> place() {
            return Optional.ofNullable(placeOrNone);
        }

        /// What makes it the same as another of its kind: the hash of the image, or the code.
        String content() {
            return switch (kind) {
                case SCAN -> code;
                case PIN -> "";
                case PHOTO, SIGNATURE -> imageOrNone == null ? "" : imageOrNone.sha256();
            };
        }
    }

    /// The next proof of an order, with its hash.
    static Proof next(Order order, Evidence evidence, Actor by, Instant occurredAt, Instant receivedAt) {
        var recorded = order.proofs().recorded();
        var proof = new Proof(
                order.id(),
                recorded.size() + 1,
                evidence,
                by,
                occurredAt,
                receivedAt,
                recorded.isEmpty() ? NO_PREVIOUS : recorded.getLast().hash(),
                "");
        return proof.withHash(ProofText.hash(ProofText.of(proof)));
    }

    public ProofKind kind() {
        return evidence.kind();
    }

    private Proof withHash(String value) {
        return new Proof(order, number, evidence, by, occurredAt, receivedAt, previousHash, value);
    }
}
