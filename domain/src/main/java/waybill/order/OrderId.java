package waybill.order;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The hub's id of an order: a UUIDv7, so that ids sort by creation time.
public final class OrderId {

    private static final int LENGTH = 36;

    private final UUID value;

    /// Written once: the id of an active order is in every position of its driver. A race writes the same text twice.
    private @Nullable String text;

    public OrderId(UUID value) {
        this.value = value;
    }

    /// Parses what [#toString] wrote, and nothing else.
    public static Optional<OrderId> parse(String text) {
        if (!isUuid(text)) {
            return Optional.empty();
        }
        var id = new OrderId(UUID.fromString(text));
        id.text = text.toLowerCase(Locale.ROOT);
        return Optional.of(id);
    }

    /// [UUID#fromString] takes other texts too, such as those with fewer digits.
    private static boolean isUuid(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (var i = 0; i < LENGTH; i++) {
            var c = text.charAt(i);
            if ((i == 8 || i == 13 || i == 18 || i == 23) ? c != '-' : !HexFormat.isHexDigit(c)) {
                return false;
            }
        }
        return true;
    }

    public UUID value() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OrderId that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        var known = text;
        if (known == null) {
            known = value.toString();
            text = known;
        }
        return known;
    }
}
