package waybill.socketio.netty;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import waybill.socketio.engine.EngineCodec;
import waybill.socketio.engine.EnginePacket;
import waybill.socketio.room.FlushCycle;
import waybill.socketio.room.Frame;
import waybill.socketio.room.FrameSink;
import waybill.socketio.room.Outbox;

/// What goes out on one connection: at once on a WebSocket that is ready, and otherwise when it is, or with the next
/// poll. Belongs to the connection's event loop.
///
/// What is sent to this client alone in a pass of the loop gathers in one buffer, the cork; it is written before any
/// shared frame, so that the order holds, and at the end of the pass, with the one flush.
final class FrameWriter implements FrameSink, Runnable {

    private static final int CORK_BYTES = 512;
    private static final int CORK_BYTES_MAX = 32 * 1024;

    /// What may wait for a client that has joined no namespace: refusals alone.
    private static final int UNJOINED_BYTES_MAX = 128 * 1024;

    /// How long what is sent right behind a message that stands alone waits: long enough for a client to be woken.
    private static final int APART_MS = 10;

    private final EngineServer server;
    private final EngineSocket socket;
    private final FlushCycle flushCycle;
    private @Nullable WebSocketTransport webSocket;
    private @Nullable ByteBuf cork;
    private @Nullable Outbox outbox;
    private @Nullable CompletableFuture<Void> drainedFuture;
    private boolean flushing;
    private boolean apart; // what was sent last stands alone: what follows waits
    private boolean apartTimed; // and goes on when its time is over
    private long unjoinedBytes; // of what waits for a client that has joined no namespace

    FrameWriter(EngineServer server, EngineSocket socket, FlushCycle pass) {
        this.server = server;
        this.socket = socket;
        this.flushCycle = pass;
    }

    @Nullable
    WebSocketTransport webSocket() {
        return webSocket;
    }

    /// From now on a WebSocket is what packets go out on.
    void switchTo(WebSocketTransport transport) {
        webSocket = transport;
    }

    void send(String head, String data, List<byte[]> attachments, Frame.FrameOptions options) {
        var transport = webSocket;
        if (transport != null && transport.isPlain() && isReady(transport)) {
            Frame.write(cork(transport, Frame.sizeAtMost(head, data, attachments)), head, data, attachments);
            flushLater();
            return;
        }
        var frame = Frame.of(server.allocator(), head, data, attachments, options);
        send(frame);
        frame.release();
    }

    @Override
    public void send(Frame frame) {
        if (socket.isClosed()) {
            return;
        }
        var transport = webSocket;
        if (transport != null && isReady(transport)) {
            write(transport, frame);
            flushLater();
        } else if (frame.kind() != Frame.FrameKind.VOLATILE
                || apart
                || (transport == null && socket.hasPendingPoll())) {
            enqueue(frame);
        }
    }

    @Override
    public boolean acceptsJoined() {
        var transport = webSocket;
        return transport != null && transport.isPlain() && isReady(transport);
    }

    @Override
    public void writeJoined(ByteBuf frames) {
        var transport = webSocket;
        if (transport == null) {
            frames.release();
            return;
        }
        writeCork(transport);
        transport.ctx().write(frames, transport.ctx().voidPromise());
        flushLater();
    }

    /// Sends a WebSocket ping behind all else; nothing where there is no WebSocket.
    void ping(long number) {
        var transport = webSocket;
        if (transport != null && !socket.isClosed()) {
            writeCork(transport);
            transport
                    .ctx()
                    .write(
                            Frame.ping(transport.ctx().alloc(), number),
                            transport.ctx().voidPromise());
            flushLater();
        }
    }

    /// Has what is sent next wait in the outbox for a moment, where there is a WebSocket, so that a client reads what
    /// was sent so far before that comes. Flushes nothing itself: until the end of the pass nothing leaves.
    void standApart() {
        var transport = webSocket;
        if (transport != null && isReady(transport)) {
            apart = true;
            flushLater();
        }
    }

