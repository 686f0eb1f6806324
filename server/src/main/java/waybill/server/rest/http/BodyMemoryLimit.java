package waybill.server.rest.http;

import java.util.HashMap;
import java.util.Map;

/// Limits the memory of incomplete bodies, in all and for one caller, so that a caller with many incomplete bodies
/// cannot fill the memory. A monitor of a few lines: safe from any thread.
final class BodyMemoryLimit {

    /// Bytes of all bodies that are being read.
    static final int BYTES_MAX = 64 << 20;

    /// Bytes of the incomplete bodies of one user; all callers without a token share one such part.
    static final int CALLER_BYTES_MAX = 8 << 20;

    private final int bytesMax;
    private final int callerBytesMax;
    private final Map<String, Integer> bytesByCaller = new HashMap<>();
    private int bytes;

    BodyMemoryLimit() {
        this(BYTES_MAX, CALLER_BYTES_MAX);
    }

    BodyMemoryLimit(int bytesMax, int callerBytesMax) {
        this.bytesMax = bytesMax;
        this.callerBytesMax = callerBytesMax;
    }

    /// For one body of that caller. Belongs to the event loop of its request.
    Lease lease(String caller) {
        return new Lease(caller);
    }

    private synchronized boolean acquire(String caller, int count) {
        var held = bytesByCaller.getOrDefault(caller, 0);
        if (bytes + count > bytesMax || held + count > callerBytesMax) {
            return false;
        }
        bytes += count;
        bytesByCaller.put(caller, held + count);
        return true;
    }

    private synchronized void release(String caller, int count) {
        bytes -= count;
        bytesByCaller.computeIfPresent(caller, (_, held) -> held == count ? null : Integer.valueOf(held - count));
    }

    /// The bytes that are held now.
    synchronized int bytes() {
        return bytes;
    }

    /// The share of one body.
    final class Lease {

        private final String caller;
        private int acquired;

        private Lease(String caller) {
            this.caller = caller;
        }

        /// False at the limit; then nothing is reserved.
        boolean acquire(int count) {
            if (!BodyMemoryLimit.this.acquire(caller, count)) {
                return false;
            }
            acquired += count;
            return true;
        }

        void release() {
            if (acquired > 0) {
                BodyMemoryLimit.this.release(caller, acquired);
                acquired = 0;
            }
        }
    }
}
