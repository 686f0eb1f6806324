package waybill.hub.link;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import waybill.hub.relay.Relay;
import waybill.hub.schedule.BlockingReads;
import waybill.journal.LogEntry;
import waybill.limit.RecentKeys;
import waybill.link.LinkQueries;
import waybill.link.LinkToken;
import waybill.link.TrackingLink;
import waybill.order.OrderEvent;

/// Finds the valid link of a token, and has those in use in memory. A link that any node has revoked is found by none
/// once the event is published. Thread-safe, and never blocks.
public final class LinkFinder implements Relay.EventListener {

    /// Links in memory. With one more, all are read again.
    static final int LINKS_MAX = 10_000;

    /// Revoked links that are remembered, for reads of the disk that began before.
    static final int REVOKED_MAX = 10_000;

    static final Duration FRESH_FOR = Duration.ofMinutes(1);

    private record Known(TrackingLink link, long readAtMs) {}

    private final LinkQueries links;
    private final Executor blockingExecutor;
    private final InstantSource clock;
    private final Map<String, Known> byHash = new ConcurrentHashMap<>();
    private final RecentKeys<UUID, Boolean> revoked = new RecentKeys<>(REVOKED_MAX); // its own monitor guards it

    /// @param blockingExecutor runs reads of the disk
    public LinkFinder(LinkQueries links, Executor blockingExecutor, InstantSource clock) {
        this.links = links;
        this.blockingExecutor = blockingExecutor;
        this.clock = clock;
    }

    /// The valid link in memory; null if it takes a read.
    public @Nullable TrackingLink inMemoryOrNone(LinkToken token) {
        var known = byHash.get(token.hash());
        return known != null && Math.abs(clock.millis() - known.readAtMs) < FRESH_FOR.toMillis() && isValid(known.link)
                ? known.link
                : null;
    }

    /// The valid link of a token: neither unknown nor expired nor revoked.
    public CompletionStage<Optional<TrackingLink>> find(LinkToken token) {
        var known = inMemoryOrNone(token);
        return known != null
                ? CompletableFuture.completedStage(Optional.of(known))
                : BlockingReads.supply(blockingExecutor, () -> read(token.hash()));
    }

    private Optional<TrackingLink> read(String hash) {
        var found = links.findLink(hash).filter(this::isValid);
        if (found.isEmpty()) {
            byHash.remove(hash);
            return found;
        }
        if (byHash.size() >= LINKS_MAX && !byHash.containsKey(hash)) {
            byHash.clear();
        }
        byHash.put(hash, new Known(found.get(), clock.millis()));
        return found;
    }

    private boolean isValid(TrackingLink link) {
        return !link.isExpired(clock.instant()) && !isRevoked(link.id());
    }

    /// Whether the link was revoked since this node started, among the newest ones.
    public boolean isRevoked(UUID link) {
        synchronized (revoked) {
            return revoked.getOrDefault(link, false);
        }
    }

    /// The links are revoked, by this node or by another.
    public void revoke(List<UUID> ids) {
        synchronized (revoked) {
            ids.forEach(id -> revoked.put(id, true));
        }
    }

    @Override
    public void onEvent(LogEntry entry) {
        revoke(revokedBy(entry));
    }

    /// The links that an event revoked.
    public static List<UUID> revokedBy(LogEntry entry) {
        if (!(entry.event() instanceof OrderEvent.OfLinks event)) {
            return List.of();
        }
        return switch (event) {
            case OrderEvent.LinkShared(var _, var _, var replaced) -> replaced;
            case OrderEvent.LinksRevoked(var ids) -> ids;
        };
    }
}
