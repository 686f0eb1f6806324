package waybill.server.realtime;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.mailbox.Letter;
import waybill.mailbox.LetterPage;
import waybill.mailbox.Mailboxes;
import waybill.mailbox.Queue;
import waybill.mailbox.Topic;
import waybill.order.Actor;
import waybill.server.dialect.CapsDialect;
import waybill.server.dialect.Profile;
import waybill.socketio.Socket;
import waybill.socketio.packet.RawJson;

/// One run of `getAll`: says again what waits in one queue after the other when it begins, each oldest first. It goes
/// on
/// only when what it has said is with the network, slice by slice, so neither a long queue nor large parcels nor a slow
/// client fill the memory or the client's outbox. A parcel in the hands of a driver who is still there is left out.
final class CatchUp {

    /// What of a queue is in memory at a time, for each run: one parcel may be longer than that.
    static final LetterPage.Limit PAGE = new LetterPage.Limit(500, 1 << 20);

    /// Characters of payloads that are said before the network must have them: far less than an outbox holds, for a
    /// client may have several runs, and hears what is new besides.
    static final int SLICE_CHARACTERS = 256 << 10;

    private static final LetterPage NOTHING_READ = new LetterPage(List.of(), true);

    private final Mailboxes mailboxes;
    private final Executor readers;
    private final Predicate<Actor> present;
    private final Socket socket;
    private final Actor reader;
    private final Profile profile;
    private final @Nullable String store;
    private final ArrayDeque<Topic> topics;
    private final long upTo;
    private final End end;
    private boolean isOfAll; // from here on of the reader that runs the step
    private LetterPage page = NOTHING_READ;
    private Iterator<Letter> letters = page.letters().iterator();
    private long after;
    private long count;

    /// What is done at the end.
    interface End {
        void done(long count);

        void failed(Throwable cause);
    }

    CatchUp(
            Mailboxes mailboxes,
            Executor readers,
            Predicate<Actor> present,
            Socket socket,
            Actor reader,
            Profile profile,
            OwnQueues.Chosen queues,
            long upTo,
            End end) {
        this.mailboxes = mailboxes;
        this.readers = readers;
        this.present = present;
        this.socket = socket;
        this.reader = reader;
        this.profile = profile;
        this.store = queues.store();
        this.topics = new ArrayDeque<>(queues.topics());
        this.upTo = upTo;
        this.end = end;
    }

    /// Reads on one of the readers. Throws when they are too busy to begin.
    void begin() throws RejectedExecutionException {
        readers.execute(() -> {
            try {
                // a driver that names itself, or a store that has never placed anything, means all stores
                isOfAll = store == null || (topics.contains(Topic.PICKUP) && !mailboxes.isStore(store));
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
                if (characters >= SLICE_CHARACTERS || said >= PAGE.letters()) {
                    socket.drained().thenRunAsync(this::step, readers).exceptionally(this::failed);
                    return;
                }
                var letter = letters.next();
                if (isForReader(letter)) {
                    say(letter);
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
        while (!letters.hasNext()) {
            if (page.hasMore()) {
                read(topics.element());
            } else if (topics.size() > 1) {
                topics.remove();
                after = 0;
                page = NOTHING_READ;
            } else {
                return false;
            }
        }
        return true;
    }

    private void read(Topic topic) {
        page = isOfAll || store == null
                ? mailboxes.page(topic, reader.toString(), after, upTo, PAGE)
                : mailboxes.page(new Queue(store, topic), reader.toString(), after, upTo, PAGE);
        letters = page.letters().iterator();
        if (!page.letters().isEmpty()) {
            after = page.letters().getLast().eventId();
        }
    }

    private boolean isForReader(Letter letter) {
        return !letter.queue().topic().isForDrivers()
                || letter.takenBy()
                        .map(Actor::parse)
                        .filter(driver -> !driver.equals(reader) && present.test(driver))
                        .isEmpty();
    }

    private void say(Letter letter) {
        var said = CapsDialect.say(profile, letter.queue(), letter.messageId(), letter.payload(), letter.eventId());
        var word = CapsDialect.word(letter.queue().topic());
        EventTrace.sent(socket, word, said);
        socket.emit(word, new RawJson(said));
        count++;
    }

    private @Nullable Void failed(Throwable cause) {
        end.failed(cause);
        return null;
    }
}
