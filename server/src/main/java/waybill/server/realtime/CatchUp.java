package waybill.server.realtime;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.mailbox.Letter;
import waybill.mailbox.Mailboxes;
import waybill.mailbox.Queue;
import waybill.mailbox.Topic;
import waybill.order.Actor;
import waybill.server.dialect.CapsDialect;
import waybill.server.dialect.Profile;
import waybill.socketio.Socket;
import waybill.socketio.packet.RawJson;

/// One run of `getAll`: says again what waits in a queue when it begins, oldest first. It reads the next page only when
/// the last one is with the network, so neither a long queue nor a slow client fills the memory. A parcel in the hands
/// of a driver who is still there is left out.
final class CatchUp {

    /// Letters in memory at a time, for each run.
    static final int PAGE_MAX = 500;

    private final Mailboxes mailboxes;
    private final Executor readers;
    private final Predicate<Actor> present;
    private final Socket socket;
    private final Actor reader;
    private final Profile profile;
    private final @Nullable String store;
    private final Topic topic;
    private final long upTo;
    private final End end;
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
            @Nullable String store,
            Topic topic,
            long upTo,
            End end) {
        this.mailboxes = mailboxes;
        this.readers = readers;
        this.present = present;
        this.socket = socket;
        this.reader = reader;
        this.profile = profile;
        this.store = store;
        this.topic = topic;
        this.upTo = upTo;
        this.end = end;
    }

    /// Reads on one of the readers. Throws when they are too busy to begin.
    void begin() throws RejectedExecutionException {
        readers.execute(this::step);
    }

    private void step() {
        try {
            var page = page();
            page.stream().filter(this::isForReader).forEach(this::say);
            if (page.size() < PAGE_MAX || !socket.connected()) {
                end.done(count);
                return;
            }
            after = page.getLast().eventId();
            socket.drained().thenRunAsync(this::step, readers).exceptionally(this::failed);
        } catch (RuntimeException e) {
            end.failed(e);
        }
    }

    private List<Letter> page() {
        return store == null
                ? mailboxes.page(topic, reader.toString(), after, upTo, PAGE_MAX)
                : mailboxes.page(new Queue(store, topic), reader.toString(), after, upTo, PAGE_MAX);
    }

    private boolean isForReader(Letter letter) {
        return !topic.isForDrivers()
                || letter.takenBy()
                        .map(Actor::parse)
                        .filter(driver -> !driver.equals(reader) && present.test(driver))
                        .isEmpty();
    }

    private void say(Letter letter) {
        var said = CapsDialect.say(profile, letter.queue(), letter.messageId(), letter.payload(), letter.eventId());
        socket.emit(CapsDialect.word(topic), new RawJson(said));
        count++;
    }

    private @Nullable Void failed(Throwable cause) {
        end.failed(cause);
        return null;
    }
}
