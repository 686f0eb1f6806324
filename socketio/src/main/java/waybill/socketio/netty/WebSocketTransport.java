package waybill.socketio.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import waybill.socketio.engine.EngineCodec;
import waybill.socketio.engine.EnginePacket;
import waybill.socketio.packet.ProtocolException;
import waybill.socketio.room.Frame;

/// One WebSocket: frames in, messages to the session that it carries or wants to carry. Belongs to its channel's
/// event loop, which need not be the session's.
final class WebSocketTransport extends ChannelInboundHandlerAdapter {

    /// How long a client may take to read what is before its close frame.
    private static final int CLOSE_MAX_MS = 5_000;

    private final EngineConfig config;
    private final boolean deflating;
    private final boolean wordless;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable EngineSocket socket;
    private @Nullable ByteBuf fragments;
    private boolean fragmentsAreText;
    private boolean closing;

    /// A `wordless` client is closed without a close frame: one that takes the frame for no reason to go.
    WebSocketTransport(EngineConfig config, boolean deflating, boolean wordless) {
        this.config = config;
        this.deflating = deflating;
        this.wordless = wordless;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        forgetFragments();
    }

    ChannelHandlerContext ctx() {
        var context = ctx;
        if (context == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return context;
    }

    boolean isDeflating() {
        return deflating;
    }

    /// Carries the session from its first packet.
    void carry(EngineSocket session) {
        socket = session;
    }

    /// Asks to carry a session that polls.
    void probe(EngineSocket session) {
        socket = session;
        session.onLoop(() -> session.probeConnected(this));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof WebSocketFrame frame && !closing) {
                frame(context, frame);
            }
        } catch (ProtocolException _) { // a text that is none
            fail(WebSocketCloseStatus.INVALID_PAYLOAD_DATA);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void frame(ChannelHandlerContext context, WebSocketFrame frame) throws ProtocolException {
        switch (frame) {
            case TextWebSocketFrame _, BinaryWebSocketFrame _, ContinuationWebSocketFrame _ -> data(context, frame);
            case PingWebSocketFrame ping -> context.writeAndFlush(Frame.pong(context.alloc(), ping));
            case PongWebSocketFrame pong -> pong(pong);
            case CloseWebSocketFrame close -> {
                var echo = close.statusCode() < 0 ? WebSocketCloseStatus.NORMAL_CLOSURE.code() : close.statusCode();
                close(Frame.close(context.alloc(), echo));
            }
            default -> {}
        }
    }

    /// It may be the answer to a ping of [Deliveries], or one that the client sends unasked.
    private void pong(PongWebSocketFrame pong) {
        var session = socket;
        if (session != null && pong.content().readableBytes() == Long.BYTES) {
            var number = pong.content().getLong(pong.content().readerIndex());
            session.onLoop(() -> session.pong(this, number));
        }
    }

    private void data(ChannelHandlerContext context, WebSocketFrame frame) throws ProtocolException {
        var content = frame.content();
        if (frame.isFinalFragment() && !(frame instanceof ContinuationWebSocketFrame)) {
            message(content, frame instanceof TextWebSocketFrame);
            return;
        }
        var whole = fragments;
        if (whole == null) { // the decoder has seen to it that a continuation continues something
            whole = context.alloc().buffer(content.readableBytes());
            fragments = whole;
            fragmentsAreText = frame instanceof TextWebSocketFrame;
        }
        if (whole.readableBytes() + content.readableBytes() > config.maxHttpBufferSize()) {
            fail(WebSocketCloseStatus.MESSAGE_TOO_BIG);
            return;
        }
        whole.writeBytes(content);
        if (frame.isFinalFragment()) {
            try {
                message(whole, fragmentsAreText);
            } finally {
                forgetFragments();
            }
        }
    }

    private void message(ByteBuf content, boolean text) throws ProtocolException {
        var session = socket;
        if (session == null) {
            return;
        }
        EnginePacket packet = text
                ? decodeOrNonsense(session, Utf8.decode(content))
                : new EnginePacket.Binary(ByteBufUtil.getBytes(content));
        if (packet == null) {
            return;
        }
        if (session.loop().inEventLoop()) {
            session.receive(packet, this);
        } else {
            session.loop().execute(() -> session.receive(packet, this));
        }
    }

    private @Nullable EnginePacket decodeOrNonsense(EngineSocket session, String text) {
        try {
            return EngineCodec.decode(text);
        } catch (ProtocolException _) {
            session.onLoop(() -> session.nonsense(this));
            return null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause.getCause() instanceof CorruptedWebSocketFrameException corrupted) {
            fail(corrupted.closeStatus());
        } else if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            fail(corrupted.closeStatus());
        } else if (cause instanceof DecompressionException || cause.getCause() instanceof DecompressionException) {
            fail(WebSocketCloseStatus.MESSAGE_TOO_BIG);
        } else {
            lost(true);
            context.close();
        }
    }

    /// The peer broke the protocol of frames.
    private void fail(WebSocketCloseStatus status) {
        closeWith(status.code());
        lost(true);
    }

    /// Sends a text besides all else. From any thread.
    void sendAlone(String text) {
        var frame = ctx().alloc().directBuffer(text.length() + 2);
        Frame.write(frame, text, "", List.of());
        ctx().writeAndFlush(frame);
    }

    /// Says goodbye, unless to a wordless client, and closes. From any thread.
    void closeWith(int code) {
        var context = ctx();
        if (context.executor().inEventLoop()) {
            close(wordless ? Unpooled.EMPTY_BUFFER : Frame.close(context.alloc(), code));
        } else {
            context.executor().execute(() -> closeWith(code));
        }
    }

    private void close(ByteBuf last) {
        if (closing) {
            last.release();
            return;
        }
        closing = true;
        var context = ctx();
        var written = context.writeAndFlush(last);
        written.addListener(ChannelFutureListener.CLOSE);
        if (!written.isDone()) { // whoever does not read is not waited for
            var patience = context.executor().schedule(() -> context.close(), CLOSE_MAX_MS, TimeUnit.MILLISECONDS);
            context.channel().closeFuture().addListener(_ -> patience.cancel(false));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        lost(false);
        forgetFragments();
        context.fireChannelInactive();
    }

    private void lost(boolean broken) {
        var session = socket;
        if (session != null) {
            session.onLoop(() -> session.transportLost(this, broken));
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        var session = socket;
        if (session != null && context.channel().isWritable()) {
            session.onLoop(session::writable);
        }
        context.fireChannelWritabilityChanged();
    }

    private void forgetFragments() {
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
    }
}
