package waybill.server.live;

import java.util.concurrent.Executor;
import waybill.access.AccessTable;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.hub.position.PositionPipeline;
import waybill.hub.position.TrackingSnapshot;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Refusal;
import waybill.hub.schedule.BlockingReads;
import waybill.order.Order;
import waybill.order.OrderAuthorization;
import waybill.order.OrderId;
import waybill.order.OrderQueries;
import waybill.server.socket.EventResponder;

/// Subscriptions to an order or to a driver: the socket joins the room first and is then sent the current state, so
/// that no event is missed between the two. The `eventId` identifies an event that is in both.
public final class OrderSubscriptions {

    private final ActiveOrders activeOrders;
    private final OrderQueries orderQueries;
    private final Executor blockingExecutor;
    private final PositionPipeline positions;
    private final ClientCheckpoints checkpoints;

    public OrderSubscriptions(
            ActiveOrders activeOrders,
            OrderQueries orderQueries,
            Executor blockingExecutor,
            PositionPipeline positions,
            ClientCheckpoints checkpoints) {
        this.activeOrders = activeOrders;
        this.orderQueries = orderQueries;
        this.blockingExecutor = blockingExecutor;
        this.checkpoints = checkpoints;
        this.positions = positions;
    }

    /// Most subscribed orders are active, and need no read. If the projection denies the access, the store decides,
    /// because the projection may be behind.
    void watch(ClientSession client, Principal principal, OrderId id, EventResponder reply) {
        var known = activeOrders.byId(id).filter(order -> mayWatch(principal, order));
        if (known.isEmpty()) {
            runBlocking(() -> watchStored(client, principal, id, reply), reply);
            return;
        }
        join(client, client.dialect.orderRoom(id), reply, () -> onJoined(client, principal, id, reply));
    }

    /// The order may have been reassigned between the check and the join.
    private void onJoined(ClientSession client, Principal principal, OrderId id, EventResponder reply) {
        var order = activeOrders.byId(id);
        if (order.isPresent() && !mayWatch(principal, order.get())) {
            client.socket.leave(client.dialect.orderRoom(id));
            reply.failed(Refusal.forbidden("order " + id + ": not yours to watch"));
        } else {
            recordWatch(client, id);
            var isSent = order.isPresent()
                    && positions.readSnapshot(principal, order.get(), snapshot -> respond(client, snapshot, reply));
            if (!isSent) {
                runBlocking(() -> respondStored(client, principal, id, reply), reply);
            }
        }
    }

    private void watchStored(ClientSession client, Principal principal, OrderId id, EventResponder reply) {
        var order = orderQueries.findOrder(id);
        if (order.isEmpty()) {
            reply.failed(Refusal.notFound("order " + id + ": does not exist"));
        } else if (!mayWatch(principal, order.get())) {
            reply.failed(Refusal.forbidden("order " + id + ": not yours to watch"));
        } else {
            join(client, client.dialect.orderRoom(id), reply, () -> onJoined(client, principal, id, reply));
        }
    }

    private void respondStored(ClientSession client, Principal principal, OrderId id, EventResponder reply) {
        orderQueries
                .findOrder(id)
                .ifPresent(order ->
                        positions.loadSnapshot(principal, order, snapshot -> respond(client, snapshot, reply)));
    }

    /// As a task of its own, so that it comes behind the positions that wait to be sent.
    private static void respond(ClientSession client, TrackingSnapshot snapshot, EventResponder reply) {
        client.socket.loop().execute(() -> reply.ackJson(client.dialect.renderSnapshot(snapshot)));
    }

    private void recordWatch(ClientSession client, OrderId id) {
        var isFirst = !client.watchesOrders();
        client.watch(id);
        if (isFirst) {
            checkpoints.saveFirstWatch(client);
        }
    }

    static boolean mayWatch(Principal principal, Order order) {
        return OrderAuthorization.allows(principal, Action.SUBSCRIBE_TO_ORDER, order);
    }

    void unwatch(ClientSession client, OrderId id, EventResponder reply) {
        client.socket.leave(client.dialect.orderRoom(id));
        client.unwatch(id);
        checkpoints.changed(client);
        reply.ok();
    }

    void watchDriver(ClientSession client, Principal principal, String driver, EventResponder reply) {
        if (!mayWatchDriver(principal, driver)) {
            reply.failed(Refusal.forbidden("driver " + driver + ": not yours to watch"));
        } else {
            join(client, client.dialect.driverRoom(driver), reply, () -> {
                client.watchList().add(driver);
                reply.ok();
            });
        }
    }

    static boolean mayWatchDriver(Principal principal, String driver) {
        var isItself = principal.role() == Role.DRIVER && principal.id().equals(driver);
        return AccessTable.allows(
                principal.role(), Action.SUBSCRIBE_TO_DRIVER, isItself ? Relation.DRIVER : Relation.NONE);
    }

    private static void join(ClientSession client, String room, EventResponder reply, Runnable then) {
        client.socket.join(room).whenComplete((_, thrown) -> {
            if (thrown == null) {
                then.run();
            } else {
                reply.failed(Refusal.of(
                        ErrorCode.TOO_LARGE, "rooms: as many as a socket may be in (expected: leave one first)"));
            }
        });
    }

    private void runBlocking(Runnable reading, EventResponder reply) {
        BlockingReads.run(blockingExecutor, reading).whenComplete((_, thrown) -> {
            if (thrown != null) {
                reply.failed(thrown);
            }
        });
    }
}
