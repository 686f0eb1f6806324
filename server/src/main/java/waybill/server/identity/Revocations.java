package waybill.server.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import waybill.access.RevocationLog;
import waybill.order.Unavailable;

/// Whose tokens have been revoked. Thread-safe; asking costs one look into memory.
public final class Revocations {

    /// Users whose revocation is remembered. When there are more, another one is disconnected and its tokens are
    /// refused by nobody, so the caller is told that it could not be done.
    static final int USERS_MAX = 100_000;

    private final RevocationLog log;
    private final Map<String, Instant> upTo;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /// Loads what was revoked before.
    public Revocations(RevocationLog log) {
        this.log = log;
        upTo = new ConcurrentHashMap<>(log.load());
    }

    /// Revocations that are forgotten when the process ends.
    public static Revocations inMemory() {
        return new Revocations(new RevocationLog() {
            @Override
            public Map<String, Instant> load() {
                return Map.of();
            }

            @Override
            public CompletionStage<Void> record(String userId, Instant at) {
                return CompletableFuture.completedStage(null);
            }
        });
    }

    /// From now on refuses the tokens issued to a user up to `at`, and those that do not say when they were issued.
    /// The user's sockets are disconnected at once. Done when that would survive the end of the process.
    ///
    /// A token counts in whole seconds, so a new one is good from the second after `at`.
    public CompletionStage<Void> revoke(String userId, Instant at) {
        if (upTo.size() >= USERS_MAX && !upTo.containsKey(userId)) {
            return CompletableFuture.failedStage(new Unavailable(
                    "revocations: " + USERS_MAX + " users (expected: fewer; a new secret revokes every token)",
                    Duration.ofHours(1)));
        }
        upTo.merge(userId, at, (one, other) -> one.isAfter(other) ? one : other);
        listeners.forEach(listener -> listener.accept(userId));
        return log.record(userId, at);
    }

    boolean isRevoked(String userId, Optional<Instant> issuedAt) {
        @Nullable Instant limit = upTo.get(userId);
        return limit != null && !issuedAt.map(limit::isBefore).orElse(false);
    }

    /// Is told of each user that is revoked, after its tokens are refused.
    void onRevoked(Consumer<String> listener) {
        listeners.add(listener);
    }
}
