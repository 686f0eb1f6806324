package waybill.socketio.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
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
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.engine.EngineCodec;
import waybill.socketio.engine.EnginePacket;
import waybill.socketio.room.Frame;

/// One WebSocket: hands what arrives to the session that it carries or probes for. Belongs to its channel's
/// event loop, which need not be the session's.
final class WebSocketTransport extends ChannelInboundHandlerAdapter {

    private final EngineServer server;
    private final FrameDecoder decoder;
    private final boolean deflating;
    private final boolean base64;
    private final boolean skipsCloseFrame;
    private final InFlightBytes inFlightBytes = new InFlightBytes();
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable EngineSocket socket;
    private @Nullable FragmentedMessage fragments;
    private @Nullable ByteBuf pendingPong; // to the newest ping that came while the client read nothing
    private boolean closing;

    /// A client that wants `base64` is sent no binary frames. One with `skipsCloseFrame` is closed without a
    /// close frame, because it does not close on that.
    WebSocketTransport(
            EngineServer server, FrameDecoder decoder, boolean deflating, boolean base64, boolean skipsCloseFrame) {
        this.server = server;
        this.decoder = decoder;
        this.deflating = deflating;
        this.base64 = base64;
        this.skipsCloseFrame = skipsCloseFrame;
        decoder.setJoinedTest(this::isJoined);
    }

    private boolean isJoined() {
        var session = socket;
        return session != null && session.isJoined();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        releaseAll();
    }

