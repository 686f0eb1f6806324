package waybill.socketio.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/// A message that comes in several frames, while its last frame is missing. Belongs to its channel's event loop.
final class FragmentedMessage {

    private final ByteBuf bytes;
    private final boolean text;

    FragmentedMessage(ByteBufAllocator allocator, WebSocketFrame first) {
        this.bytes = allocator.buffer(first.content().readableBytes());
        this.text = first instanceof TextWebSocketFrame;
    }

    int length() {
        return bytes.readableBytes();
    }

    boolean isText() {
        return text;
    }

    /// What has arrived, still owned by this message.
    ByteBuf bytes() {
        return bytes;
    }

    /// Appends a fragment; false where there is no memory for it.
    boolean add(ByteBuf fragment, FrameDecoder decoder) {
        if (!decoder.memoryReservation().grow(fragment.readableBytes())) {
            return false;
        }
        bytes.writeBytes(fragment);
        return true;
    }

    void release(FrameDecoder decoder) {
        decoder.memoryReservation().shrink(bytes.readableBytes());
        bytes.release();
    }
}
