package waybill.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.util.concurrent.Executors;
import javax.management.NotificationEmitter;

/// Keeps the heap of a hub close to its live data. The serial collector lets the old generation grow to the limit of
/// the heap before it collects it; this class triggers a collection once it has grown to about twice the live data of
/// the last collection, and freed memory goes back to the system.
final class OldGenerationCollector {

    /// Growth below this triggers no collection.
    static final long GROWTH_MIN_BYTES = 96L << 20;

    private OldGenerationCollector() {}

    /// Does nothing for a collector that does this by itself.
    static void collectOnGrowth() {
        for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getName().equals("Tenured Gen") && pool.isUsageThresholdSupported()) {
                watch(pool);
            }
        }
    }

    private static void watch(MemoryPoolMXBean pool) {
        var collector = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("waybill-memory").daemon().factory());
        ((NotificationEmitter) ManagementFactory.getMemoryMXBean())
                .addNotificationListener(
                        (_, _) -> collector.execute(() -> collect(pool)),
                        notification -> notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED),
                        null);
        pool.setUsageThreshold(threshold(0, pool.getUsage().getMax()));
    }

    private static void collect(MemoryPoolMXBean pool) {
        System.gc();
        pool.setUsageThreshold(
                threshold(pool.getUsage().getUsed(), pool.getUsage().getMax()));
    }

    /// The usage that triggers the next collection. Beyond the maximum the JVM collects by itself.
    static long threshold(long living, long max) {
        var wanted = living + Math.max(living, GROWTH_MIN_BYTES);
        return max < 0 ? wanted : Math.min(wanted, max);
    }
}
