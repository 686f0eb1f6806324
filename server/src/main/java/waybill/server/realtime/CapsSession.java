package waybill.server.realtime;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import waybill.mailbox.Queue;
import waybill.mailbox.Topic;
import waybill.server.dialect.CapsHeard;

/// What a `/caps` socket asks for itself: what to hear of, and what it has missed.
final class CapsSession {

    /// Runs of `getAll` that one socket may have under way.
    private static final int CATCHING_UP_MAX = 8;

    private static final long BUSY_RETRY_MS = 1_000;

    /// Where a driver subscribes that names no store.
    private static final String EVERY_STORE = "*";

    private final CapsServices services;

    CapsSession(CapsServices services) {
        this.services = services;
    }

    void join(CapsClient client, String store, Reply reply) {
        var max = services.limits().roomsMax();
        if (client.stores.size() >= max && !client.stores.contains(store)) {
            reply.failed(Failure.tooLarge("stores joined: " + max + " (expected: no more than that)"));
            return;
        }
        client.stores.add(store);
        entering(CapsRooms.store(store, client.profile), reply, () -> client.stores.remove(store));
    }

    void subscribe(CapsClient client, CapsHeard.Subscribe subscribe, Reply reply) {
        var queue = queue(subscribe.store(), subscribe.topic());
        var socketId = reply.socket().id();
        if (!services.subscriptions().add(queue, socketId)) {
            var max = services.limits().roomsMax();
            reply.failed(Failure.tooLarge("subscriptions: " + max + " (expected: no more than that)"));
            return;
        }
        var isForDrivers = queue.topic().isForDrivers();
        if (isForDrivers) {
            client.wantsPickups = true;
            client.hearsPickups = true;
        }
        entering(
                isForDrivers ? CapsRooms.pickups(client.profile) : CapsRooms.queue(queue, client.profile),
                reply,
                () -> services.subscriptions().remove(queue, socketId));
    }

    /// Answers when the socket is in the room. The rooms of a socket are counted in all, whatever they are for.
    private void entering(String room, Reply reply, Runnable undo) {
        reply.socket().join(room).whenComplete((_, thrown) -> {
            if (thrown == null) {
                reply.ok();
            } else {
                undo.run();
                reply.failed(Failure.tooLarge(
                        "rooms: this socket is in as many as it may be (expected: fewer stores and queues)"));
            }
        });
    }

    void unsubscribe(CapsClient client, CapsHeard.Unsubscribe unsubscribe, Reply reply) {
        var queue = queue(unsubscribe.store(), unsubscribe.topic());
        services.subscriptions().remove(queue, reply.socket().id());
        if (!queue.topic().isForDrivers()) {
            reply.socket().leave(CapsRooms.queue(queue, client.profile));
        }
        reply.ok();
    }

    void getAll(CapsClient client, CapsHeard.GetAll said, Reply reply) {
        var queues = OwnQueues.of(client, said);
        if (queues.isEmpty()) {
            reply.failed(OwnQueues.unclear(said.topic() == null, said.store() == null));
            return;
        }
        var objection = client.who.flatMap(who -> CapsRights.objectionToRead(who, queues.get()));
        if (objection.isPresent()) {
            reply.failed(Failure.forbidden(objection.get()));
        } else if (client.catchingUp >= CATCHING_UP_MAX) {
            reply.failed(Failure.rateLimited("getAll", BUSY_RETRY_MS));
        } else {
            catchUp(client, queues.get(), reply);
        }
    }

    private void catchUp(CapsClient client, OwnQueues.Chosen queues, Reply reply) {
        client.catchingUp++;
        var socket = reply.socket();
        var isOwnName = queues.store() != null && OwnQueues.isDriver(client, queues.store());
        var catchUp = new CatchUp(
                services.mailboxes(),
                services.readers(),
                services.present()::isPresent,
                socket,
                client.actor,
                client.profile,
                isOwnName ? new OwnQueues.Chosen(null, queues.topics()) : queues,
                services.log().head(),
                new CatchUp.End() {
                    @Override
                    public void done(long count) {
                        socket.loop().execute(() -> client.catchingUp--);
                        reply.ok("count", count);
                    }

                    @Override
                    public void failed(Throwable cause) {
                        socket.loop().execute(() -> client.catchingUp--);
                        reply.failed(Failure.of(cause));
                    }
                });
        try {
            catchUp.begin();
        } catch (RejectedExecutionException _) {
            client.catchingUp--;
            reply.failed(Failure.busy());
        }
    }

    private static Queue queue(@Nullable String store, Topic topic) {
        return new Queue(store == null ? EVERY_STORE : store, topic);
    }
}
