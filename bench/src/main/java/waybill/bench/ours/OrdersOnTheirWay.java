package waybill.bench.ours;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.bench.load.Cast;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.order.Actor;
import waybill.order.Details;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.order.Orders;
import waybill.order.Speaker;
import waybill.storage.Limits;
import waybill.storage.Store;

/// The orders that a scenario is about, in the books of a hub that is yet to start: placed, fetched, and not delivered.
final class OrdersOnTheirWay {

    private static final String STORE = "acme-widgets";
    private static final Address PICKUP = new Address("12 Galle Road", new Position(6.9, 79.85));
    private static final Address DROPOFF = new Address("4 Temple Lane", new Position(6.94, 79.87));

    /// All of them are placed at once, so there must be room for them in the journal.
    private static final int ORDERS_MAX = 1_000;

    private OrdersOnTheirWay() {}

    static void place(Path data, int orders) {
        if (orders > ORDERS_MAX) {
            throw new IllegalArgumentException("orders: " + orders + " (expected: 0.." + ORDERS_MAX + ")");
        }
        try (var store = Store.open(data, Limits.defaults(), () -> {})) {
            var rules = new Orders.Rules("WB", Optional.empty(), _ -> OrderEvent.NOTHING_SAID);
            var door = new Orders(store.journal(), _ -> true, rules);
            IntStream.range(0, orders)
                    .boxed()
                    .flatMap(number -> Stream.of(placed(number), fetched(number)))
                    .map(door::handle)
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .forEach(OrdersOnTheirWay::requireDone);
        }
    }

    private static Orders.Request placed(int number) {
        var details = new Details(Cast.customer(number), "Ada Lovelace", null, PICKUP, DROPOFF, List.of(), null, null);
        return request(
                new Orders.Which.Named(STORE, Cast.order(number)),
                new OrderCommand.Place(
                        id(number), Cast.order(number), OrderState.READY_FOR_PICKUP, details, OrderEvent.NOTHING_SAID));
    }

    private static Orders.Request fetched(int number) {
        var driver = Actor.driver(Cast.driver(number));
        return request(new Orders.Which.ById(id(number)), new OrderCommand.Collect(driver, OrderEvent.NOTHING_SAID));
    }

    private static Orders.Request request(Orders.Which which, OrderCommand command) {
        var now = Instant.now();
        return new Orders.Request(which, command, new Speaker.Believed(Actor.HUB), now, now);
    }

    private static OrderId id(int number) {
        return new OrderId(UUID.fromString(Cast.order(number)));
    }

    private static void requireDone(Orders.Outcome outcome) {
        if (!(outcome instanceof Orders.Outcome.Done)) {
            throw new IllegalStateException("order: " + outcome + " (expected: one that is done; is the folder new?)");
        }
    }
}
