package waybill.server.live;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import waybill.access.Principal;
import waybill.hub.refusal.Refusal;
import waybill.hub.schedule.BlockingReads;
import waybill.hub.schedule.UserTurns;
import waybill.journal.EventLog;
import waybill.messaging.EventScope;
import waybill.server.dialect.RoomMessage;
import waybill.server.dialect.write.SyncResponse;
import waybill.server.socket.EventResponder;

/// Handles `sync`: the events that a client missed, rendered by its dialect, of those that its rooms would have
/// received.
public final class SyncHandler {

    /// Events that are read for one ack. A client that has missed more loads the state.
    static final int EVENTS_MAX = 1_000;

    /// Runs of one socket in progress.
    private static final int SYNCS_MAX = 2;

    /// Characters of the events in one ack. A client that has missed more loads the state.
    static final int CHARACTERS_MAX = 4 << 20;

    /// Runs of all sockets that read and render at a time.
    private static final int SYNCS_AT_ONCE_MAX = 8;

    /// Of them, runs of one user.
    static final int SYNCS_AT_ONCE_OF_USER_MAX = 2;

    /// Runs that wait for their turn. One more is answered `unavailable`.
    private static final int SYNCS_WAITING_MAX = 10_000;

    private static final long RETRY_MS = 1_000;

    private final EventLog log;
    private final Executor blockingExecutor;
    private final UserTurns turns = new UserTurns(SYNCS_AT_ONCE_MAX, SYNCS_AT_ONCE_OF_USER_MAX, SYNCS_WAITING_MAX);

    public SyncHandler(EventLog log, Executor blockingExecutor) {
        this.log = log;
        this.blockingExecutor = blockingExecutor;
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
        if (!turns.await(principal.user().toString(), () -> turn(client, principal, since, rooms, reply))) {
            client.activeSyncs--;
            reply.failed(BlockingReads.tooMany());
        }
    }

    private void turn(ClientSession client, Principal principal, long since, Set<String> rooms, EventResponder reply) {
        BlockingReads.run(blockingExecutor, () -> {
                    if (client.socket.connected()) {
                        reply.ackJson(
                                missedEvents(client, principal, since, rooms).json());
                    }
                })
                .whenComplete((_, thrown) -> {
                    if (thrown != null) {
                        reply.failed(thrown);
                    }
                    turns.end(principal.user().toString());
                    client.socket.loop().execute(() -> client.activeSyncs--);
                });
    }

    /// An id ahead of the log is of another log, so the missed events are unknown. One older than the retention of
    /// mailboxes may have gaps.
    private SyncResponse missedEvents(ClientSession client, Principal principal, long since, Set<String> rooms) {
        var incomplete = new SyncResponse(List.of(), false);
        var upTo = log.lastSequence();
        if (since < 0 || since > upTo) {
            return incomplete;
        }
        var messages = new ArrayList<RoomMessage>();
        var scope = EventScope.of(principal);
        var after = since;
        var events = 0;
        var characters = 0;
        while (true) {
            var page = log.eventsFor(scope, after, upTo, EventReplay.PAGE_MAX);
            events += page.size();
            if (events > EVENTS_MAX) {
                return incomplete;
            }
            for (var entry : page) {
                for (var message : client.dialect.render(entry)) {
                    if (message.reaches(rooms)) {
                        messages.add(message);
                        characters += message.json().length();
                    }
                }
                if (characters > CHARACTERS_MAX) {
                    return incomplete;
                }
            }
            if (page.size() < EventReplay.PAGE_MAX) {
                return new SyncResponse(messages, since >= log.retainedAfter());
            }
            after = page.getLast().sequence();
        }
    }
}
