package waybill.server.realtime;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import waybill.order.Actor;
import waybill.order.OrderCommand;
import waybill.order.OrderState;
import waybill.order.Orders;
import waybill.order.Orders.Outcome;
import waybill.order.Orders.Which;
import waybill.order.Speaker;
import waybill.server.dialect.CapsDialect;
import waybill.server.dialect.CapsHeard;
import waybill.server.dialect.Timestamps;
import waybill.socketio.Socket;

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
        hearOf(pickup.store(), client, reply.socket());
        var id = services.ids().get();
        senders.note(id, reply.socket().id());
        var place = new OrderCommand.Place(
                id,
                pickup.foreignId(),
                OrderState.READY_FOR_PICKUP,
                CapsDialect.details(pickup.order()),
                pickup.order());
        var by = new Actor(Actor.Kind.STORE, pickup.store());
        var which = new Which.Named(pickup.store(), pickup.messageId());
        answered(request(which, place, by, pickup.occurredAt()), pickup.messageId(), reply)
                .whenComplete((outcome, _) -> {
                    if (!(outcome instanceof Outcome.Done)) {
                        senders.forget(id);
                    }
                });
    }

    /// Who places a parcel for a store hears what becomes of it, also without a word of `join`; a socket that
    /// places for more stores than it may join hears of the first ones.
    private void hearOf(String store, CapsClient client, Socket socket) {
        if (!client.speaksFor(store)
                && client.placedFor.size() < services.limits().roomsMax()) {
            client.placedFor.add(store);
            socket.join(CapsRooms.store(store, client.profile)).exceptionally(_ -> null); // in as many as it may be
        }
    }

    void move(
            CapsClient client,
            @Nullable String store,
            String name,
            OrderCommand command,
            @Nullable Instant occurredAt,
            Reply reply) {
        client.drives = true;
        var which = store == null ? new Which.Anywhere(name) : new Which.Named(store, name);
        answered(request(which, command, client.actor, occurredAt), name, reply);
    }

    private Orders.Request request(Which which, OrderCommand command, Actor by, @Nullable Instant occurredAt) {
        var now = services.clock().instant();
        return new Orders.Request(which, command, new Speaker.Believed(by), occurredAt == null ? now : occurredAt, now);
    }

    private CompletableFuture<Outcome> answered(Orders.Request request, String name, Reply reply) {
        var implausible = Timestamps.implausible("occurredAt", request.occurredAt(), request.receivedAt());
        if (implausible.isPresent()) {
            reply.failed(Failure.invalid("occurredAt", implausible.get()));
            return CompletableFuture.failedFuture(new IllegalArgumentException(implausible.get()));
        }
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

    void received(CapsClient client, CapsHeard.Received said, Reply reply) {
        var queues = OwnQueues.of(client, said);
        if (queues.isEmpty()) {
            reply.failed(OwnQueues.unclear(said.topic() == null, said.store() == null));
            return;
        }
        var objection = client.who.flatMap(who -> CapsRights.objectionToReceive(who, queues.get()));
        if (objection.isPresent()) {
            reply.failed(Failure.forbidden(objection.get()));
            return;
        }
        services.orders()
                .received(
                        Optional.ofNullable(queues.get().store()),
                        queues.get().topics(),
                        said.messageId(),
                        client.actor)
                .whenComplete((removed, thrown) -> {
                    if (thrown != null) {
                        reply.failed(Failure.of(thrown));
                    } else {
                        reply.ok("removed", removed ? 1 : 0);
                    }
                });
    }
}