    private void timeApart() {
        if (!apartTimed) {
            apartTimed = true;
            socket.loop().schedule(this::goOn, APART_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void goOn() {
        apart = false;
        apartTimed = false;
        drain();
    }

    boolean hasQueued() {
        return outbox != null && !outbox.isEmpty();
    }

    /// Whether something was sent that the network has not taken yet.
    boolean isBackedUp() {
        var transport = webSocket;
        return apart
                || hasQueued()
                || (transport != null && !transport.ctx().channel().isWritable());
    }

    private boolean isReady(WebSocketTransport transport) {
        return !apart
                && !hasQueued()
                && !socket.isClosed()
                && transport.ctx().channel().isWritable();
    }

    private ByteBuf cork(WebSocketTransport transport, int bytes) {
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

    private void writeCork(WebSocketTransport transport) {
        var buffer = cork;
        if (buffer != null) {
            cork = null;
            transport.ctx().write(buffer, transport.ctx().voidPromise());
        }
    }

    private void write(WebSocketTransport transport, Frame frame) {
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

    private void enqueue(Frame frame) {
        if (!socket.isJoined() && !reserveUnjoined(frame)) {
            socket.onOutboxOverflow();
            return;
        }
        var box = outbox;
        if (box == null) {
            box = new Outbox(server.config().outboxFramesMax(), server.config().outboxBytesMax());
            outbox = box;
        }
        switch (box.offer(frame)) {
            case QUEUED, REPLACED -> flushLater();
            case OVERFLOW -> socket.onOutboxOverflow();
        }
    }

    /// Whether a client that has joined no namespace may have this wait for it, too.
    private boolean reserveUnjoined(Frame frame) {
        var holding = socket.memoryReservation();
        if (unjoinedBytes + frame.size() > UNJOINED_BYTES_MAX || !holding.grow(frame.size())) {
            return false;
        }
        unjoinedBytes += frame.size();
        return true;
    }

    private void releaseUnjoined() {
        if (unjoinedBytes > 0) {
            socket.memoryReservation().shrink(unjoinedBytes);
            unjoinedBytes = 0;
        }
    }

    private void flushLater() {
        if (!flushing) {
            flushing = true;
            flushCycle.flushLater(this);
        }
    }

    /// Flushes, at the end of the pass.
    @Override
    public void run() {
        flushing = false;
        var transport = webSocket;
        if (transport == null) {
            if (hasQueued()) {
                socket.completePoll();
            }
            return;
        }
        writeCork(transport);
        transport.ctx().flush();
        if (apart) {
            timeApart();
        } else if (hasQueued() && transport.ctx().channel().isWritable()) {
            drain();
        }
    }

    /// Writes what waits, as far as the WebSocket takes it.
    void drain() {
        var transport = webSocket;
        if (transport == null || apart || socket.isClosed()) {
            return;
        }
        var box = outbox;
        while (box != null && transport.ctx().channel().isWritable()) {
            var frame = box.poll();
            if (frame == null) {
                box = null;
                outbox = null;
                releaseUnjoined();
            } else {
                write(transport, frame);
                frame.release();
            }
        }
        flushLater();
        notifyDrained();
    }

    /// What waits, as the answer to a poll, as far as it fits; and goodbye behind the last, if the session is over.
    String drainToPoll() {
        if (socket.isClosedByClient()) {
            clear();
        }
        var payload = PollPayload.drain(outbox, server.config().maxHttpBufferSize(), socket.sendsClosePacket());
        if (!hasQueued()) {
            releaseUnjoined();
        }
        notifyDrained();
        return payload;
    }

    /// Completes `done` when all that was sent so far has been handed to the network.
    void completeWhenDrained(CompletableFuture<Void> done) {
        if (socket.isClosed() || !isBackedUp()) {
            done.complete(null);
            return;
        }
        var waiting = drainedFuture;
        if (waiting == null) {
            drainedFuture = done;
        } else {
            waiting.thenRun(() -> done.complete(null));
        }
    }

    private void notifyDrained() {
        var waiting = drainedFuture;
        if (waiting != null && (socket.isClosed() || !isBackedUp())) {
            drainedFuture = null;
            waiting.complete(null);
        }
    }

    /// Says goodbye on the WebSocket, where there is one, and before that what waits, if it is to be `whole` or waits
    /// only because a message stands alone.
    void finish(int closeCode, boolean whole) {
        var transport = webSocket;
        if (transport == null) {
            return;
        }
        writeCork(transport);
        boolean all = whole || apart;
        for (var frame = all ? poll() : null; frame != null; frame = poll()) {
            write(transport, frame);
            frame.release();
        }
        transport.closeWith(closeCode);
    }

    private @Nullable Frame poll() {
        return outbox == null ? null : outbox.poll();
    }

    /// Forgets all that was not sent.
    void clear() {
        if (cork != null) {
            cork.release();
            cork = null;
        }
        if (outbox != null) {
            outbox.clear();
            outbox = null;
        }
        notifyDrained();
    }
}
