package waybill.server.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import waybill.access.RevocationLog;
import waybill.access.UserId;
import waybill.hub.relay.Relay;
import waybill.journal.UnavailableException;
import waybill.order.NodeEvent;

/// The users whose tokens are revoked. Thread-safe; a check is one look-up in memory.
public final class Revocations {

    /// Revocations in memory. Beyond that another user cannot be revoked, and the request is answered
    /// `unavailable`.
    static final int USERS_MAX = 100_000;

    private final RevocationLog log;
    private final Map<UserId, Instant> revokedUntil;
    private final List<Consumer<UserId>> listeners = new CopyOnWriteArrayList<>();

    /// Loads the stored revocations.
    public Revocations(RevocationLog log) {
        this.log = log;
        revokedUntil = new ConcurrentHashMap<>(log.load());
    }

    /// Revocations that end with the process.
    public static Revocations inMemory() {
        return new Revocations(new RevocationLog() {
            @Override
            public Map<UserId, Instant> load() {
                return Map.of();
            }

            @Override
            public CompletionStage<Void> append(Set<UserId> users, Instant at) {
                return CompletableFuture.completedStage(null);
            }
        });
    }

    /// Rejects, from now on, the tokens issued to these users up to `at`, and those without `iat`. Their sockets
    /// are disconnected at once. Complete when the revocation is durable.
    ///
    /// Tokens have times in whole seconds, so a new one is valid from the second after `at`.
    public CompletionStage<Void> revoke(Set<UserId> users, Instant at) {
        if (revokedUntil.size() + users.size() > USERS_MAX
                && !revokedUntil.keySet().containsAll(users)) {
            return CompletableFuture.failedStage(new UnavailableException(
                    "revocations: " + USERS_MAX + " users (expected: fewer; a new secret revokes every token)",
                    Duration.ofHours(1)));
        }
        users.forEach(user -> apply(user, at));
        return log.append(users, at);
    }

    private void apply(UserId user, Instant until) {
        revokedUntil.merge(user, until, (one, other) -> one.isAfter(other) ? one : other);
        listeners.forEach(listener -> listener.accept(user));
    }

    /// Applies the revocations that the log has, those of other nodes among them.
    public Relay.EventListener eventListener() {
        return entry -> {
            if (entry.event() instanceof NodeEvent.TokensRevoked(var user, var until) && !isKnown(user, until)) {
                apply(user, until);
            }
        };
    }

    private boolean isKnown(UserId user, Instant until) {
        @Nullable Instant known = revokedUntil.get(user);
        return known != null && !known.isBefore(until);
    }

    /// Whether what was issued to the user at that time is revoked.
    public boolean isRevoked(UserId user, Optional<Instant> issuedAt) {
        @Nullable Instant limit = revokedUntil.get(user);
        return limit != null && !issuedAt.map(limit::isBefore).orElse(false);
    }

    /// Calls `listener` with each user that is revoked, after its tokens are rejected.
    void onRevoked(Consumer<UserId> listener) {
        listeners.add(listener);
    }
}
