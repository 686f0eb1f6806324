package waybill.order;

import java.time.Instant;

/// Orders to test with.
public final class OrderSamples {

    private OrderSamples() {}

    /// An order that nobody has placed yet, of the store `acme-widgets`, that its sender calls `m1`.
    public static Order order(OrderId id, Instant placedAt) {
        return order(id, placedAt, OrderDetails.ofParcel("Kari", "Storgata 1"));
    }

    static Order order(OrderId id, Instant placedAt, OrderDetails details) {
        return new Order(id, 0, "", "acme-widgets", "m1", "o1", OrderState.NEW, null, 0, details, placedAt, null, 0);
    }
}
