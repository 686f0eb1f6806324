package waybill.order;

import java.util.Optional;
import java.util.UUID;

/// The hub's id of an order: a UUIDv7, so that ids sort by creation time.
public record OrderId(UUID value) {

    /// Parses what [#toString] wrote, and nothing else.
    public static Optional<OrderId> parse(String text) {
        try {
            var id = new OrderId(UUID.fromString(text));
            return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
