package waybill.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.hub.OrderCommandHandler.OrderReference;
import waybill.hub.OrderCommandHandler.OrderRequest;
import waybill.journal.Read;
import waybill.order.Actor;
import waybill.order.OrderCommand;

/// What an order command reads in its transaction.
public final class CommandReads {

    private CommandReads() {}

    public static List<Read> of(OrderRequest request) {
        var reads = new ArrayList<Read>();
        switch (request.order()) {
            case OrderReference.ById(var id) -> reads.add(new Read.OfOrder(id));
            case OrderReference.ByStoreReference(var store, var name) -> {
                reads.add(new Read.OfStoreReference(store, name));
                if (!(request.command() instanceof OrderCommand.Place)) {
                    reads.add(new Read.OfReferenceElsewhere(store, name));
                }
            }
            case OrderReference.InAnyStore(var name) -> reads.add(new Read.OfReference(name));
        }
        if (request.command() instanceof OrderCommand.Place place
                && request.order() instanceof OrderReference.ByStoreReference(var store, var name)) {
            addReadsOfPlacement(reads, place, store, name);
        }
        if (request.command() instanceof OrderCommand.Assign(var driver)) {
            reads.add(new Read.OfDriver(driver.id()));
            Stream.of(Role.values()).forEach(role -> reads.add(new Read.OfPerson(new UserId(role, driver.id()))));
            addContact(reads, driver);
        }
        if (request.command() instanceof OrderCommand.MakeOffer(var offer)) {
            offer.drivers().forEach(driver -> {
                reads.add(new Read.OfDriver(driver));
                reads.add(new Read.OfContact(new UserId(Role.DRIVER, driver)));
            });
        }
        addContact(reads, request.caller().actor());
        return reads;
    }

    /// A driver may be told what becomes of an order.
    private static void addContact(List<Read> reads, Actor actor) {
        if (actor.kind() == Actor.Kind.DRIVER) {
            reads.add(new Read.OfContact(new UserId(Role.DRIVER, actor.id())));
        }
    }

    private static void addReadsOfPlacement(List<Read> reads, OrderCommand.Place place, String store, String name) {
        if (!place.foreignId().equals(name)) {
            reads.add(new Read.OfStoreReference(store, place.foreignId()));
            place.details()
                    .customer()
                    .ifPresent(customer -> reads.add(new Read.OfCustomerReference(store, customer, place.foreignId())));
        }
        place.details()
                .customer()
                .ifPresent(customer -> reads.add(new Read.OfContact(new UserId(Role.CUSTOMER, customer))));
        reads.add(new Read.OfBusiness(store));
        place.details().items().forEach(item -> reads.add(new Read.OfProduct(store, item.product())));
    }
}
