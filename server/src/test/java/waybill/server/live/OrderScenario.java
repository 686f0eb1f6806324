package waybill.server.live;

import com.fasterxml.uuid.Generators;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.geo.Address;
import waybill.hub.OrderCommandHandler;
import waybill.hub.OrderCommandHandler.OrderReference;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.Customer;
import waybill.order.Item;
import waybill.order.Money;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderId;
import waybill.order.OrderState;

/// Orders that a test places and moves on, without a client.
abstract class OrderScenario {

    abstract OrderCommandHandler orders();

    abstract InstantSource clock();

    /// An order is assigned to drivers only that have authenticated once.
    abstract void registerDriver(String driver);

    Order place(Principal customer, String store) {
        return place(customer, store, OrderState.PENDING);
    }

    Order place(@Nullable Principal customer, String store, OrderState as) {
        var id = new OrderId(Generators.timeBasedEpochGenerator().generate());
        var details = new OrderDetails(
                new Customer(customer == null ? null : customer.id(), "Anna", null),
                new Address("Store street 1", DialectServerFixture.STORE_POSITION),
                new Address("Door street 2", DialectServerFixture.DROPOFF_POSITION),
                List.of(new Item("rose", "Rose", 3, new Money(250, "EUR"))),
                new Money(750, "EUR"),
                new Money(50, "EUR"));
        var place = new OrderCommand.Place(id, id.toString(), as, details);
        var now = clock().instant();
        return requireDone(orders().handle(new OrderCommandHandler.OrderRequest(
                        new OrderReference.ByStoreReference(store, id.toString()),
                        place,
                        new Caller.Trusted(new Actor(Actor.Kind.STORE, store)),
                        now,
                        now))
                .join());
    }

    OrderResult handle(Order order, OrderCommand command, Principal by) {
        if (command instanceof OrderCommand.Assign(var driver)) {
            registerDriver(driver.id());
        }
        var now = clock().instant();
        return orders().handle(new OrderCommandHandler.OrderRequest(
                        new OrderReference.ById(order.id()), command, new Caller.Authenticated(by), now, now))
                .join();
    }

    Order execute(Order order, OrderCommand command, Principal by) {
        return requireDone(handle(order, command, by));
    }

    /// An order that is on its way with its driver.
    Order placeInTransit(Principal driver) {
        var order = place(DialectServerFixture.ANNA, "acme");
        execute(order, new OrderCommand.Accept(), DialectServerFixture.SHOP);
        execute(order, new OrderCommand.MarkReady(), DialectServerFixture.SHOP);
        execute(order, new OrderCommand.Claim(Actor.of(driver)), driver);
        execute(order, new OrderCommand.PickUp(), driver);
        return execute(order, new OrderCommand.StartTransit(), driver);
    }

    /// A customer's order of the store acme, of 200,000 characters and more.
    Order placeLarge(Principal customer) {
        var id = new OrderId(Generators.timeBasedEpochGenerator().generate());
        var item = new Item("x".repeat(200), "y".repeat(200), 1, new Money(1, "EUR"));
        var details = new OrderDetails(
                new Customer(customer.id(), "", null),
                new Address("Store street 1", DialectServerFixture.STORE_POSITION),
                new Address("Door street 2", DialectServerFixture.DROPOFF_POSITION),
                Collections.nCopies(OrderDetails.ITEMS_MAX, item),
                null,
                null);
        var now = clock().instant();
        return requireDone(orders().handle(new OrderCommandHandler.OrderRequest(
                        new OrderReference.ByStoreReference("acme", id.toString()),
                        new OrderCommand.Place(id, id.toString(), OrderState.PENDING, details),
                        new Caller.Trusted(new Actor(Actor.Kind.STORE, "acme")),
                        now,
                        now))
                .join());
    }

    private static Order requireDone(OrderResult outcome) {
        if (outcome instanceof OrderResult.Committed(var order, var _)) {
            return order;
        }
        throw new AssertionError(outcome);
    }
}
