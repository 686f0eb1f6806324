package waybill.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.management.NotificationEmitter;

/// Keeps the heap of a hub close to its live data. The serial collector lets the old generation grow to the limit of
/// the heap before it collects it; this class triggers a collection once it has grown to about twice the live data of
/// the last collection, and freed memory goes back to the system. Belongs to one thread.
final class OldGenerationCollector {

    /// Growth below this triggers no collection.
    static final long GROWTH_MIN_BYTES = 96L << 20;

    /// The time between two collections: a hub that allocates much for a moment is not stopped again and again, and
    /// if the heap is full before, the JVM collects by itself.
    static final Duration EVERY_MIN = Duration.ofSeconds(10);

    private final Generation generation;
    private final Timer timer;

    /// The old generation of the heap.
    interface Generation {

        void collect();

        long usedBytes();

        long maxBytes();

        /// Requests a notification when more is used; 0 for none.
        void notifyAt(long bytes);
    }

    /// Runs a task later.
    interface Timer {
        void schedule(Runnable task, Duration after);
    }

    OldGenerationCollector(Generation generation, Timer timer) {
        this.generation = generation;
        this.timer = timer;
    }

    /// Does nothing for a collector that does this by itself.
    static void collectOnGrowth() {
        for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getName().equals("Tenured Gen") && pool.isUsageThresholdSupported()) {
                watch(pool);
            }
        }
    }

    private static void watch(MemoryPoolMXBean pool) {
        var thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("waybill-memory").daemon().factory());
        var collector = new OldGenerationCollector(
                new MemoryPool(pool), (task, after) -> thread.schedule(task, after.toMillis(), TimeUnit.MILLISECONDS));
        ((NotificationEmitter) ManagementFactory.getMemoryMXBean())
                .addNotificationListener(
                        (_, _) -> thread.execute(collector::onGrowth),
                        notification -> notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED),
                        null);
        collector.waitForGrowth(0);
    }

    /// Much is used.
    void onGrowth() {
        generation.notifyAt(0);
        generation.collect();
        var living = generation.usedBytes();
        timer.schedule(() -> waitForGrowth(living), EVERY_MIN);
    }

    private void waitForGrowth(long living) {
        generation.notifyAt(threshold(living, generation.maxBytes()));
    }

    private record MemoryPool(MemoryPoolMXBean pool) implements Generation {

        @Override
        public void collect() {
            System.gc();
        }

        @Override
        public long usedBytes() {
            return pool.getUsage().getUsed();
        }

        @Override
        public long maxBytes() {
            return pool.getUsage().getMax();
        }

        @Override
        public void notifyAt(long bytes) {
            pool.setUsageThreshold(bytes);
        }
    }

    /// The usage that triggers the next collection. Beyond the maximum the JVM collects by itself.
    static long threshold(long living, long max) {
        var wanted = living + Math.max(living, GROWTH_MIN_BYTES);
        return max < 0 ? wanted : Math.min(wanted, max);
    }
}
