package waybill.hub.position;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import waybill.directory.Tracker;
import waybill.directory.TrackerKey;
import waybill.hub.schedule.BlockingReads;
import waybill.tracking.DriverPositions;

/// Finds the trackers of keys, and has those that report in memory: a tracker that another node has deleted is known
/// here for a minute more. Thread-safe, and never blocks.
public final class TrackerKeys {

    /// Trackers in memory. With one more, all are read again.
    static final int TRACKERS_MAX = DriverPositions.DRIVERS_MAX;

    static final Duration FRESH_FOR = Duration.ofMinutes(1);

    private record Known(Tracker tracker, long readAtMs) {}

    private final Function<String, Optional<Tracker>> trackers;
    private final Executor blockingExecutor;
    private final InstantSource clock;
    private final Map<String, Known> byHash = new ConcurrentHashMap<>();

    /// @param trackers finds a tracker on the disk by the hash of its key
    /// @param blockingExecutor runs such reads
    public TrackerKeys(Function<String, Optional<Tracker>> trackers, Executor blockingExecutor, InstantSource clock) {
        this.trackers = trackers;
        this.blockingExecutor = blockingExecutor;
        this.clock = clock;
    }

    /// The tracker in memory; null if it takes a read.
    public @Nullable Tracker inMemoryOrNone(TrackerKey key) {
        var known = byHash.get(key.hash());
        return known == null || Math.abs(clock.millis() - known.readAtMs) >= FRESH_FOR.toMillis()
                ? null
                : known.tracker;
    }

    public CompletionStage<Optional<Tracker>> find(TrackerKey key) {
        var known = inMemoryOrNone(key);
        return known != null
                ? CompletableFuture.completedStage(Optional.of(known))
                : BlockingReads.supply(blockingExecutor, () -> read(key.hash()));
    }

    private Optional<Tracker> read(String hash) {
        var found = trackers.apply(hash);
        if (found.isEmpty()) {
            byHash.remove(hash);
            return found;
        }
        if (byHash.size() >= TRACKERS_MAX && !byHash.containsKey(hash)) {
            byHash.clear();
        }
        byHash.put(hash, new Known(found.get(), clock.millis()));
        return found;
    }

    /// The tracker was deleted.
    public void remove(Tracker tracker) {
        byHash.remove(tracker.keyHash());
    }
}
