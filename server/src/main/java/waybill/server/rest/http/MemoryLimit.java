package waybill.server.rest.http;

import java.util.HashMap;
import java.util.Map;

/// Limits what the hub holds for its clients, in all and for one caller: bytes of incomplete bodies, and characters of
/// responses that are not read. A caller with many of them cannot fill the memory. A monitor of a few lines: safe from
/// any thread.
final class MemoryLimit {

    private final long max;
    private final long callerMax;
    private final Map<String, Long> heldByCaller = new HashMap<>();
    private long held;

    MemoryLimit(long max, long callerMax) {
        this.max = max;
        this.callerMax = callerMax;
    }

    /// Bytes of all incomplete bodies, and of those of one user; all callers without a token share one such part.
    static MemoryLimit ofBodies() {
        return new MemoryLimit(64 << 20, 8 << 20);
    }

    /// Characters of all responses that their clients have not read, and of those of one user; all callers
    /// without a token share one such part. The length of a response is known when it is there: one is begun as
    /// long as there is any room, and may go beyond the limit.
    static MemoryLimit ofResponses() {
        return new MemoryLimit(32 << 20, 8 << 20);
    }

    /// For one body of that caller, or one response to it.
    Lease lease(String caller) {
        return new Lease(caller);
    }

    /// What is held now.
    synchronized long held() {
        return held;
    }

    private boolean hasRoom(String caller, long count) {
        return held + count <= max && heldByCaller.getOrDefault(caller, 0L) + count <= callerMax;
    }

    /// The share of one body or response.
    final class Lease {

        private final String caller;
        private long leased;
        private boolean isReleased;

        private Lease(String caller) {
            this.caller = caller;
        }

        /// Whether it was not released, and there is room for more.
        boolean hasRoom() {
            synchronized (MemoryLimit.this) {
                return !isReleased && MemoryLimit.this.hasRoom(caller, 1);
            }
        }

        /// Holds more, within the limit. False at the limit; then nothing more is held.
        boolean tryHold(long count) {
            synchronized (MemoryLimit.this) {
                var hasRoom = MemoryLimit.this.hasRoom(caller, count);
                if (hasRoom) {
                    hold(count);
                }
                return hasRoom;
            }
        }

        /// Holds more, whatever the limit, unless it was released.
        void hold(long count) {
            synchronized (MemoryLimit.this) {
                if (!isReleased) {
                    leased += count;
                    held += count;
                    heldByCaller.merge(caller, count, Long::sum);
                }
            }
        }

        /// The body is complete, the response is read, or the client is gone.
        void release() {
            synchronized (MemoryLimit.this) {
                isReleased = true;
                held -= leased;
                heldByCaller.computeIfPresent(caller, (_, all) -> all == leased ? null : Long.valueOf(all - leased));
                leased = 0;
            }
        }
    }
}