    ChannelHandlerContext ctx() {
        var context = ctx;
        if (context == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return context;
    }

    boolean isCompressing() {
        return deflating;
    }

    boolean isBase64() {
        return base64;
    }

    /// Whether the client takes frames as they are made for all.
    boolean isPlain() {
        return !deflating && !base64;
    }

    /// The WebSocket carries the session from its first packet.
    void attach(EngineSocket session) {
        socket = session;
    }

    /// The WebSocket, opened by `request`, probes to take over a session that polls.
    void probe(EngineSocket session, HttpExchange request) {
        socket = session;
        session.onLoop(() -> session.transports().probe().onOpen(request, this));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof WebSocketFrame frame && !closing) {
                frame(context, frame);
            }
        } catch (ProtocolException e) { // invalid UTF-8
            fail(WebSocketCloseStatus.INVALID_PAYLOAD_DATA, e);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void frame(ChannelHandlerContext context, WebSocketFrame frame) throws ProtocolException {
        switch (frame) {
            case TextWebSocketFrame _, BinaryWebSocketFrame _, ContinuationWebSocketFrame _ -> data(context, frame);
            case PingWebSocketFrame ping -> respondToPing(context, Frame.pong(context.alloc(), ping));
            case PongWebSocketFrame pong -> onPong(pong);
            case CloseWebSocketFrame close -> {
                var echo = close.statusCode() < 0 ? WebSocketCloseStatus.NORMAL_CLOSURE.code() : close.statusCode();
                close(Frame.close(context.alloc(), echo));
            }
            default -> {}
        }
    }

    /// It may answer a ping of [DeliveryTracker], or be unsolicited.
    private void onPong(PongWebSocketFrame pong) {
        var session = socket;
        if (session != null && pong.content().readableBytes() == Long.BYTES) {
            var number = pong.content().getLong(pong.content().readerIndex());
            inFlightBytes.dispatch(ctx(), session, Long.BYTES, () -> session.onPong(this, number));
        }
    }

    /// A client that reads nothing gets one pong later, to its newest ping: the protocol requires no more.
    private void respondToPing(ChannelHandlerContext context, ByteBuf pong) {
        if (context.channel().isWritable()) {
            context.writeAndFlush(pong);
            return;
        }
        if (pendingPong != null) {
            pendingPong.release();
        }
        pendingPong = pong;
    }

    private int messageMax() {
        return isJoined()
                ? server.config().maxHttpBufferSize()
                : server.config().unjoinedMessageMax();
    }

    private void data(ChannelHandlerContext context, WebSocketFrame frame) throws ProtocolException {
        var content = frame.content();
        int length = content.readableBytes() + (fragments == null ? 0 : fragments.length());
        if (length > messageMax()) {
            fail(WebSocketCloseStatus.MESSAGE_TOO_BIG, "message: more than " + messageMax() + " bytes");
            return;
        }
        if (frame.isFinalFragment() && !(frame instanceof ContinuationWebSocketFrame)) {
            message(content, frame instanceof TextWebSocketFrame);
            return;
        }
        var whole = fragments;
        if (whole == null) { // the decoder rejects a continuation that continues nothing
            whole = new FragmentedMessage(context.alloc(), frame);
            fragments = whole;
        }
        if (!whole.add(content, decoder)) {
            fail(WebSocketCloseStatus.TRY_AGAIN_LATER, LimitRejection.MEMORY.message());
        } else if (frame.isFinalFragment()) {
            try {
                message(whole.bytes(), whole.isText());
            } finally {
                releaseFragments();
            }
        }
    }

    private void message(ByteBuf content, boolean text) throws ProtocolException {
        var session = socket;
        if (session == null) {
            return;
        }
        EnginePacket packet = text
                ? decodeOrClose(session, Utf8.decode(content))
                : new EnginePacket.Binary(ByteBufUtil.getBytes(content));
        if (packet == null) {
            return;
        }
        var transports = session.transports();
        if (session.loop().inEventLoop()) {
            transports.receive(packet, this);
        } else {
            int bytes = content.readableBytes();
            inFlightBytes.dispatch(ctx(), session, bytes, () -> transports.receive(packet, this));
        }
    }

    private @Nullable EnginePacket decodeOrClose(EngineSocket session, String text) {
        try {
            return EngineCodec.decode(text);
        } catch (ProtocolException e) {
            var why = WebSocketClose.describe(e);
            session.onLoop(() -> session.transports().malformed(this, why));
            return null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var inner = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        switch (inner) {
            case CorruptedWebSocketFrameException corrupted -> fail(corrupted.closeStatus(), corrupted);
            case DecompressionException inflated -> fail(WebSocketCloseStatus.MESSAGE_TOO_BIG, inflated);
            default -> {
                onLost(true);
                context.close();
            }
        }
    }

    private void fail(WebSocketCloseStatus status, Throwable cause) {
        fail(status, WebSocketClose.describe(cause));
    }

    /// The peer broke the protocol of frames, or a limit.
    private void fail(WebSocketCloseStatus status, String why) {
        if (!closing) {
            var address = socket == null ? server.addressOf(ctx().channel()) : socket.address();
            server.reportError(new ReportedError(WebSocketClose.errorReason(status), why, address));
        }
        closeWith(status.code());
        onLost(true);
    }

    /// Sends a close frame, unless the client is sent none, and closes. From any thread.
    void closeWith(int code) {
        var context = ctx();
        if (context.executor().inEventLoop()) {
            close(skipsCloseFrame ? Unpooled.EMPTY_BUFFER : Frame.close(context.alloc(), code));
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
        WebSocketClose.closeAfter(ctx(), last);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        onLost(false);
        releaseAll();
        context.fireChannelInactive();
    }

    private void onLost(boolean broken) {
        var session = socket;
        if (session != null) {
            session.onLoop(() -> session.transports().transportLost(this, broken));
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        var session = socket;
        var pong = pendingPong;
        if (pong != null && context.channel().isWritable()) {
            pendingPong = null;
            context.writeAndFlush(pong);
        }
        if (session != null && context.channel().isWritable()) {
            session.onLoop(() -> session.writer().drain());
        }
        context.fireChannelWritabilityChanged();
    }

    private void releaseFragments() {
        if (fragments != null) {
            fragments.release(decoder);
            fragments = null;
        }
    }

    private void releaseAll() {
        releaseFragments();
        if (pendingPong != null) {
            pendingPong.release();
            pendingPong = null;
        }
    }
}
