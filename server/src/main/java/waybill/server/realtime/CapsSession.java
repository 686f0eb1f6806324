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
        reply.socket().join(CapsRooms.store(store, client.profile));
        reply.ok();
    }

    void subscribe(CapsClient client, CapsHeard.Subscribe subscribe, Reply reply) {
        var queue = queue(subscribe.store(), subscribe.topic());
        if (!services.subscriptions().add(queue, reply.socket().id())) {
            var max = services.limits().roomsMax();
            reply.failed(Failure.tooLarge("subscriptions: " + max + " (expected: no more than that)"));
            return;
        }
        if (queue.topic().isForDrivers()) {
            client.wantsPickups = true;
            client.hearsPickups = true;
            reply.socket().join(CapsRooms.pickups(client.profile));
        } else {
            reply.socket().join(CapsRooms.queue(queue, client.profile));
        }
        reply.ok();
    }

    void unsubscribe(CapsClient client, CapsHeard.Unsubscribe unsubscribe, Reply reply) {
        var queue = queue(unsubscribe.store(), unsubscribe.topic());
        services.subscriptions().remove(queue, reply.socket().id());
        if (!queue.topic().isForDrivers()) {
            reply.socket().leave(CapsRooms.queue(queue, client.profile));
        }
        reply.ok();
    }

    void getAll(CapsClient client, CapsHeard.GetAll getAll, Reply reply) {
        if (client.catchingUp >= CATCHING_UP_MAX) {
            reply.failed(Failure.rateLimited("getAll", 1_000));
            return;
        }
        client.catchingUp++;
        var socket = reply.socket();
        var catchUp = new CatchUp(
                services.mailboxes(),
                services.readers(),
                services.present()::isPresent,
                socket,
                client.actor,
                client.profile,
                getAll.store(),
                getAll.topic(),
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
            reply.failed(new Failure("unavailable", "too many reads wait (expected: fewer)", null, 1_000));
        }
    }

    private static Queue queue(@Nullable String store, Topic topic) {
        return new Queue(store == null ? EVERY_STORE : store, topic);
    }
}
