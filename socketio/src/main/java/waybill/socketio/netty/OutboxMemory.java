package waybill.socketio.netty;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The bytes that wait in the outboxes of all clients together. Over the limit, the clients for which most waits are
/// disconnected, so that many slow clients, each within its own limit, cannot use up the memory. A frame that waits
/// for several clients counts for each. Thread-safe.
final class OutboxMemory {

    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();
    private final Set<Share> shares = ConcurrentHashMap.newKeySet();

    OutboxMemory(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /// How much waits now.
    long bytes() {
        return bytes.get();
    }

    /// @param disconnect disconnects the client; runs on any thread
    Share newShare(Runnable disconnect) {
        return new Share(this, disconnect);
    }

    private synchronized void evictLargest() {
        while (bytes.get() > bytesMax) {
            var largest = shares.stream().max(Comparator.comparingLong(Share::bytes));
            if (largest.isEmpty()) {
                return;
            }
            largest.get().evict();
        }
    }

    /// What waits for one client.
    static final class Share {

        private static final long EVICTED = -1;

        private final OutboxMemory all;
        private final Runnable disconnect;
        private final AtomicLong held = new AtomicLong();

        private Share(OutboxMemory all, Runnable disconnect) {
            this.all = all;
            this.disconnect = disconnect;
        }

        private long bytes() {
            return held.get();
        }

        /// So much waits for the client now. On its event loop.
        void set(long bytes) {
            long before = held.get();
            if (before == bytes || before == EVICTED || !held.compareAndSet(before, bytes)) {
                return;
            }
            if (bytes == 0) {
                all.shares.remove(this);
            } else if (before == 0) {
                all.shares.add(this);
            }
            if (all.bytes.addAndGet(bytes - before) > all.bytesMax && bytes > before) {
                all.evictLargest();
            }
        }

        /// The client is disconnected, and what waits for it does not count any more.
        private void evict() {
            all.shares.remove(this);
            long before = held.getAndSet(EVICTED);
            if (before > 0) {
                all.bytes.addAndGet(-before);
                disconnect.run();
            }
        }
    }
}
