package waybill.order;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The proofs without which an order cannot be delivered. Set once, when it is placed.
///
/// @param pin the PIN of the order, which only its customer may see; empty unless a PIN is required
public record ProofRequirement(Set<ProofKind> kinds, String pin) {

    public static final ProofRequirement NONE = new ProofRequirement(Set.of(), "");

    public ProofRequirement {
        kinds = Set.copyOf(kinds);
        if (kinds.contains(ProofKind.PIN) == pin.isEmpty()) {
            throw new IllegalArgumentException("pin: " + (pin.isEmpty() ? "missing" : "not required")
                    + " (expected: one exactly if a PIN is required)");
        }
    }

    /// The kinds in the order of [ProofKind].
    public List<ProofKind> sortedKinds() {
        return List.copyOf(kinds.isEmpty() ? Set.of() : EnumSet.copyOf(kinds));
    }

    /// Without the PIN, which must not come into a log.
    @Override
    public String toString() {
        return "ProofRequirement" + sortedKinds();
    }
}
