package waybill.socketio.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.socketio.engine.EngineCodec;
import waybill.socketio.engine.EnginePacket;
import waybill.socketio.room.Frame;

/// Writes frames on the WebSocket of a connection, where there is one. What is sent to this client alone in a
/// pass of the loop is gathered in one buffer, the cork, which is written before any shared frame, so that the
/// order holds, and before the flush. A base class of [FrameWriter], so that a connection has one object for
/// both.
abstract sealed class CorkedFrames permits FrameWriter {

    private static final int CORK_BYTES = 512;
    private static final int CORK_BYTES_MAX = 32 * 1024;

    final EngineServer server;

    @Nullable
    WebSocketTransport webSocket;

    private @Nullable ByteBuf cork;

    CorkedFrames(EngineServer server) {
        this.server = server;
    }

    @Nullable
    WebSocketTransport webSocket() {
        return webSocket;
    }

    /// From now on a WebSocket is what packets go out on.
    void switchTo(WebSocketTransport transport) {
        webSocket = transport;
    }

    final ByteBuf cork(WebSocketTransport transport, int bytes) {
        var buffer = cork;
        if (buffer != null && buffer.readableBytes() + bytes > CORK_BYTES_MAX) {
            writeCork(transport);
            buffer = null;
        }
        if (buffer == null) {
            buffer = server.allocator().directBuffer(Math.max(CORK_BYTES, bytes));
            cork = buffer;
        }
        return buffer;
    }

    final void writeCork(WebSocketTransport transport) {
        var buffer = cork;
        if (buffer != null) {
            cork = null;
            transport.ctx().write(buffer, transport.ctx().voidPromise());
        }
    }

    final void write(WebSocketTransport transport, Frame frame) {
        writeCork(transport);
        var ctx = transport.ctx();
        if (transport.isCompressing()
                && frame.isWorthCompressing(server.config().perMessageDeflateThreshold())) {
            ctx.write(new TextWebSocketFrame(frame.retainedText()));
        } else if (transport.isBase64() && !frame.attachments().isEmpty()) {
            ctx.write(base64(frame), ctx.voidPromise());
        } else {
            ctx.write(frame.wire().retainedDuplicate(), ctx.voidPromise());
        }
    }

    /// The message as texts alone.
    private ByteBuf base64(Frame frame) {
        var text = frame.text();
        var texts = server.allocator().directBuffer(Frame.sizeAtMost(text, "", frame.attachments()) * 4 / 3);
        Frame.write(texts, text, "", List.of());
        for (var bytes : frame.attachments()) {
            Frame.write(texts, EngineCodec.encode(new EnginePacket.Binary(bytes)), "", List.of());
        }
        return texts;
    }

    /// Sends a text on a WebSocket that is not in use yet. From any thread.
    static void sendAlone(ChannelHandlerContext ctx, String text) {
        var frame = ctx.alloc().directBuffer(text.length() + 2);
        Frame.write(frame, text, "", List.of());
        ctx.writeAndFlush(frame);
    }

    final void releaseCork() {
        if (cork != null) {
            cork.release();
            cork = null;
        }
    }
}
