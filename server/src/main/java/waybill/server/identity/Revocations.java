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
import waybill.journal.UnavailableException;

/// Whose tokens have been revoked. Thread-safe; asking costs one look into memory.
public final class Revocations {

    /// Users whose revocation is remembered. When there are more, another one is disconnected and its tokens are
    /// refused by nobody, so the caller is told that it could not be done.
    static final int USERS_MAX = 100_000;

    private final RevocationLog log;
    private final Map<UserId, Instant> revokedUntil;
    private final List<Consumer<UserId>> listeners = new CopyOnWriteArrayList<>();

    /// Loads what was revoked before.
    public Revocations(RevocationLog log) {
        this.log = log;
        revokedUntil = new ConcurrentHashMap<>(log.load());
    }

    /// Revocations that are forgotten when the process ends.
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

    /// From now on refuses the tokens issued to these users up to `at`, and those that do not say when they were
    /// issued.
    /// Their sockets are disconnected at once. Done when that would survive the end of the process.
    ///
    /// A token counts in whole seconds, so a new one is good from the second after `at`.
    public CompletionStage<Void> revoke(Set<UserId> users, Instant at) {
        if (revokedUntil.size() + users.size() > USERS_MAX
                && !revokedUntil.keySet().containsAll(users)) {
            return CompletableFuture.failedStage(new UnavailableException(
                    "revocations: " + USERS_MAX + " users (expected: fewer; a new secret revokes every token)",
                    Duration.ofHours(1)));
        }
        for (var user : users) {
            revokedUntil.merge(user, at, (one, other) -> one.isAfter(other) ? one : other);
            listeners.forEach(listener -> listener.accept(user));
        }
        return log.append(users, at);
    }

    boolean isRevoked(UserId user, Optional<Instant> issuedAt) {
        @Nullable Instant limit = revokedUntil.get(user);
        return limit != null && !issuedAt.map(limit::isBefore).orElse(false);
    }

    /// Is told of each user that is revoked, after its tokens are refused.
    void onRevoked(Consumer<UserId> listener) {
        listeners.add(listener);
    }
}
