package waybill.server.realtime;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import waybill.mailbox.Queue;
import waybill.order.Actor;
import waybill.order.OrderCommand;
import waybill.order.Orders;
import waybill.order.Orders.Outcome;
import waybill.server.dialect.CapsHeard;

/// What a `/caps` socket does to orders: turned into a command, and answered once it is on disk.
///
/// A socket that places a parcel for a store which it has joined is that store's vendor, and is no longer bothered with
/// pickups unless it has asked for them.
final class CapsWork {

    private final CapsServices services;
    private final Senders senders;

    CapsWork(CapsServices services, Senders senders) {
        this.services = services;
        this.senders = senders;
    }

    void pickup(CapsClient client, CapsHeard.Pickup pickup, Reply reply) {
        if (client.hearsPickups && !client.wantsPickups && client.stores.contains(pickup.store())) {
            client.hearsPickups = false;
            reply.socket().leave(CapsRooms.pickups(client.profile));
        }
        var id = services.ids().get();
        senders.note(id, reply.socket().id());
        var place = new OrderCommand.Place(id, pickup.foreignId(), pickup.order());
        var by = new Actor(Actor.Kind.STORE, pickup.store());
        answered(request(pickup.store(), pickup.messageId(), place, by, pickup.occurredAt()), reply)
                .whenComplete((outcome, _) -> {
                    if (!(outcome instanceof Outcome.Done)) {
                        senders.forget(id);
                    }
                });
    }

    void move(
            CapsClient client,
            @Nullable String store,
            String name,
            OrderCommand command,
            @Nullable Instant occurredAt,
            Reply reply) {
        answered(request(store, name, command, client.actor, occurredAt), reply);
    }

    private Orders.Request request(
            @Nullable String store, String name, OrderCommand command, Actor by, @Nullable Instant occurredAt) {
        var now = services.clock().instant();
        return new Orders.Request(store, name, command, by, occurredAt == null ? now : occurredAt, now);
    }

    private CompletableFuture<Outcome> answered(Orders.Request request, Reply reply) {
        var name = request.name();
        return services.orders().handle(request).whenComplete((outcome, thrown) -> {
            if (thrown != null) {
                reply.failed(Failure.of(thrown));
                return;
            }
            switch (outcome) {
                case Outcome.Done done -> reply.done(name, done.eventId());
                case Outcome.Duplicate _ -> reply.duplicate(name);
                case Outcome.Declined(var reason, var message) -> reply.failed(Failure.of(reason, message));
            }
        });
    }

    void received(Queue queue, String messageId, Reply reply) {
        services.orders().received(queue, messageId).whenComplete((removed, thrown) -> {
            if (thrown != null) {
                reply.failed(Failure.of(thrown));
            } else {
                reply.ok("removed", removed ? 1 : 0);
            }
        });
    }
}
