package waybill.server.caps;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.messaging.MessagePage;
import waybill.messaging.MessageQueues;
import waybill.messaging.Queue;
import waybill.messaging.QueuedMessage;
import waybill.order.Actor;
import waybill.server.dialect.caps.CapsDialect;
import waybill.server.dialect.caps.CapsEvents;
import waybill.server.dialect.caps.Profile;
import waybill.socketio.RawJson;
import waybill.socketio.Socket;

/// The large messages that wait for a slow `/caps` client. At the limit of messages that wait for the network,
/// further ones stay in the queues on disk and are sent from there, one by one, as the client reads; so a burst of
/// large parcels never overflows the outbox, which would close the socket. Belongs to the socket's event loop.
final class CapsBacklog {

    /// A message of more characters is large. Smaller ones fill the outbox by number before they fill it by size.
    static final int LARGE_CHARACTERS = 4 << 10;

    /// Characters of large messages that may wait for the network: even at three bytes each, an outbox holds them.
    /// One message may be longer than that.
    static final int WAITING_CHARACTERS_MAX = 8 << 20;

    /// Messages that are noted for a client. Those beyond it are for `getAll`.
    static final int NOTED_MAX = 10_000;

    private static final MessagePage.PageLimit ONE = MessagePage.PageLimit.ofMessages(1);
    private static final long RETRY_MS = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(CapsBacklog.class);

    private final Socket socket;
    private final MessageQueues mailboxes;
    private final Executor readers;
    private final Profile profile;
    private final Actor reader;
    private final ArrayDeque<Noted> noted = new ArrayDeque<>(0);
    private long waitingCharacters;
    private boolean waits;
    private boolean isFull;

    private record Noted(Queue queue, long eventId) {}

    CapsBacklog(Socket socket, MessageQueues mailboxes, Executor readers, Profile profile, Actor reader) {
        this.socket = socket;
        this.mailboxes = mailboxes;
        this.readers = readers;
        this.profile = profile;
        this.reader = reader;
    }

    /// A large message is about to be broadcast. If it is over the limit, it is noted, and the socket joins the
    /// room of those that are excluded.
    void offer(Queue queue, long eventId, int characters) {
        if (noted.isEmpty() && (waitingCharacters == 0 || waitingCharacters + characters <= WAITING_CHARACTERS_MAX)) {
            return;
        }
        if (noted.isEmpty() && !leavesOut()) {
            return; // at its limit of rooms, so it is sent this, too
        }
        if (noted.size() < NOTED_MAX) {
            noted.add(new Noted(queue, eventId));
        } else if (!isFull) {
            isFull = true;
            LOG.info(
                    "/caps client {} is {} messages behind; further ones wait in the queues for getAll",
                    socket.id(),
                    NOTED_MAX);
        }
    }

    private boolean leavesOut() {
        var joined = socket.join(CapsRooms.BEHIND).toCompletableFuture();
        return joined.isDone() && !joined.isCompletedExceptionally();
    }

    /// It was broadcast to the socket.
    void sent(int characters) {
        waitingCharacters += characters;
        if (!waits) {
            waits = true;
            socket.whenDrained().thenRunAsync(this::drained, socket.loop());
        }
    }

    private void drained() {
        waits = false;
        waitingCharacters = 0;
        sendNext();
    }

    private void sendNext() {
        var next = noted.peek();
        if (next == null || !socket.connected()) {
            return;
        }
        try {
            readers.execute(() -> {
                var found = find(next);
                socket.loop().execute(() -> send(found));
            });
        } catch (RejectedExecutionException _) {
            socket.loop().schedule(this::sendNext, RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    private List<QueuedMessage> find(Noted next) {
        try {
            return mailboxes
                    .listMessages(next.queue, reader.toString(), next.eventId - 1, next.eventId, ONE)
                    .messages();
        } catch (RuntimeException e) {
            LOG.warn("a message to /caps client {} stays in its queue: {}", socket.id(), e.getMessage());
            return List.of();
        }
    }

    /// A message that has left its queue meanwhile, or has a driver, is skipped.
    private void send(List<QueuedMessage> found) {
        noted.poll();
        if (noted.isEmpty()) {
            isFull = false;
            socket.leave(CapsRooms.BEHIND);
        }
        var length = 0;
        for (var queued : found) {
            if (!queued.queue().topic().isForDrivers() || queued.claimedBy().isEmpty()) {
                var rendered = CapsEvents.render(profile, queued.queue().topic(), queued.order(), queued.event());
                socket.emit(CapsDialect.eventName(queued.queue().topic()), new RawJson(rendered));
                length += rendered.length();
            }
        }
        if (length > 0) {
            sent(length);
        } else {
            sendNext();
        }
    }
}
