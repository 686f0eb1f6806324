package waybill.server.caps;

import org.jspecify.annotations.Nullable;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Refusal;
import waybill.hub.schedule.BlockingReads;
import waybill.hub.schedule.UserTurns;
import waybill.messaging.Queue;
import waybill.messaging.Topic;
import waybill.server.dialect.caps.CapsMessage;
import waybill.server.socket.EventResponder;

/// The subscriptions and replays of a `/caps` socket.
public final class CapsSubscriptions {

    /// Runs of `getAll` of one socket: one in progress, and others that wait for it.
    private static final int REPLAYS_MAX = 8;

    /// Runs of all sockets that have a page of messages in memory at a time.
    private static final int REPLAYS_AT_ONCE_MAX = 16;

    /// Of them, runs of one user.
    private static final int REPLAYS_AT_ONCE_OF_USER_MAX = 2;

    /// Runs that wait for their first turn. One more is answered `unavailable`.
    private static final int REPLAYS_WAITING_MAX = 10_000;

    private static final long BUSY_RETRY_MS = 1_000;

    /// The store of a driver's subscription that names none.
    private static final String EVERY_STORE = "*";

    private final CapsQueues queues;
    private final CapsLimits limits;
    private final UserTurns turns =
            new UserTurns(REPLAYS_AT_ONCE_MAX, REPLAYS_AT_ONCE_OF_USER_MAX, REPLAYS_WAITING_MAX);

    public CapsSubscriptions(CapsQueues queues, CapsLimits limits) {
        this.queues = queues;
        this.limits = limits;
    }

    void join(CapsClientSession client, String store, EventResponder reply) {
        var max = limits.roomsMax();
        if (client.stores.size() >= max && !client.stores.contains(store)) {
            reply.failed(tooLarge("stores joined: " + max + " (expected: no more than that)"));
            return;
        }
        client.stores.add(store);
        joinRoom(CapsRooms.store(store, client.profile), reply, () -> client.stores.remove(store));
    }

    void subscribe(CapsClientSession client, CapsMessage.Subscribe subscribe, EventResponder reply) {
        var queue = queue(subscribe.store(), subscribe.topic());
        var socketId = reply.socket().id();
        if (!this.queues.subscriptions().add(queue, socketId)) {
            var max = limits.roomsMax();
            reply.failed(tooLarge("subscriptions: " + max + " (expected: no more than that)"));
            return;
        }
        var isForDrivers = queue.topic().isForDrivers();
        if (isForDrivers) {
            client.requestedPickups = true;
            client.receivesPickups = true;
        }
        joinRoom(
                isForDrivers ? CapsRooms.pickups(client.profile) : CapsRooms.queue(queue, client.profile),
                reply,
                () -> this.queues.subscriptions().remove(queue, socketId));
    }

    /// Acknowledges when the socket is in the room. All rooms of a socket count against its limit.
    private void joinRoom(String room, EventResponder reply, Runnable undo) {
        reply.socket().join(room).whenComplete((_, thrown) -> {
            if (thrown == null) {
                reply.ok();
            } else {
                undo.run();
                reply.failed(
                        tooLarge("rooms: this socket is in as many as it may be (expected: fewer stores and queues)"));
            }
        });
    }

    void unsubscribe(CapsClientSession client, CapsMessage.Unsubscribe unsubscribe, EventResponder reply) {
        var queue = queue(unsubscribe.store(), unsubscribe.topic());
        this.queues.subscriptions().remove(queue, reply.socket().id());
        if (!queue.topic().isForDrivers()) {
            reply.socket().leave(CapsRooms.queue(queue, client.profile));
        }
        reply.ok();
    }

    void getAll(CapsClientSession client, CapsMessage.GetAll request, EventResponder reply) {
        var queues = QueueSelection.of(client, request);
        if (queues.isEmpty()) {
            reply.failed(QueueSelection.ambiguous(request.topic() == null, request.store() == null));
            return;
        }
        var objection =
                client.principal.flatMap(principal -> CapsAuthorization.denialReasonToRead(principal, queues.get()));
        if (objection.isPresent()) {
            reply.failed(Refusal.forbidden(objection.get()));
        } else if (client.replays.size() >= REPLAYS_MAX) {
            reply.failed(Refusal.tooMany("getAll", BUSY_RETRY_MS));
        } else {
            replay(client, queues.get(), reply);
        }
    }

    private void replay(CapsClientSession client, QueueSelection.Selection queues, EventResponder reply) {
        var socket = reply.socket();
        var isOwnName = queues.store() != null && QueueSelection.isDriver(client, queues.store());
        var replay = new QueueReplay(
                this.queues,
                turns,
                limits.pageReadWithin(),
                client,
                socket,
                isOwnName ? new QueueSelection.Selection(null, queues.topics()) : queues,
                new QueueReplay.End() {
                    @Override
                    public void done(long count) {
                        reply.ok("count", count);
                        socket.loop().execute(() -> startNext(client));
                    }

                    @Override
                    public void failed(Throwable cause) {
                        reply.failed(cause);
                        socket.loop().execute(() -> startNext(client));
                    }
                });
        client.replays.add(() -> start(client, replay, reply));
        if (client.replays.size() == 1) {
            client.replays.element().run();
        }
    }

    private static void start(CapsClientSession client, QueueReplay replay, EventResponder reply) {
        if (!replay.start()) {
            reply.failed(BlockingReads.tooMany());
            reply.socket().loop().execute(() -> startNext(client));
        }
    }

    /// A run has ended: the next one of the socket starts.
    private static void startNext(CapsClientSession client) {
        client.replays.remove();
        var next = client.replays.peek();
        if (next != null) {
            next.run();
        }
    }

    private static Queue queue(@Nullable String store, Topic topic) {
        return new Queue(store == null ? EVERY_STORE : store, topic);
    }

    private static Refusal tooLarge(String message) {
        return Refusal.of(ErrorCode.TOO_LARGE, message, "clientId");
    }
}
