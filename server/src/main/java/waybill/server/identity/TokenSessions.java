package waybill.server.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.UserId;
import waybill.server.identity.Verification.Verified;

/// The sockets and their tokens, sorted by the time of their next check. A monitor; time comes in as an argument.
///
/// There are as many entries as there are sockets, and they are small: one sorted set is enough for all deadlines,
/// and a search by user reads every entry.
final class TokenSessions<S> {

    /// The time between `auth:expiring` and the expiry of the token.
    static final Duration WARN_BEFORE = Duration.ofMinutes(1);

    /// The time between two tokens that one client may send.
    static final Duration REFRESH_EVERY = Duration.ofSeconds(1);

    private static final long NEVER = Long.MAX_VALUE;

    /// An action that is due for a socket.
    sealed interface Due<S> {

        record Expiring<S>(S socket, long inSeconds) implements Due<S> {}

        record Expired<S>(S socket) implements Due<S> {}
    }

    private static final class Session<S> {
        final long number;
        final S socket;
        Verified verified;
        Instant end = Instant.MAX;
        long dueMs = NEVER;
        boolean isWarned;
        Instant mayRefreshAt = Instant.MIN;

        Session(long number, S socket, Verified verified) {
            this.number = number;
            this.socket = socket;
            this.verified = verified;
        }
    }

    private final Map<S, Session<S>> bySocket = new HashMap<>();
    private final TreeSet<Session<S>> byDue =
            new TreeSet<>(Comparator.<Session<S>>comparingLong(session -> session.dueMs)
                    .thenComparingLong(session -> session.number));
    private long nextNumber;

    synchronized void add(S socket, Verified verified, Instant now) {
        var session = new Session<>(nextNumber++, socket, verified);
        bySocket.put(socket, session);
        startSession(session, verified, now);
    }

    synchronized void remove(S socket) {
        var session = bySocket.remove(socket);
        if (session != null) {
            byDue.remove(session);
        }
    }

    /// Continues with another token of the same user, or returns the reason against it.
    synchronized Optional<String> renew(S socket, Verified verified, Instant now) {
        var session = bySocket.get(socket);
        if (session == null) {
            return Optional.of("token: too late (expected: before the socket is disconnected)");
        }
        var before = session.verified.principal();
        var after = verified.principal();
        if (!isSameUser(before, after)) {
            return Optional.of("token: of " + describe(after) + " (expected: of " + describe(before) + ")");
        }
        byDue.remove(session);
        startSession(session, verified, now);
        return Optional.empty();
    }

    /// How long a socket must wait before it may send another token; zero if it need not.
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

    synchronized boolean contains(S socket) {
        return bySocket.containsKey(socket);
    }

    /// The sockets of a user whose tokens pass the test.
    synchronized List<S> socketsOf(UserId user, Predicate<Verified> test) {
        var found = new ArrayList<S>();
        for (var session : bySocket.values()) {
            if (session.verified.principal().user().equals(user) && test.test(session.verified)) {
                found.add(session.socket);
            }
        }
        return found;
    }

    /// The actions that are due, each once.
    synchronized List<Due<S>> due(Instant now) {
        var due = new ArrayList<Due<S>>();
        var nowMs = now.toEpochMilli();
        while (!byDue.isEmpty() && byDue.getFirst().dueMs <= nowMs) {
            due.add(dueOf(byDue.removeFirst(), now));
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

    /// A token that is accepted although it has expired, because clocks differ, is valid until the end of the
    /// allowed difference.
    private void startSession(Session<S> session, Verified verified, Instant now) {
        session.verified = verified;
        session.isWarned = false;
        var expiry = verified.expiresAtOrNone();
        if (expiry != null) {
            session.end = now.isBefore(expiry) ? expiry : expiry.plus(TokenVerifier.CLOCK_SKEW);
            schedule(session, session.end.minus(WARN_BEFORE));
        } else {
            session.end = Instant.MAX;
            session.dueMs = NEVER;
        }
    }

    private void schedule(Session<S> session, Instant at) {
        session.dueMs = at.toEpochMilli();
        byDue.add(session);
    }

    private static boolean isSameUser(Principal before, Principal after) {
        return before.user().equals(after.user()) && before.store().equals(after.store());
    }

    private static String describe(Principal principal) {
        @Nullable String store = principal.storeOrNone();
        return principal.role().wireName() + " " + principal.id() + (store == null ? "" : " of " + store);
    }
}
