package waybill.server.caps;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.schedule.UserTurns;
import waybill.messaging.MessagePage;
import waybill.messaging.MessageQueues;
import waybill.messaging.Queue;
import waybill.messaging.QueuedMessage;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.server.dialect.caps.CapsDialect;
import waybill.server.dialect.caps.CapsEvents;
import waybill.server.dialect.caps.Profile;
import waybill.server.socket.EventTrace;
import waybill.socketio.Socket;
import waybill.socketio.packet.RawJson;

/// One run of `getAll`: sends the messages that are in one queue after the other when it begins, each oldest first.
/// It takes turns with other runs ([UserTurns]). In a turn it reads and sends one page and waits until the network has
/// taken it, so neither a long queue nor large parcels nor a slow client nor many clients fill the memory or a client's
/// outbox. A parcel of a driver that is still connected is left out.
final class QueueReplay {

    /// Messages of a queue that are read and sent in one turn: one parcel may be longer than that. Far less than an
    /// outbox holds, because a client also receives new events.
    static final MessagePage.PageLimit PAGE = new MessagePage.PageLimit(500, 256 << 10);

    /// How long a client may take to read a page. Other runs may wait for the turn, so a client that takes longer is
    /// disconnected.
    static final Duration READ_WITHIN = Duration.ofSeconds(30);

    private static final long RETRY_MS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(QueueReplay.class);

    private final MessageQueues messageQueues;
    private final Executor blockingExecutor;
    private final UserTurns turns;
    private final String user;
    private final Predicate<Actor> isPresent;
    private final Socket socket;
    private final Actor recipient;
    private final Profile profile;
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

    /// @param user whose turns it takes
    QueueReplay(
            MessageQueues mailboxes,
            Executor readers,
            UserTurns turns,
            String user,
            Predicate<Actor> present,
            Socket socket,
            Actor reader,
            Profile profile,
            QueueSelection.Selection queues,
            long upTo,
            End end) {
        this.messageQueues = mailboxes;
        this.blockingExecutor = readers;
        this.turns = turns;
        this.user = user;
        this.isPresent = present;
        this.socket = socket;
        this.recipient = reader;
        this.profile = profile;
        this.store = queues.store();
        this.topics = new ArrayDeque<>(queues.topics());
        this.upTo = upTo;
        this.end = end;
    }

    /// Starts in its first turn. False when too many runs wait for theirs.
    boolean start() {
        return turns.await(user, this::turn);
    }

    /// Reads on the blocking executor, as soon as that is below its limit.
    private void turn() {
        try {
            blockingExecutor.execute(this::step);
        } catch (RejectedExecutionException _) {
            socket.loop().schedule(this::turn, RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void step() {
        try {
            if (!isStarted) {
                isStarted = true;
                // a driver that names itself, or a store that has never placed anything, means all stores
                isForAllStores = store == null || (topics.contains(Topic.PICKUP) && !messageQueues.storeExists(store));
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
        var patience = socket.loop().schedule(this::giveUp, READ_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
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
        return isForAllStores || store == null
                ? messageQueues.listMessages(topic, recipient.toString(), after, upTo, PAGE)
                : messageQueues.listMessages(new Queue(store, topic), recipient.toString(), after, upTo, PAGE);
    }

    private boolean isForRecipient(QueuedMessage message) {
        return !message.queue().topic().isForDrivers()
                || message.claimedBy()
                        .map(Actor::parse)
                        .filter(driver -> !driver.equals(recipient) && isPresent.test(driver))
                        .isEmpty();
    }

    private void emit(QueuedMessage message) {
        var rendered = CapsEvents.render(profile, message.queue().topic(), message.order(), message.event());
        var eventName = CapsDialect.eventName(message.queue().topic());
        EventTrace.sent(socket, eventName, rendered);
        socket.emit(eventName, new RawJson(rendered));
        count++;
    }
}
