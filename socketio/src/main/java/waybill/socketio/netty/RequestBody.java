package waybill.socketio.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/// The body of a request while it arrives. It is copied, since a part of a buffer would keep all of it; one that
/// nothing reads is counted alone. Belongs to the connection's event loop.
final class RequestBody {

    private static final int INITIAL_BYTES = 256;

    enum AddResult {
        ADDED,
        TOO_LARGE,
        NO_MEMORY
    }

    private final int bytesMax;
    private final UnjoinedMemory.MemoryReservation holding;
    private final ByteBuf bytes;
    private final boolean buffering;
    private long length;

    private RequestBody(ByteBuf bytes, boolean kept, int bytesMax, UnjoinedMemory.MemoryReservation holding) {
        this.bytes = bytes;
        this.buffering = kept;
        this.bytesMax = bytesMax;
        this.holding = holding;
    }

    /// Bytes that are kept, with what they take of `holding`.
    static RequestBody buffering(ByteBufAllocator allocator, int bytesMax, UnjoinedMemory.MemoryReservation holding) {
        return new RequestBody(allocator.buffer(Math.min(INITIAL_BYTES, bytesMax)), true, bytesMax, holding);
    }

    static RequestBody discarding(int bytesMax) {
        return new RequestBody(Unpooled.EMPTY_BUFFER, false, bytesMax, UnjoinedMemory.MemoryReservation.NONE);
    }

    AddResult add(ByteBuf part) {
        length += part.readableBytes();
        if (length > bytesMax) {
            return AddResult.TOO_LARGE;
        }
        if (!buffering) {
            return AddResult.ADDED;
        }
        if (!holding.grow(part.readableBytes())) {
            return AddResult.NO_MEMORY;
        }
        bytes.writeBytes(part);
        return AddResult.ADDED;
    }

    /// What has arrived, still owned by this body.
    ByteBuf bytes() {
        return bytes;
    }

    void release() {
        bytes.release();
        holding.release();
    }
}
