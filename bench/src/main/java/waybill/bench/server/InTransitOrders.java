package waybill.bench.server;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.bench.load.ScenarioIds;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.hub.OrderCommandHandler;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.Customer;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.server.Config;
import waybill.server.Parts;
import waybill.server.Platform;
import waybill.server.StartedParts;

/// Prepares the orders of a scenario in the store of a hub before its start: picked up and not delivered.
final class InTransitOrders {

    private static final String STORE = "acme-widgets";
    private static final Address PICKUP = new Address("12 Galle Road", new Position(6.9, 79.85));
    private static final Address DROPOFF = new Address("4 Temple Lane", new Position(6.94, 79.87));

    /// All are placed at once, so the journal must have room for them.
    private static final int ORDERS_MAX = 1_000;

    private InTransitOrders() {}

    static void place(Path data, int orders) {
        if (orders > ORDERS_MAX) {
            throw new IllegalArgumentException("orders: " + orders + " (expected: 0.." + ORDERS_MAX + ")");
        }
        try (var started = new StartedParts()) {
            var commandHandler = Parts.start(Config.defaults(data), Platform.system(), started)
                    .core()
                    .orders();
            IntStream.range(0, orders)
                    .boxed()
                    .flatMap(number -> Stream.of(placed(number), collected(number)))
                    .map(commandHandler::handle)
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .forEach(InTransitOrders::requireDone);
        }
    }

    private static OrderCommandHandler.OrderRequest placed(int number) {
        var details = new OrderDetails(
                new Customer(ScenarioIds.customer(number), "Ada Lovelace", null),
                PICKUP,
                DROPOFF,
                List.of(),
                null,
                null);
        return request(
                new OrderCommandHandler.OrderReference.ByStoreReference(STORE, ScenarioIds.order(number)),
                new OrderCommand.Place(id(number), ScenarioIds.order(number), OrderState.READY_FOR_PICKUP, details));
    }

    private static OrderCommandHandler.OrderRequest collected(int number) {
        var driver = Actor.driver(ScenarioIds.driver(number));
        return request(
                new OrderCommandHandler.OrderReference.ById(id(number)),
                new OrderCommand.CollectParcel(driver, OrderEvent.NO_DOCUMENT));
    }

    private static OrderCommandHandler.OrderRequest request(
            OrderCommandHandler.OrderReference which, OrderCommand command) {
        var now = Instant.now();
        return new OrderCommandHandler.OrderRequest(which, command, new Caller.Trusted(Actor.HUB), now, now);
    }

    private static OrderId id(int number) {
        return new OrderId(UUID.fromString(ScenarioIds.order(number)));
    }

    private static void requireDone(OrderCommandHandler.OrderResult outcome) {
        if (!(outcome instanceof OrderCommandHandler.OrderResult.Committed)) {
            throw new IllegalStateException("order: " + outcome + " (expected: committed; is the folder new?)");
        }
    }
}
