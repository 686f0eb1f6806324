package waybill.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import waybill.geo.Address;
import waybill.order.Actor;
import waybill.order.Decision.Reason;
import waybill.order.Details;
import waybill.order.Journal;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.order.Orders;
import waybill.order.Orders.Outcome;
import waybill.order.Speaker;

/// Parcels and orders to try a store with, and the short words to send them on their way.
final class Parcels {

    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final Actor KARI = Actor.driver("kari");
    static final Actor OLA = Actor.driver("ola");

    /// How long stores have to accept what is ordered here.
    static final Duration ACCEPT_WITHIN = Duration.ofMinutes(1);

    private static final Orders.Rules RULES = new Orders.Rules("WB", Optional.of(ACCEPT_WITHIN), _ -> "{}");

    private final Orders orders;

    Parcels(Journal journal) {
        orders = new Orders(journal, _ -> true, RULES);
    }

    CompletableFuture<Outcome> place(String store, String messageId) {
        return place(store, messageId, messageId);
    }

    CompletableFuture<Outcome> place(String store, String messageId, String foreignId) {
        var place = new OrderCommand.Place(
                id(store, messageId),
                foreignId,
                OrderState.READY_FOR_PICKUP,
                Details.ofParcel("Nils", "Storgata 1"),
                "{\"placed\":\"" + messageId + "\"}");
        return say(new Orders.Which.Named(store, messageId), place, storeOf(store), NOON.plusMillis(5));
    }

    /// An order that its store has yet to accept.
    CompletableFuture<Outcome> order(String store, String messageId, Details details, Instant at) {
        var place = new OrderCommand.Place(
                id(store, messageId), messageId, OrderState.PENDING, details, OrderEvent.NOTHING_SAID);
        return say(new Orders.Which.Named(store, messageId), place, storeOf(store), at);
    }

    /// An order that a customer gave a name.
    CompletableFuture<Outcome> orderOf(String customer, String store, String name) {
        var id = new OrderId(UUID.randomUUID());
        var details = new Details(customer, "", null, Address.UNKNOWN, Address.UNKNOWN, List.of(), null, null);
        var place = new OrderCommand.Place(id, name, OrderState.PENDING, details, OrderEvent.NOTHING_SAID);
        var by = new Actor(Actor.Kind.CUSTOMER, customer);
        return say(new Orders.Which.Named(store, id.toString()), place, by, NOON);
    }

    CompletableFuture<Outcome> collect(String store, String name, Actor by) {
        return say(store, name, new OrderCommand.Collect(by, "{\"collected\":\"" + name + "\"}"), by);
    }

    CompletableFuture<Outcome> deliver(String store, String name, Actor by) {
        return say(store, name, new OrderCommand.HandOver(by, "{\"delivered\":\"" + name + "\"}"), by);
    }

    CompletableFuture<Outcome> scan(String code, Actor by) {
        var command = new OrderCommand.HandOver(by, OrderEvent.NOTHING_SAID);
        return say(new Orders.Which.Anywhere(code), command, by, NOON);
    }

    CompletableFuture<Outcome> say(String store, String name, OrderCommand command, Actor by) {
        return say(new Orders.Which.Named(store, name), command, by, NOON);
    }

    private CompletableFuture<Outcome> say(Orders.Which which, OrderCommand command, Actor by, Instant receivedAt) {
        return orders.handle(new Orders.Request(which, command, new Speaker.Believed(by), NOON, receivedAt));
    }

    Orders orders() {
        return orders;
    }

    static OrderId id(String store, String messageId) {
        return new OrderId(new UUID(store.hashCode(), messageId.hashCode()));
    }

    static Actor storeOf(String store) {
        return new Actor(Actor.Kind.STORE, store);
    }

    static long eventId(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done.eventId();
            case Outcome.Duplicate _, Outcome.Declined _ -> throw new AssertionError(outcome.toString());
        };
    }

    static Order order(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done.order();
            case Outcome.Duplicate _, Outcome.Declined _ -> throw new AssertionError(outcome.toString());
        };
    }

    static Reason reason(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Declined declined -> declined.reason();
            case Outcome.Duplicate _, Outcome.Done _ -> throw new AssertionError(outcome.toString());
        };
    }

    static List<String> messageIds(List<LogEntry> entries) {
        return entries.stream().map(Parcels::messageId).toList();
    }

    static String messageId(LogEntry entry) {
        return entry.order().orElseThrow().messageId();
    }
}
