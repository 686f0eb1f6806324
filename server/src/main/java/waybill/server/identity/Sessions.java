package waybill.server.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.server.identity.Verification.Known;

/// Who is connected by which token, and when that token matters next. A monitor; time comes in as an argument.
///
/// There are as many entries as there are sockets. One map, sorted by time, does for all of their deadlines.
final class Sessions<S> {

    /// How long before its token expires a client is told.
    static final Duration WARNED_BEFORE = Duration.ofMinutes(1);

    /// Between two tokens that one client may show.
    static final Duration REFRESH_EVERY = Duration.ofSeconds(1);

    /// What must be done about a socket.
    sealed interface Due<S> {

        record Expiring<S>(S socket, long inSeconds) implements Due<S> {}

        record Expired<S>(S socket) implements Due<S> {}
    }

    private static final class Session<S> {
        final S socket;
        Known known;
        Instant end;
        Instant dueAt;
        boolean isWarned;
        Instant mayRefreshAt = Instant.MIN;

        Session(S socket, Known known) {
            this.socket = socket;
            this.known = known;
            end = Instant.MAX;
            dueAt = Instant.MAX;
        }
    }

    private final Map<S, Session<S>> bySocket = new HashMap<>();
    private final Map<String, Set<S>> byUser = new HashMap<>();
    private final TreeMap<Instant, Set<Session<S>>> byDue = new TreeMap<>();

    synchronized void add(S socket, Known known, Instant now) {
        var session = new Session<>(socket, known);
        bySocket.put(socket, session);
        byUser.computeIfAbsent(known.principal().id(), _ -> new LinkedHashSet<>())
                .add(socket);
        begin(session, known, now);
    }

    synchronized void remove(S socket) {
        var session = bySocket.remove(socket);
        if (session == null) {
            return;
        }
        cancel(session);
        byUser.computeIfPresent(session.known.principal().id(), (_, sockets) -> {
            sockets.remove(socket);
            return sockets.isEmpty() ? null : sockets;
        });
    }

    /// Goes on with another token, which must be the same person's; or says what is wrong with it.
    synchronized Optional<String> renew(S socket, Known known, Instant now) {
        var session = bySocket.get(socket);
        if (session == null) {
            return Optional.of("token: too late (expected: before the socket is disconnected)");
        }
        var before = session.known.principal();
        var after = known.principal();
        if (!isSame(before, after)) {
            return Optional.of("token: of " + shown(after) + " (expected: of " + shown(before) + ")");
        }
        cancel(session);
        begin(session, known, now);
        return Optional.empty();
    }

    /// How long a socket must wait before it may show another token; not at all where it is zero.
    synchronized Duration refreshWait(S socket, Instant now) {
        var session = bySocket.get(socket);
        if (session == null) {
            return Duration.ZERO;
        }
        if (now.isBefore(session.mayRefreshAt)) {
            return Duration.between(now, session.mayRefreshAt);
        }
        session.mayRefreshAt = now.plus(REFRESH_EVERY);
        return Duration.ZERO;
    }

    synchronized boolean has(S socket) {
        return bySocket.containsKey(socket);
    }

    /// The sockets of a user whose tokens pass the test.
    synchronized List<S> of(String userId, Predicate<Known> test) {
        var found = new ArrayList<S>();
        for (var socket : byUser.getOrDefault(userId, Set.of())) {
            var session = bySocket.get(socket);
            if (session != null && test.test(session.known)) {
                found.add(socket);
            }
        }
        return found;
    }

    /// What has to be done by now, each once.
    synchronized List<Due<S>> due(Instant now) {
        var due = new ArrayList<Due<S>>();
        for (var next = byDue.firstEntry(); next != null && !next.getKey().isAfter(now); next = byDue.firstEntry()) {
            byDue.remove(next.getKey());
            next.getValue().forEach(session -> due.add(dueOf(session, now)));
        }
        return due;
    }

    private Due<S> dueOf(Session<S> session, Instant now) {
        if (session.isWarned || !now.isBefore(session.end)) {
            return new Due.Expired<>(session.socket);
        }
        session.isWarned = true;
        schedule(session, session.end);
        var left = Duration.between(now, session.end);
        return new Due.Expiring<>(session.socket, left.plusMillis(999).toSeconds());
    }

    /// A token that is taken although it has expired, because clocks differ, is good until that no longer excuses it.
    private void begin(Session<S> session, Known known, Instant now) {
        session.known = known;
        session.isWarned = false;
        var expiry = known.expiresAt().orElse(null);
        if (expiry != null) {
            session.end = now.isBefore(expiry) ? expiry : expiry.plus(Identity.CLOCK_SKEW);
            schedule(session, session.end.minus(WARNED_BEFORE));
        } else {
            session.end = Instant.MAX;
            session.dueAt = Instant.MAX;
        }
    }

    private void schedule(Session<S> session, Instant at) {
        session.dueAt = at;
        byDue.computeIfAbsent(at, _ -> new LinkedHashSet<>()).add(session);
    }

    private void cancel(Session<S> session) {
        byDue.computeIfPresent(session.dueAt, (_, sessions) -> {
            sessions.remove(session);
            return sessions.isEmpty() ? null : sessions;
        });
    }

    private static boolean isSame(Principal before, Principal after) {
        return before.id().equals(after.id())
                && before.role() == after.role()
                && before.store().equals(after.store());
    }

    private static String shown(Principal who) {
        @Nullable String store = who.storeOrNone();
        return who.role().word() + " " + who.id() + (store == null ? "" : " of " + store);
    }
}
