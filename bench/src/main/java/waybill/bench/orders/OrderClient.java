package waybill.bench.orders;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.hub.OrderCommandHandler;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.Customer;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderId;
import waybill.order.OrderState;

/// A client that places an order, moves it through its states, and places the next.
final class OrderClient {

    /// The final state of each order.
    enum Life {
        PLACED,
        PICKED_UP
    }

    /// As the hub draws the ids of orders.
    private static final TimeBasedEpochRandomGenerator IDS = Generators.timeBasedEpochRandomGenerator();

    private static final int STORES = 50;
    private static final Address PICKUP = new Address("12 Galle Road", new Position(6.9, 79.85));
    private static final Address DROPOFF = new Address("4 Temple Lane", new Position(6.94, 79.87));

    private final OrderCommandHandler orders;
    private final String name;
    private final String run = Long.toString(System.nanoTime(), Character.MAX_RADIX); // a database may have others
    private final String store;
    private final Actor driver;
    private final List<OrderCommand> transitions;
    private OrderId order = new OrderId(new UUID(0, 0));
    private int placed;
    private int step;

    OrderClient(OrderCommandHandler orders, int number, Life life) {
        this.orders = orders;
        name = "customer-" + number;
        store = "store-" + number % STORES;
        driver = Actor.driver("driver-" + number);
        transitions = switch (life) {
            case PLACED -> List.of();
            case PICKED_UP ->
                List.of(
                        new OrderCommand.Accept(),
                        new OrderCommand.Prepare(),
                        new OrderCommand.MarkReady(),
                        new OrderCommand.Claim(driver),
                        new OrderCommand.PickUp());
        };
    }

    /// Sends the next command and waits until it is committed.
    void next() {
        var request = step == 0
                ? place()
                : request(new OrderCommandHandler.OrderReference.ById(order), transitions.get(step - 1));
        step = (step + 1) % (transitions.size() + 1);
        if (!(orders.handle(request).join() instanceof OrderCommandHandler.OrderResult.Committed)) {
            throw new IllegalStateException("command: " + request + " was rejected (expected: one that is accepted)");
        }
    }

    private OrderCommandHandler.OrderRequest place() {
        var id = name + "-" + run + "-" + placed++;
        order = new OrderId(IDS.generate());
        var details =
                new OrderDetails(new Customer(name, "Ada Lovelace", null), PICKUP, DROPOFF, List.of(), null, null);
        return request(
                new OrderCommandHandler.OrderReference.ByStoreReference(store, id),
                new OrderCommand.Place(order, id, OrderState.PENDING, details));
    }

    private static OrderCommandHandler.OrderRequest request(
            OrderCommandHandler.OrderReference which, OrderCommand command) {
        var now = Instant.now();
        return new OrderCommandHandler.OrderRequest(which, command, new Caller.Trusted(Actor.HUB), now, now);
    }
}
