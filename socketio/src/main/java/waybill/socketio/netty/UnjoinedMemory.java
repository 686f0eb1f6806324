package waybill.socketio.netty;

import java.util.concurrent.atomic.AtomicLong;

/// What connections that have not joined a namespace hold, in bytes, all together: bodies and messages that are not
/// whole yet, handshakes, and what waits to be read by them. Bounded, so that clients without a token cannot use up
/// the memory, however many they are. Thread-safe.
///
/// A connection that holds little may still begin when those that hold much have used up their half.
final class UnjoinedMemory {

    /// What a connection may hold and count as one that holds little: a `CONNECT` with a long token fits.
    private static final int SMALL_BYTES = 32 * 1024;

    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();

    UnjoinedMemory(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /// How much is held now.
    long bytes() {
        return bytes.get();
    }

    MemoryReservation newReservation() {
        return new MemoryReservation(this);
    }

    private boolean reserve(long more, long heldThen) {
        long max = heldThen > SMALL_BYTES ? bytesMax / 2 : bytesMax;
        if (bytes.addAndGet(more) <= max) {
            return true;
        }
        bytes.addAndGet(-more);
        return false;
    }

    /// What one connection holds. Belongs to one event loop.
    static final class MemoryReservation {

        /// For what does not count.
        static final MemoryReservation NONE = new MemoryReservation(new UnjoinedMemory(Long.MAX_VALUE));

        private final UnjoinedMemory all;
        private long reservedBytes;

        private MemoryReservation(UnjoinedMemory all) {
            this.all = all;
        }

        /// Takes so many bytes more, or none of them: false where there is no room for them.
        boolean grow(long more) {
            if (this == NONE || more <= 0) {
                return true;
            }
            if (!all.reserve(more, reservedBytes + more)) {
                return false;
            }
            reservedBytes += more;
            return true;
        }

        void shrink(long less) {
            if (this != NONE && less > 0) {
                long given = Math.min(less, reservedBytes);
                reservedBytes -= given;
                all.bytes.addAndGet(-given);
            }
        }

        long reservedBytes() {
            return reservedBytes;
        }

        /// Gives everything back.
        void release() {
            shrink(reservedBytes);
        }
    }
}
