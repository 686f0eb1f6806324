package waybill.server.caps;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import waybill.hub.OrderCommandHandler;
import waybill.hub.OrderCommandHandler.OrderReference;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.hub.ParcelQueues;
import waybill.hub.refusal.Refusal;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.OrderCommand;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.server.dialect.caps.CapsDialect;
import waybill.server.dialect.caps.CapsMessage;
import waybill.server.dialect.read.Timestamps;
import waybill.server.socket.EventResponder;
import waybill.socketio.Socket;

/// The order commands of `/caps` sockets: each event becomes a command, and is acknowledged once it is on disk.
///
/// A socket that places a parcel for a store which it has joined is that store's vendor, and receives no pickups
/// unless it has subscribed to them.
public final class CapsOrderCommands {

    private final OrderCommandHandler orders;
    private final ParcelQueues parcelQueues;
    private final Supplier<OrderId> ids;
    private final OriginSockets originSockets = new OriginSockets();
    private final CapsLimits limits;
    private final InstantSource clock;

    /// @param ids draws the ids of new orders
    public CapsOrderCommands(
            OrderCommandHandler orders,
            ParcelQueues parcelQueues,
            Supplier<OrderId> ids,
            CapsLimits limits,
            InstantSource clock) {
        this.orders = orders;
        this.parcelQueues = parcelQueues;
        this.ids = ids;
        this.limits = limits;
        this.clock = clock;
    }

    /// The sockets that placed orders.
    OriginSockets originSockets() {
        return originSockets;
    }

    void pickup(CapsClientSession client, CapsMessage.Pickup pickup, EventResponder reply) {
        if (client.receivesPickups && !client.requestedPickups && client.stores.contains(pickup.store())) {
            client.receivesPickups = false;
            reply.socket().leave(CapsRooms.pickups(client.profile));
        }
        joinStoreRoom(pickup.store(), client, reply.socket());
        var id = ids.get();
        originSockets.record(id, reply.socket().id());
        var place = new OrderCommand.Place(
                id,
                pickup.foreignId(),
                OrderState.READY_FOR_PICKUP,
                CapsDialect.details(pickup.order()).withDocument(pickup.order()));
        var by = new Actor(Actor.Kind.STORE, pickup.store());
        var which = new OrderReference.ByStoreReference(pickup.store(), pickup.messageId());
        respond(request(which, place, by, pickup.occurredAt()), pickup.messageId(), reply)
                .whenComplete((outcome, _) -> {
                    if (!(outcome instanceof OrderResult.Committed)) {
                        originSockets.remove(id);
                    }
                });
    }

    /// A socket that places a parcel for a store receives the parcel's events, also without `join`; one that places
    /// for more stores than it may join receives those of the first ones.
    private void joinStoreRoom(String store, CapsClientSession client, Socket socket) {
        if (!client.actsFor(store) && client.placedFor.size() < limits.roomsMax()) {
            client.placedFor.add(store);
            socket.join(CapsRooms.store(store, client.profile)).exceptionally(_ -> null); // at its limit of rooms
        }
    }

    void execute(
            CapsClientSession client,
            @Nullable String store,
            String name,
            OrderCommand command,
            @Nullable Instant occurredAt,
            EventResponder reply) {
        client.actsAsDriver = true;
        var which =
                store == null ? new OrderReference.InAnyStore(name) : new OrderReference.ByStoreReference(store, name);
        respond(request(which, command, client.actor, occurredAt), name, reply);
    }

    private OrderCommandHandler.OrderRequest request(
            OrderReference which, OrderCommand command, Actor by, @Nullable Instant occurredAt) {
        var now = clock.instant();
        return new OrderCommandHandler.OrderRequest(
                which, command, new Caller.Trusted(by), occurredAt == null ? now : occurredAt, now);
    }

    private CompletableFuture<OrderResult> respond(
            OrderCommandHandler.OrderRequest request, String name, EventResponder reply) {
        var implausible = Timestamps.implausible("occurredAt", request.occurredAt(), request.receivedAt());
        if (implausible.isPresent()) {
            reply.failed(Refusal.invalid("occurredAt", implausible.get()));
            return CompletableFuture.failedFuture(new IllegalArgumentException(implausible.get()));
        }
        return orders.handle(request).whenComplete((outcome, thrown) -> {
            if (thrown != null) {
                reply.failed(thrown);
                return;
            }
            switch (outcome) {
                case OrderResult.Committed done -> reply.accepted(name, done.eventId());
                case OrderResult.Duplicate _ -> reply.duplicate(name);
                case OrderResult.Rejected(var reason, var message) -> reply.failed(Refusal.of(reason, message));
            }
        });
    }

    void confirmReceived(CapsClientSession client, CapsMessage.Received confirmed, EventResponder reply) {
        var queues = QueueSelection.of(client, confirmed);
        if (queues.isEmpty()) {
            reply.failed(QueueSelection.ambiguous(confirmed.topic() == null, confirmed.store() == null));
            return;
        }
        var objection =
                client.principal.flatMap(principal -> CapsAuthorization.denialReasonToConfirm(principal, queues.get()));
        if (objection.isPresent()) {
            reply.failed(Refusal.forbidden(objection.get()));
            return;
        }
        parcelQueues
                .acknowledgeMessage(
                        Optional.ofNullable(queues.get().store()),
                        queues.get().topics(),
                        confirmed.messageId(),
                        client.actor)
                .whenComplete((removed, thrown) -> {
                    if (thrown != null) {
                        reply.failed(thrown);
                    } else {
                        reply.ok("removed", removed ? 1 : 0);
                    }
                });
    }
}
