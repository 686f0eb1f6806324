package waybill.socketio.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Reads WebSocket frames. As long as the connection has joined no namespace, a frame that is not whole may have few
/// bytes only, and counts in the memory of such connections. Belongs to its channel's event loop.
final class FrameDecoder extends WebSocket13FrameDecoder {

    private static final int HEADER_MAX = 14;

    private final int unjoinedMax;
    private final UnjoinedMemory.MemoryReservation holding;
    private BooleanSupplier joined = () -> false;
    private boolean unlimited;
    private int counted; // bytes of the frame that is not whole

    FrameDecoder(WebSocketDecoderConfig config, int unjoinedMax, UnjoinedMemory.MemoryReservation holding) {
        super(config);
        this.unjoinedMax = unjoinedMax;
        this.holding = holding;
    }

    /// Says how to find out whether the connection has joined a namespace.
    void setJoinedTest(BooleanSupplier test) {
        joined = test;
    }

    /// Where fragments of messages count, too.
    UnjoinedMemory.MemoryReservation memoryReservation() {
        return unlimited ? UnjoinedMemory.MemoryReservation.NONE : holding;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        int before = out.size();
        super.decode(ctx, in, out);
        if (!unlimited) {
            reserve(out.size() == before ? in.readableBytes() : 0);
        }
    }

    private void reserve(int partial) {
        if (joined.getAsBoolean()) {
            unlimited = true;
            holding.release();
        } else if (partial > unjoinedMax + HEADER_MAX) {
            throw new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.MESSAGE_TOO_BIG,
                    "frame: more than " + unjoinedMax + " bytes (expected: less before a namespace is joined)");
        } else if (partial > counted && !holding.grow(partial - counted)) {
            throw new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.TRY_AGAIN_LATER, LimitRejection.MEMORY.message());
        } else {
            holding.shrink(counted - partial);
            counted = partial;
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        holding.release();
        super.handlerRemoved0(ctx);
    }
}
