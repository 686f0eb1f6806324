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

/// One run of `getAll`: says again what waits in one queue after the other when it begins, each oldest first. It goes
/// on
/// only when what it has said is with the network, slice by slice, so neither a long queue nor large parcels nor a slow
/// client fill the memory or the client's outbox. A parcel in the hands of a driver who is still there is left out.
final class QueueReplay {

    /// What of a queue is in memory at a time, for each run: one parcel may be longer than that.
    static final MessagePage.PageLimit PAGE = new MessagePage.PageLimit(500, 1 << 20);

    /// Characters of payloads that are said before the network must have them: far less than an outbox holds, for a
    /// client may have several runs, and hears what is new besides.
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
    private boolean isForAllStores; // from here on of the reader that runs the step
    private MessagePage page = EMPTY_PAGE;
    private Iterator<QueuedMessage> messages = page.messages().iterator();
    private long after;
    private long count;

    /// What is done at the end.
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

    /// Reads on one of the readers. Throws when they are too busy to begin.
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
            var said = 0;
            while (socket.connected() && hasNext()) {
                if (characters >= SLICE_CHARACTERS || said >= PAGE.messagesMax()) {
                    socket.whenDrained()
                            .thenRunAsync(this::step, blockingExecutor)
                            .exceptionally(this::failed);
                    return;
                }
                var letter = messages.next();
                if (isForRecipient(letter)) {
                    emit(letter);
                    characters += letter.payload().length();
                    said++;
                }
            }
            end.done(count);
        } catch (RuntimeException e) {
            end.failed(e);
        }
    }

    /// Whether there is another letter, for which the next page or queue is read where needed.
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

    private boolean isForRecipient(QueuedMessage letter) {
        return !letter.queue().topic().isForDrivers()
                || letter.claimedBy()
                        .map(Actor::parse)
                        .filter(driver -> !driver.equals(recipient) && isPresent.test(driver))
                        .isEmpty();
    }

    private void emit(QueuedMessage letter) {
        var said = CapsDialect.render(profile, letter.queue(), letter.messageId(), letter.payload(), letter.eventId());
        var word = CapsDialect.eventName(letter.queue().topic());
        EventTrace.sent(socket, word, said);
        socket.emit(word, new RawJson(said));
        count++;
    }

    private @Nullable Void failed(Throwable cause) {
        end.failed(cause);
        return null;
    }
}
