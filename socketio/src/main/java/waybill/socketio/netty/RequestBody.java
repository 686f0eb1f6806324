package waybill.socketio.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/// The body of a request while it arrives. It is copied, since a part of a buffer would keep all of it; one that
/// nothing
/// reads is counted alone. Belongs to the connection's event loop.
final class RequestBody {

    private static final int INITIAL_BYTES = 256;

    enum Added {
        TAKEN,
        TOO_LARGE,
        NO_MEMORY
    }

    private final int bytesMax;
    private final UnjoinedMemory.Holding holding;
    private final ByteBuf bytes;
    private final boolean kept;
    private long length;

    private RequestBody(ByteBuf bytes, boolean kept, int bytesMax, UnjoinedMemory.Holding holding) {
        this.bytes = bytes;
        this.kept = kept;
        this.bytesMax = bytesMax;
        this.holding = holding;
    }

    /// Bytes that are kept, with what they take of `holding`.
    static RequestBody kept(ByteBufAllocator allocator, int bytesMax, UnjoinedMemory.Holding holding) {
        return new RequestBody(allocator.buffer(Math.min(INITIAL_BYTES, bytesMax)), true, bytesMax, holding);
    }

    static RequestBody skipped(int bytesMax) {
        return new RequestBody(Unpooled.EMPTY_BUFFER, false, bytesMax, UnjoinedMemory.Holding.NONE);
    }

    Added add(ByteBuf part) {
        length += part.readableBytes();
        if (length > bytesMax) {
            return Added.TOO_LARGE;
        }
        if (!kept) {
            return Added.TAKEN;
        }
        if (!holding.grow(part.readableBytes())) {
            return Added.NO_MEMORY;
        }
        bytes.writeBytes(part);
        return Added.TAKEN;
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
