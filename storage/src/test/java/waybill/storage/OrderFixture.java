package waybill.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import waybill.geo.Address;
import waybill.hub.OrderCommandHandler;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.hub.ParcelQueues;
import waybill.journal.Journal;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.Customer;
import waybill.order.Decision.Reason;
import waybill.order.OfferPolicy;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;

/// Parcels and orders to try a store with, and the short words to send them on their way.
public final class OrderFixture {

    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final Actor KARI = Actor.driver("kari");
    static final Actor OLA = Actor.driver("ola");

    /// How long stores have to accept what is ordered here.
    static final Duration ACCEPT_WITHIN = Duration.ofMinutes(1);

    /// Drivers choose among orders of unknown place, and have half a minute.
    static final OfferPolicy OFFERS = new OfferPolicy(true, Optional.of(Duration.ofSeconds(30)));

    private static final OrderCommandHandler.OrderPolicy RULES =
            new OrderCommandHandler.OrderPolicy("WB", Optional.of(ACCEPT_WITHIN), OFFERS, ParcelQueues::route);

    private final OrderCommandHandler orders;
    private final ParcelQueues queues;

    public OrderFixture(Journal journal) {
        orders = new OrderCommandHandler(journal, _ -> true, RULES);
        queues = new ParcelQueues(journal);
    }

    public CompletableFuture<OrderResult> place(String store, String messageId) {
        return place(store, messageId, messageId);
    }

    CompletableFuture<OrderResult> place(String store, String messageId, String foreignId) {
        var place = new OrderCommand.Place(
                id(store, messageId),
                foreignId,
                OrderState.READY_FOR_PICKUP,
                OrderDetails.ofParcel("Nils", "Storgata 1").withDocument("{\"placed\":\"" + messageId + "\"}"));
        return handle(
                new OrderCommandHandler.OrderReference.ByStoreReference(store, messageId),
                place,
                storeActor(store),
                NOON.plusMillis(5));
    }

    /// An order that its store has yet to accept.
    CompletableFuture<OrderResult> place(String store, String messageId, OrderDetails details, Instant at) {
        var place = new OrderCommand.Place(id(store, messageId), messageId, OrderState.PENDING, details);
        return handle(
                new OrderCommandHandler.OrderReference.ByStoreReference(store, messageId),
                place,
                storeActor(store),
                at);
    }

    /// An order that a customer gave a name.
    CompletableFuture<OrderResult> placeForCustomer(String customer, String store, String name) {
        var id = new OrderId(UUID.randomUUID());
        var details = new OrderDetails(
                new Customer(customer, "", null), Address.UNKNOWN, Address.UNKNOWN, List.of(), null, null);
        var place = new OrderCommand.Place(id, name, OrderState.PENDING, details);
        var by = new Actor(Actor.Kind.CUSTOMER, customer);
        return handle(new OrderCommandHandler.OrderReference.ByStoreReference(store, id.toString()), place, by, NOON);
    }

    CompletableFuture<OrderResult> collect(String store, String name, Actor by) {
        return handle(store, name, new OrderCommand.CollectParcel(by, "{\"collected\":\"" + name + "\"}"), by);
    }

    CompletableFuture<OrderResult> deliver(String store, String name, Actor by) {
        return handle(store, name, new OrderCommand.DeliverParcel(by, "{\"delivered\":\"" + name + "\"}"), by);
    }

    CompletableFuture<OrderResult> deliverByCode(String code, Actor by) {
        var command = new OrderCommand.DeliverParcel(by, OrderEvent.NO_DOCUMENT);
        return handle(new OrderCommandHandler.OrderReference.InAnyStore(code), command, by, NOON);
    }

    CompletableFuture<OrderResult> handle(String store, String name, OrderCommand command, Actor by) {
        return handle(new OrderCommandHandler.OrderReference.ByStoreReference(store, name), command, by, NOON);
    }

    OrderCommandHandler.OrderRequest request(String store, String name, OrderCommand command, Actor by) {
        return new OrderCommandHandler.OrderRequest(
                new OrderCommandHandler.OrderReference.ById(id(store, name)),
                command,
                new Caller.Trusted(by),
                NOON,
                NOON);
    }

    private CompletableFuture<OrderResult> handle(
            OrderCommandHandler.OrderReference which, OrderCommand command, Actor by, Instant receivedAt) {
        return orders.handle(
                new OrderCommandHandler.OrderRequest(which, command, new Caller.Trusted(by), NOON, receivedAt));
    }

    ParcelQueues queues() {
        return queues;
    }

    OrderCommandHandler handler() {
        return orders;
    }

    static OrderId id(String store, String messageId) {
        return new OrderId(new UUID(store.hashCode(), messageId.hashCode()));
    }

    static Actor storeActor(String store) {
        return new Actor(Actor.Kind.STORE, store);
    }

    public static long eventId(OrderResult outcome) {
        return switch (outcome) {
            case OrderResult.Committed done -> done.eventId();
            case OrderResult.Duplicate _, OrderResult.Rejected _ -> throw new AssertionError(outcome.toString());
        };
    }

    static Order place(OrderResult outcome) {
        return switch (outcome) {
            case OrderResult.Committed done -> done.order();
            case OrderResult.Duplicate _, OrderResult.Rejected _ -> throw new AssertionError(outcome.toString());
        };
    }

    static Reason reason(OrderResult outcome) {
        return switch (outcome) {
            case OrderResult.Rejected declined -> declined.reason();
            case OrderResult.Duplicate _, OrderResult.Committed _ -> throw new AssertionError(outcome.toString());
        };
    }

    static List<String> messageIds(List<LogEntry> entries) {
        return entries.stream().map(OrderFixture::messageId).toList();
    }

    public static String messageId(LogEntry entry) {
        return entry.order().orElseThrow().messageId();
    }
}
