package waybill.order;

import java.util.List;
import java.util.stream.Stream;

/// The proofs of an order so far, as much as is needed to decide on the next one.
public record OrderProofs(List<Recorded> recorded) {

    public static final OrderProofs NONE = new OrderProofs(List.of());

    /// One of them.
    ///
    /// @param content what makes it the same as another of its kind
    /// @param hash the hash of the proof, which the next one names
    public record Recorded(ProofKind kind, String content, String hash) {}

    public OrderProofs {
        recorded = List.copyOf(recorded);
    }

    boolean has(ProofKind kind) {
        return recorded.stream().anyMatch(one -> one.kind() == kind);
    }

    boolean has(Proof.Evidence evidence) {
        return recorded.stream().anyMatch(one -> isSame(one, evidence));
    }

    /// The number of a proof that is recorded.
    public int numberOf(Proof.Evidence evidence) {
        for (var i = 0; i < recorded.size(); i++) {
            if (isSame(recorded.get(i), evidence)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("evidence: not recorded (expected: one that is)");
    }

    private static boolean isSame(Recorded one, Proof.Evidence evidence) {
        return one.kind() == evidence.kind() && one.content().equals(evidence.content());
    }

    OrderProofs with(Proof proof) {
        var next = new Recorded(proof.kind(), proof.evidence().content(), proof.hash());
        return new OrderProofs(Stream.concat(recorded.stream(), Stream.of(next)).toList());
    }
}
