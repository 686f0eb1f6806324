package waybill.server.live;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import waybill.access.Principal;
import waybill.messaging.EventScope;
import waybill.server.dialect.RoomMessage;
import waybill.server.dialect.write.SyncResponse;
import waybill.server.socket.EventError;
import waybill.server.socket.EventResponder;

/// What a client that was away has missed, in the words of its dialect: of all that concerns who it is, what its rooms
/// would have heard.
final class SyncHandler {

    /// Events that are read for one answer. A client that has missed more reads anew how things stand.
    static final int EVENTS_MAX = 1_000;

    /// Runs that one socket may have under way.
    private static final int SYNCS_MAX = 2;

    private static final long RETRY_MS = 1_000;

    private final LiveServices services;

    SyncHandler(LiveServices services) {
        this.services = services;
    }

    /// On the client's loop. It is in its rooms by now, so what happens after the head that is read here reaches it by
    /// itself.
    void sync(ClientSession client, Principal principal, long since, EventResponder reply) {
        if (client.activeSyncs >= SYNCS_MAX) {
            reply.failed(EventError.rateLimited("sync", RETRY_MS));
            return;
        }
        var rooms = new HashSet<>(client.socket.rooms());
        rooms.addAll(client.dialect.rooms(principal));
        client.activeSyncs++;
        try {
            services.blockingExecutor().execute(() -> {
                try {
                    reply.ackJson(missedEvents(client, principal, since, rooms).json());
                } catch (RuntimeException e) {
                    reply.failed(EventError.of(e));
                } finally {
                    client.socket.loop().execute(() -> client.activeSyncs--);
                }
            });
        } catch (RejectedExecutionException _) {
            client.activeSyncs--;
            reply.failed(EventError.busy());
        }
    }

    /// An id that is ahead of the log is another log's, and says nothing of what was missed here. What is older than
    /// letters are kept may have gaps.
    private SyncResponse missedEvents(ClientSession client, Principal principal, long since, Set<String> rooms) {
        var upTo = services.log().lastSequence();
        var said = new ArrayList<RoomMessage>();
        var entries = since < 0 || since > upTo
                ? null
                : services.log().eventsFor(EventScope.of(principal), since, upTo, EVENTS_MAX + 1);
        if (entries == null || entries.size() > EVENTS_MAX) {
            return new SyncResponse(said, false);
        }
        for (var entry : entries) {
            client.dialect.render(entry).stream()
                    .filter(one -> one.reaches(rooms))
                    .forEach(said::add);
        }
        return new SyncResponse(said, since >= services.log().retainedAfter());
    }
}
