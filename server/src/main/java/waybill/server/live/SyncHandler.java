package waybill.server.live;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import waybill.access.Principal;
import waybill.hub.refusal.Refusal;
import waybill.hub.schedule.BlockingReads;
import waybill.messaging.EventScope;
import waybill.server.dialect.RoomMessage;
import waybill.server.dialect.write.SyncResponse;
import waybill.server.socket.EventResponder;

/// Handles `sync`: the events that a client missed, rendered by its dialect, of those that its rooms would have
/// received.
final class SyncHandler {

    /// Events that are read for one ack. A client that has missed more loads the state.
    static final int EVENTS_MAX = 1_000;

    /// Runs of one socket in progress.
    private static final int SYNCS_MAX = 2;

    private static final long RETRY_MS = 1_000;

    private final LiveServices services;

    SyncHandler(LiveServices services) {
        this.services = services;
    }

    /// On the client's loop. The socket is in its rooms by now, so it receives the events after the head that is
    /// read here.
    void sync(ClientSession client, Principal principal, long since, EventResponder reply) {
        if (client.activeSyncs >= SYNCS_MAX) {
            reply.failed(Refusal.tooMany("sync", RETRY_MS));
            return;
        }
        var rooms = new HashSet<>(client.socket.rooms());
        rooms.addAll(client.dialect.rooms(principal));
        client.activeSyncs++;
        BlockingReads.run(
                        services.blockingExecutor(),
                        () -> reply.ackJson(
                                missedEvents(client, principal, since, rooms).json()))
                .whenComplete((_, thrown) -> {
                    if (thrown != null) {
                        reply.failed(thrown);
                    }
                    client.socket.loop().execute(() -> client.activeSyncs--);
                });
    }

    /// An id ahead of the log is of another log, so the missed events are unknown. One older than the retention of
    /// mailboxes may have gaps.
    private SyncResponse missedEvents(ClientSession client, Principal principal, long since, Set<String> rooms) {
        var upTo = services.log().lastSequence();
        var messages = new ArrayList<RoomMessage>();
        var entries = since < 0 || since > upTo
                ? null
                : services.log().eventsFor(EventScope.of(principal), since, upTo, EVENTS_MAX + 1);
        if (entries == null || entries.size() > EVENTS_MAX) {
            return new SyncResponse(messages, false);
        }
        for (var entry : entries) {
            client.dialect.render(entry).stream()
                    .filter(one -> one.reaches(rooms))
                    .forEach(messages::add);
        }
        return new SyncResponse(messages, since >= services.log().retainedAfter());
    }
}
