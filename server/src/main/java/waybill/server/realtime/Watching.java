package waybill.server.realtime;

import java.util.concurrent.RejectedExecutionException;
import waybill.access.Access;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.order.Permission;

/// Who wants to hear of an order, or of a driver: into its room first and then shown how it stands, so that nothing
/// falls between the two. What is in both carries an `eventId` by which it is known again.
final class Watching {

    private final LiveServices services;
    private final Positions positions;
    private final ClientCheckpoints checkpoints;

    Watching(LiveServices services, Positions positions, ClientCheckpoints checkpoints) {
        this.services = services;
        this.checkpoints = checkpoints;
        this.positions = positions;
    }

    /// Most orders that are watched are active, and no disk is asked about those. What memory does not allow may be
    /// news that it has not heard of, so the books have the last word.
    void watch(Client client, Principal principal, OrderId id, Reply reply) {
        var known = services.active().byId(id).filter(order -> mayWatch(principal, order));
        if (known.isEmpty()) {
            read(() -> look(client, principal, id, reply), reply);
            return;
        }
        enter(client, client.dialect.orderRoom(id), reply, () -> entered(client, principal, id, reply));
    }

    /// The order may have been given to another driver between the look and the room.
    private void entered(Client client, Principal principal, OrderId id, Reply reply) {
        var order = services.active().byId(id);
        if (order.isPresent() && !mayWatch(principal, order.get())) {
            client.socket.leave(client.dialect.orderRoom(id));
            reply.failed(Failure.forbidden("order " + id + ": not yours to watch"));
        } else {
            watches(client, id);
            order.flatMap(known -> positions.snapshotFor(principal, known))
                    .ifPresentOrElse(
                            snapshot -> reply.answered(client.dialect.snapshot(snapshot)),
                            () -> read(() -> show(client, principal, id, reply), reply));
        }
    }

    private void look(Client client, Principal principal, OrderId id, Reply reply) {
        var order = services.book().byId(id);
        if (order.isEmpty()) {
            reply.failed(Failure.notFound("order " + id + ": nobody has placed it"));
        } else if (!mayWatch(principal, order.get())) {
            reply.failed(Failure.forbidden("order " + id + ": not yours to watch"));
        } else {
            enter(client, client.dialect.orderRoom(id), reply, () -> entered(client, principal, id, reply));
        }
    }

    private void show(Client client, Principal principal, OrderId id, Reply reply) {
        services.book()
                .byId(id)
                .map(order -> positions.loadSnapshotFor(principal, order))
                .ifPresent(snapshot -> reply.answered(client.dialect.snapshot(snapshot)));
    }

    private void watches(Client client, OrderId id) {
        var isFirst = !client.watchesOrders();
        client.watches(id);
        if (isFirst) {
            checkpoints.watches(client);
        }
    }

    static boolean mayWatch(Principal principal, Order order) {
        return Permission.allows(principal, Action.WATCH_ORDER, order);
    }

    void unwatch(Client client, OrderId id, Reply reply) {
        client.socket.leave(client.dialect.orderRoom(id));
        client.unwatches(id);
        checkpoints.changed(client);
        reply.ok();
    }

    void watchDriver(Client client, Principal principal, String driver, Reply reply) {
        if (!mayWatchDriver(principal, driver)) {
            reply.failed(Failure.forbidden("driver " + driver + ": not yours to watch"));
        } else {
            enter(client, client.dialect.driverRoom(driver), reply, () -> {
                client.watched().add(driver);
                reply.ok();
            });
        }
    }

    static boolean mayWatchDriver(Principal principal, String driver) {
        var isItself = principal.role() == Role.DRIVER && principal.id().equals(driver);
        return Access.allows(principal.role(), Action.WATCH_DRIVER, isItself ? Relation.DRIVER : Relation.NONE);
    }

    private static void enter(Client client, String room, Reply reply, Runnable then) {
        client.socket.join(room).whenComplete((_, thrown) -> {
            if (thrown == null) {
                then.run();
            } else {
                reply.failed(new Failure(
                        "too_large", "rooms: as many as a socket may be in (expected: leave one first)", null, 0));
            }
        });
    }

    private void read(Runnable reading, Reply reply) {
        try {
            services.readers().execute(() -> {
                try {
                    reading.run();
                } catch (RuntimeException e) {
                    reply.failed(Failure.of(e));
                }
            });
        } catch (RejectedExecutionException _) {
            reply.failed(Failure.busy());
        }
    }
}
