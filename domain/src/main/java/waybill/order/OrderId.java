package waybill.order;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The hub's id of an order: a UUIDv7, so that ids sort by creation time.
public final class OrderId {

    private final UUID value;

    /// Written once: the id of an active order is in every position of its driver. A race writes the same text twice.
    private @Nullable String text;

    public OrderId(UUID value) {
        this.value = value;
    }

    /// Parses what [#toString] wrote, and nothing else.
    public static Optional<OrderId> parse(String text) {
        try {
            var id = new OrderId(UUID.fromString(text));
            return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
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
