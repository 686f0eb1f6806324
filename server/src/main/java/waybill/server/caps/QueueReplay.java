package waybill.server.caps;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.messaging.MessagePage;
import waybill.messaging.MessageQueues;
import waybill.messaging.Queue;
import waybill.messaging.QueuedMessage;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.server.dialect.caps.CapsDialect;
import waybill.server.dialect.caps.Profile;
import waybill.server.socket.EventTrace;
import waybill.socketio.Socket;
import waybill.socketio.packet.RawJson;

/// One run of `getAll`: sends the messages that are in one queue after the other when it begins, each oldest first.
/// It continues only when the network has taken what it sent, slice by slice, so neither a long queue nor large
/// parcels nor a slow client fill the memory or the client's outbox. A parcel of a driver that is still connected
/// is left out.
final class QueueReplay {

    /// Messages of a queue that are in memory at a time, for each run: one parcel may be longer than that.
    static final MessagePage.PageLimit PAGE = new MessagePage.PageLimit(500, 1 << 20);

    /// Characters of payloads that are sent before the network must have taken them: far less than an outbox holds,
    /// because a client may have several runs, and also receives new events.
    static final int SLICE_CHARACTERS = 256 << 10;

    private static final MessagePage EMPTY_PAGE = new MessagePage(List.of(), true);

    private final MessageQueues messageQueues;
    private final Executor blockingExecutor;
    private final Predicate<Actor> isPresent;
    private final Socket socket;
    private final Actor recipient;
    private final Profile profile;
    private final @Nullable String store;
    private final ArrayDeque<Topic> topics;
    private final long upTo;
    private final End end;
    private boolean isForAllStores; // from here on, owned by the thread that runs the step
    private MessagePage page = EMPTY_PAGE;
    private Iterator<QueuedMessage> messages = page.messages().iterator();
    private long after;
    private long count;

    /// The result of a run.
    interface End {
        void done(long count);

        void failed(Throwable cause);
    }

    QueueReplay(
            MessageQueues mailboxes,
            Executor readers,
            Predicate<Actor> present,
            Socket socket,
            Actor reader,
            Profile profile,
            QueueSelection.Selection queues,
            long upTo,
            End end) {
        this.messageQueues = mailboxes;
        this.blockingExecutor = readers;
        this.isPresent = present;
        this.socket = socket;
        this.recipient = reader;
        this.profile = profile;
        this.store = queues.store();
        this.topics = new ArrayDeque<>(queues.topics());
        this.upTo = upTo;
        this.end = end;
    }

    /// Reads on the blocking executor. Throws when it is at its limit.
    void start() throws RejectedExecutionException {
        blockingExecutor.execute(() -> {
            try {
                // a driver that names itself, or a store that has never placed anything, means all stores
                isForAllStores = store == null || (topics.contains(Topic.PICKUP) && !messageQueues.storeExists(store));
                step();
            } catch (RuntimeException e) {
                end.failed(e);
            }
        });
    }

    private void step() {
        try {
            var characters = 0L;
            var emitted = 0;
            while (socket.connected() && hasNext()) {
                if (characters >= SLICE_CHARACTERS || emitted >= PAGE.messagesMax()) {
                    socket.whenDrained()
                            .thenRunAsync(this::step, blockingExecutor)
                            .exceptionally(this::failed);
                    return;
                }
                var message = messages.next();
                if (isForRecipient(message)) {
                    emit(message);
                    characters += message.payload().length();
                    emitted++;
                }
            }
            end.done(count);
        } catch (RuntimeException e) {
            end.failed(e);
        }
    }

    /// Whether there is another message; reads the next page or queue if needed.
    private boolean hasNext() {
        while (!messages.hasNext()) {
            if (page.hasMore()) {
                read(topics.element());
            } else if (topics.size() > 1) {
                topics.remove();
                after = 0;
                page = EMPTY_PAGE;
            } else {
                return false;
            }
        }
        return true;
    }

    private void read(Topic topic) {
        page = isForAllStores || store == null
                ? messageQueues.listMessages(topic, recipient.toString(), after, upTo, PAGE)
                : messageQueues.listMessages(new Queue(store, topic), recipient.toString(), after, upTo, PAGE);
        messages = page.messages().iterator();
        if (!page.messages().isEmpty()) {
            after = page.messages().getLast().eventId();
        }
    }

    private boolean isForRecipient(QueuedMessage message) {
        return !message.queue().topic().isForDrivers()
                || message.claimedBy()
                        .map(Actor::parse)
                        .filter(driver -> !driver.equals(recipient) && isPresent.test(driver))
                        .isEmpty();
    }

    private void emit(QueuedMessage message) {
        var rendered =
                CapsDialect.render(profile, message.queue(), message.messageId(), message.payload(), message.eventId());
        var eventName = CapsDialect.eventName(message.queue().topic());
        EventTrace.sent(socket, eventName, rendered);
        socket.emit(eventName, new RawJson(rendered));
        count++;
    }

    private @Nullable Void failed(Throwable cause) {
        end.failed(cause);
        return null;
    }
}
