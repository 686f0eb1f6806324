package waybill.order;

import java.time.Instant;

/// Orders to test with.
final class Samples {

    private Samples() {}

    /// An order that nobody has placed yet, of the store `acme-widgets`, that its sender calls `m1`.
    static Order order(OrderId id, Instant placedAt) {
        return new Order(
                id,
                0,
                "",
                "acme-widgets",
                "m1",
                "o1",
                OrderState.NEW,
                null,
                false,
                Details.ofParcel("Kari", "Storgata 1"),
                placedAt,
                null,
                0);
    }
}
