package waybill.order;

import java.time.Instant;

public final class OrderSamples {

    private OrderSamples() {}

    /// An order not placed yet, of the store `acme-widgets`, with the message id `m1`.
    public static Order order(OrderId id, Instant placedAt) {
        return order(id, placedAt, OrderDetails.ofParcel("Kari", "Storgata 1"));
    }

    static Order order(OrderId id, Instant placedAt, OrderDetails details) {
        return new Order(
                id,
                "",
                "acme-widgets",
                "m1",
                "o1",
                OrderState.NEW,
                null,
                0,
                details,
                placedAt,
                null,
                Arrivals.NONE,
                OrderOffers.NONE,
                OrderTimes.NONE,
                OrderProofs.NONE,
                0);
    }
}
