package waybill.storage;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import waybill.order.Actor;
import waybill.order.Decision.Reason;
import waybill.order.Journal;
import waybill.order.OrderCommand;
import waybill.order.OrderId;
import waybill.order.Orders;
import waybill.order.Orders.Outcome;

/// Parcels to try a store with, and the short words to send them on their way.
final class Parcels {

    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final Actor KARI = new Actor(Actor.Kind.DRIVER, "kari");
    static final Actor OLA = new Actor(Actor.Kind.DRIVER, "ola");

    private final Orders orders;

    Parcels(Journal journal) {
        orders = new Orders(journal, _ -> true);
    }

    CompletableFuture<Outcome> place(String store, String messageId) {
        return place(store, messageId, messageId);
    }

    CompletableFuture<Outcome> place(String store, String messageId, String foreignId) {
        var id = new OrderId(new UUID(store.hashCode(), messageId.hashCode()));
        var payload = "{\"placed\":\"" + messageId + "\"}";
        var by = new Actor(Actor.Kind.STORE, store);
        var place = new OrderCommand.Place(id, foreignId, payload);
        return orders.handle(new Orders.Request(store, messageId, place, by, NOON, NOON.plusMillis(5)));
    }

    CompletableFuture<Outcome> collect(String store, String name, Actor by) {
        var collect = new OrderCommand.Collect("{\"collected\":\"" + name + "\"}");
        return orders.handle(new Orders.Request(store, name, collect, by, NOON, NOON));
    }

    CompletableFuture<Outcome> deliver(String store, String name, Actor by) {
        var deliver = new OrderCommand.Deliver("{\"delivered\":\"" + name + "\"}");
        return orders.handle(new Orders.Request(store, name, deliver, by, NOON, NOON));
    }

    CompletableFuture<Outcome> scan(String code, Actor by) {
        return orders.handle(new Orders.Request(null, code, new OrderCommand.Scan(), by, NOON, NOON));
    }

    Orders orders() {
        return orders;
    }

    static long eventId(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done.eventId();
            case Outcome.Duplicate _, Outcome.Declined _ -> throw new AssertionError(outcome.toString());
        };
    }

    static Reason reason(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Declined declined -> declined.reason();
            case Outcome.Duplicate _, Outcome.Done _ -> throw new AssertionError(outcome.toString());
        };
    }
}
