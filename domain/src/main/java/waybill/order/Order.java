package waybill.order;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An order as it stands. `messageId` and `foreignId` are its sender's own names for it, each unique in its store.
/// `number` is the position of the event that placed it (0 while it is new).
public record Order(
        OrderId id,
        long number,
        String store,
        String messageId,
        String foreignId,
        OrderState state,
        @Nullable Actor driver) {

    /// An order that nobody has placed yet.
    public static Order unplaced(OrderId id, String store, String messageId, String foreignId) {
        return new Order(id, 0, store, messageId, foreignId, OrderState.NEW, null);
    }

    /// Who has, or had, the parcel.
    public Optional<Actor> holder() {
        return Optional.ofNullable(driver);
    }

    Order placed() {
        return new Order(id, number, store, messageId, foreignId, OrderState.READY_FOR_PICKUP, null);
    }

    Order with(OrderState next, Actor by) {
        return new Order(id, number, store, messageId, foreignId, next, by);
    }
}
