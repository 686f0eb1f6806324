package waybill.server.realtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import waybill.access.Principal;
import waybill.mailbox.Reader;
import waybill.server.dialect.CaughtUp;
import waybill.server.dialect.Said;

/// What a client that was away has missed, in the words of its dialect: of all that concerns who it is, what its rooms
/// would have heard.
final class Missed {

    /// Events that are read for one answer. A client that has missed more reads anew how things stand.
    static final int EVENTS_MAX = 1_000;

    /// Runs that one socket may have under way.
    private static final int SYNCING_MAX = 2;

    private static final long RETRY_MS = 1_000;

    private final LiveServices services;

    Missed(LiveServices services) {
        this.services = services;
    }

    /// On the client's loop. It is in its rooms by now, so what happens after the head that is read here reaches it by
    /// itself.
    void sync(Client client, Principal principal, long since, Reply reply) {
        if (client.syncing >= SYNCING_MAX) {
            reply.failed(Failure.rateLimited("sync", RETRY_MS));
            return;
        }
        var rooms = new HashSet<>(client.socket.rooms());
        rooms.addAll(client.dialect.rooms(principal));
        client.syncing++;
        try {
            services.readers().execute(() -> {
                try {
                    reply.answered(missed(client, principal, since, rooms).json());
                } catch (RuntimeException e) {
                    reply.failed(Failure.of(e));
                } finally {
                    client.socket.loop().execute(() -> client.syncing--);
                }
            });
        } catch (RejectedExecutionException _) {
            client.syncing--;
            reply.failed(Failure.busy());
        }
    }

    /// An id that is ahead of the log is another log's, and says nothing of what was missed here. What is older than
    /// letters are kept may have gaps.
    private CaughtUp missed(Client client, Principal principal, long since, Set<String> rooms) {
        var upTo = services.log().head();
        var said = new ArrayList<Said>();
        var entries = since < 0 || since > upTo
                ? null
                : services.log().news(Reader.of(principal), since, upTo, EVENTS_MAX + 1);
        if (entries == null || entries.size() > EVENTS_MAX) {
            return new CaughtUp(said, false);
        }
        for (var entry : entries) {
            client.dialect.tell(entry).stream()
                    .filter(one -> one.reaches(rooms))
                    .forEach(said::add);
        }
        return new CaughtUp(said, since >= services.log().horizon());
    }
}
