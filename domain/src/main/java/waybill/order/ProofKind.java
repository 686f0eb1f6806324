package waybill.order;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A kind of proof that an order was delivered.
public enum ProofKind {
    /// The code on the package was scanned.
    SCAN,
    /// The recipient gave the PIN that only the customer was shown.
    PIN,
    PHOTO,
    SIGNATURE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ProofKind> parse(String word) {
        return Stream.of(values()).filter(kind -> kind.wireName().equals(word)).findFirst();
    }

    public boolean hasImage() {
        return switch (this) {
            case PHOTO, SIGNATURE -> true;
            case SCAN, PIN -> false;
        };
    }
}
