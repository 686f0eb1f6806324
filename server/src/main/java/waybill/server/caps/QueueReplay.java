package waybill.server.caps;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.schedule.UserTurns;
import waybill.messaging.MessagePage;
import waybill.messaging.Queue;
import waybill.messaging.QueuedMessage;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.server.dialect.caps.CapsDialect;
import waybill.server.dialect.caps.CapsEvents;
import waybill.server.socket.EventTrace;
import waybill.socketio.RawJson;
import waybill.socketio.Socket;

/// One run of `getAll`: sends the messages that are in one queue after the other when it begins, each oldest first.
/// It takes turns with other runs ([UserTurns]). In a turn it reads and sends one page and waits until the network has
/// taken it, so neither a long queue nor large parcels nor a slow client nor many clients fill the memory or a client's
/// outbox. A parcel of a driver that is still connected is left out.
final class QueueReplay {

    /// Messages of a queue that are read and sent in one turn: one parcel may be longer than that. Far less than an
    /// outbox holds, because a client also receives new events.
    static final MessagePage.PageLimit PAGE = new MessagePage.PageLimit(500, 256 << 10);

    private static final long RETRY_MS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(QueueReplay.class);

    private final CapsQueues allQueues;
    private final Duration pageReadWithin;
    private final UserTurns turns;
    private final CapsClientSession client;
    private final String user;
    private final Socket socket;
    private final @Nullable String store;
    private final ArrayDeque<Topic> topics;
    private final long upTo;
    private final End end;
    private boolean isStarted; // from here on, owned by the thread that runs the step
    private boolean isForAllStores;
    private long after;
    private long count;

    /// The result of a run.
    interface End {
        void done(long count);

        void failed(Throwable cause);
    }

    /// On the socket's event loop.
    ///
    /// @param turns in which the runs of all sockets read; a run takes those of its client's user
    QueueReplay(
            CapsQueues allQueues,
            UserTurns turns,
            Duration pageReadWithin,
            CapsClientSession client,
            Socket socket,
            QueueSelection.Selection queues,
            End end) {
        this.allQueues = allQueues;
        this.pageReadWithin = pageReadWithin;
        this.turns = turns;
        this.client = client;
        this.user = client.user();
        this.socket = socket;
        this.store = queues.store();
        this.topics = new ArrayDeque<>(queues.topics());
        this.upTo = allQueues.log().lastSequence();
        this.end = end;
    }

    /// Starts in its first turn. False when too many runs wait for theirs.
    boolean start() {
        return turns.await(user, this::turn);
    }

    /// Reads on the blocking executor, as soon as that is below its limit.
    private void turn() {
        try {
            allQueues.blockingExecutor().execute(this::step);
        } catch (RejectedExecutionException _) {
            socket.loop().schedule(this::turn, RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void step() {
        try {
            if (!isStarted) {
                isStarted = true;
                // a driver that names itself, or a store that has never placed anything, means all stores
                isForAllStores = store == null
                        || (topics.contains(Topic.PICKUP)
                                && !allQueues.messages().storeExists(store));
            }
            if (socket.connected()) {
                emitPage();
            } else {
                topics.clear();
            }
            var isOver = topics.isEmpty();
            if (isOver) {
                end.done(count);
            }
            endTurnWhenRead(isOver);
        } catch (RuntimeException e) {
            turns.end(user);
            end.failed(e);
        }
    }

    /// Sends the next page that is not empty.
    private void emitPage() {
        var isAny = false;
        while (!isAny && !topics.isEmpty()) {
            var page = read(topics.element());
            page.messages().stream().filter(this::isForRecipient).forEach(this::emit);
            isAny = !page.messages().isEmpty();
            if (page.hasMore()) {
                after = page.messages().getLast().eventId();
            } else {
                topics.remove();
                after = 0;
            }
        }
    }

    /// Ends the turn when the network has taken the page, and disconnects a client that does not read it.
    private void endTurnWhenRead(boolean isOver) {
        var patience = socket.loop().schedule(this::giveUp, pageReadWithin.toMillis(), TimeUnit.MILLISECONDS);
        socket.whenDrained().thenRun(() -> {
            patience.cancel(false);
            if (isOver) {
                turns.end(user);
            } else {
                turns.endAndAwait(user, this::turn);
            }
        });
    }

    private void giveUp() {
        LOG.info(
                "/caps client {} does not read the messages that it requested with getAll, so it is disconnected",
                socket.id());
        socket.disconnect(true);
    }

    private MessagePage read(Topic topic) {
        var queues = allQueues.messages();
        return isForAllStores || store == null
                ? queues.listMessages(topic, client.actor.toString(), after, upTo, PAGE)
                : queues.listMessages(new Queue(store, topic), client.actor.toString(), after, upTo, PAGE);
    }

    private boolean isForRecipient(QueuedMessage message) {
        return !message.queue().topic().isForDrivers()
                || message.claimedBy()
                        .map(Actor::parse)
                        .filter(driver -> !driver.equals(client.actor) && isPresent(driver))
                        .isEmpty();
    }

    private boolean isPresent(Actor driver) {
        return allQueues.presence().isConnected(driver);
    }

    private void emit(QueuedMessage message) {
        var rendered = CapsEvents.render(client.profile, message.queue().topic(), message.order(), message.event());
        var eventName = CapsDialect.eventName(message.queue().topic());
        EventTrace.sent(socket, eventName, rendered);
        socket.emit(eventName, new RawJson(rendered));
        count++;
    }
}
