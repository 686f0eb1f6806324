package waybill.hub.analytics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import waybill.hub.relay.Relay;
import waybill.journal.LogEntry;

/// The connections, the events a second and the latencies of this node, sampled every ten seconds, for the last hour.
/// [#onEvent] must be called after all other listeners of the relay: an event is published when they are done.
/// Thread-safe.
public final class HubActivity implements Relay.EventListener {

    /// How often a sample is taken.
    static final Duration EVERY = Duration.ofSeconds(10);

    /// Samples in memory. Each further one replaces the oldest.
    static final int SAMPLES_MAX = 360;

    /// Latencies in memory: those of the newest events.
    static final int LATENCIES_MAX = 1_000;

    private static final double MS_PER_SECOND = 1_000;

    private final Supplier<Counts> source;
    private final InstantSource clock;
    private final LongSupplier elapsedMs;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>(); // guarded by itself
    private final long[] latencies = new long[LATENCIES_MAX]; // guarded by itself
    private long latencyCount;
    private @Nullable Counts lastCounts; // guarded by the samples
    private long lastMs; // guarded by the samples

    /// @param elapsedMs a clock that is never set
    public HubActivity(Supplier<Counts> source, InstantSource clock, LongSupplier elapsedMs) {
        this.source = source;
        this.clock = clock;
        this.elapsedMs = elapsedMs;
    }

    /// What is open now, and what was counted since the start.
    public record Counts(long connections, long users, long received, long sent) {}

    /// Percentiles in milliseconds, of the newest events: from when the hub has received the change of an order until
    /// it
    /// has been emitted to its clients.
    public record Latency(long p50Ms, long p95Ms, long p99Ms) {}

    /// The load at one time.
    ///
    /// @param received events a second that clients have emitted since the sample before
    /// @param sent events a second that were sent to clients, counted once per broadcast
    /// @param latencyOrNone null before the first event
    public record Sample(
            Instant at,
            long connections,
            long users,
            double received,
            double sent,
            @Nullable Latency latencyOrNone) {}

    @Override
    public void onEvent(LogEntry entry) {
        var latencyMs = Math.max(0, clock.millis() - entry.receivedAt().toEpochMilli());
        synchronized (latencies) {
            latencies[(int) (latencyCount++ % LATENCIES_MAX)] = latencyMs;
        }
    }

    /// Takes a sample when it is time for one. Called by one thread, often.
    public void runDue() {
        var nowMs = elapsedMs.getAsLong();
        if (!isDue(nowMs)) {
            return;
        }
        var counts = source.get();
        synchronized (samples) {
            if (samples.size() == SAMPLES_MAX) {
                samples.removeFirst();
            }
            samples.addLast(sample(counts, nowMs));
            lastCounts = counts;
            lastMs = nowMs;
        }
    }

    private boolean isDue(long nowMs) {
        synchronized (samples) {
            return lastCounts == null || nowMs - lastMs >= EVERY.toMillis();
        }
    }

    /// The oldest first; the last of them is of this moment.
    public List<Sample> samples() {
        var counts = source.get();
        synchronized (samples) {
            var all = new ArrayList<>(samples);
            all.add(sample(counts, elapsedMs.getAsLong()));
            return all;
        }
    }

    /// Events of less than a second are counted as if it had been a whole one.
    private Sample sample(Counts counts, long nowMs) {
        var before = lastCounts == null ? counts : lastCounts;
        var seconds = Math.max(1, (nowMs - lastMs) / MS_PER_SECOND);
        return new Sample(
                clock.instant(),
                counts.connections,
                counts.users,
                Math.max(0, counts.received - before.received) / seconds,
                Math.max(0, counts.sent - before.sent) / seconds,
                latency());
    }

    private @Nullable Latency latency() {
        long[] sorted;
        synchronized (latencies) {
            sorted = Arrays.copyOf(latencies, (int) Math.min(latencyCount, LATENCIES_MAX));
        }
        if (sorted.length == 0) {
            return null;
        }
        Arrays.sort(sorted);
        return new Latency(percentile(sorted, 0.5), percentile(sorted, 0.95), percentile(sorted, 0.99));
    }

    private static long percentile(long[] sorted, double share) {
        return sorted[(int) Math.ceil(sorted.length * share) - 1];
    }
}
