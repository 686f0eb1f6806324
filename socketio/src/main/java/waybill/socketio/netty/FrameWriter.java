package waybill.socketio.netty;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.FrameKind;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.room.FlushCycle;
import waybill.socketio.room.Frame;
import waybill.socketio.room.FrameSink;
import waybill.socketio.room.Outbox;

/// Sends what goes to one client: at once on a WebSocket that is ready, and otherwise when it is, or with the next
/// poll. Flushes once at the end of a pass of the event loop. Belongs to the connection's event loop.
final class FrameWriter extends CorkedFrames implements FrameSink, Runnable {

    /// How long what is sent right after the answer to CONNECT waits. A client that awaits its messages one by
    /// one must have handled the answer before the next message arrives, or misses it. With 5 ms the protocol's
    /// own test suite, such a client, still fails on a busy machine.
    private static final int DELAY_MS = 10;

    private final EngineSocket socket;
    private final FlushCycle flushCycle;
    private final UnjoinedOutput unjoined;
    private @Nullable Outbox outbox;
    private @Nullable CompletableFuture<Void> drainedFuture;
    private boolean flushing;
    private boolean delaying; // what is sent now waits in the outbox
    private boolean delayTimed; // and the timer that ends it runs
    private OutboxMemory.@Nullable Share share; // while something waits

    FrameWriter(EngineServer server, EngineSocket socket, FlushCycle flushCycle) {
        super(server);
        this.socket = socket;
        this.flushCycle = flushCycle;
        this.unjoined = new UnjoinedOutput(socket);
    }

    void send(String head, String data, List<byte[]> attachments, FrameOptions options) {
        var transport = webSocket;
        if (transport != null && transport.isPlain() && isReady(transport)) {
            var buffer = cork(transport, Frame.sizeAtMost(head, data, attachments));
            int start = buffer.writerIndex();
            Frame.write(buffer, head, data, attachments);
            countSent(1, buffer.writerIndex() - start);
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
            countSent(1, frame.size());
            write(transport, frame);
            flushLater();
        } else if (frame.kind() != FrameKind.VOLATILE
                || delaying
                || (transport == null && socket.transports().hasPendingPoll())) {
            countSent(1, frame.size());
            enqueue(frame);
        }
    }

    private void countSent(int packets, long bytes) {
        var traffic = server.traffic();
        if (traffic.isOn()) {
            traffic.onSent(packets, bytes);
        }
    }

    @Override
    public boolean acceptsJoined() {
        var transport = webSocket;
        return transport != null && transport.isPlain() && isReady(transport);
    }

    @Override
    public void writeJoined(ByteBuf frames, int count) {
        var transport = webSocket;
        if (transport == null) {
            frames.release();
            return;
        }
        countSent(count, frames.readableBytes());
        writeCork(transport);
        transport.ctx().write(frames, transport.ctx().voidPromise());
        flushLater();
    }

    /// Sends a WebSocket ping behind all else; nothing where there is no WebSocket.
    void ping(long number) {
        var transport = webSocket;
        if (transport != null && !socket.isClosed()) {
            var frame = Frame.ping(transport.ctx().alloc(), number);
            writeCork(transport);
            transport.ctx().write(frame, transport.ctx().voidPromise());
            flushLater();
        }
    }

    /// Has what is sent next wait in the outbox for [#DELAY_MS], where there is a WebSocket. Flushes nothing
    /// itself: until the end of the pass nothing leaves. If nothing was sent by then, the delay ends there,
    /// without a timer.
    void delayNext() {
        var transport = webSocket;
        if (transport != null && isReady(transport)) {
            delaying = true;
            flushLater();
        }
    }

    private void continueDelay() {
        if (!hasQueued()) {
            delaying = false;
            notifyDrained();
        } else if (!delayTimed) {
            delayTimed = true;
            socket.loop().schedule(this::endDelay, DELAY_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void endDelay() {
        delaying = false;
        delayTimed = false;
        drain();
    }

    boolean hasQueued() {
        return outbox != null && !outbox.isEmpty();
    }

    /// Whether something was sent that the network has not taken yet.
    boolean isBackedUp() {
        var transport = webSocket;
        return delaying
                || hasQueued()
                || (transport != null && !transport.ctx().channel().isWritable());
    }

    private boolean isReady(WebSocketTransport transport) {
        return !delaying
                && !hasQueued()
                && !socket.isClosed()
                && transport.ctx().channel().isWritable();
    }

    private void enqueue(Frame frame) {
        if (!unjoined.mayWait(frame)) {
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

    private void countWaiting() {
        var box = outbox;
        var counted = share;
        if (box != null) {
            if (counted == null) {
                counted = server.outboxMemory().newShare(socket::onOutboxOverflow);
                share = counted;
            }
            counted.set(box.bytes());
        } else if (counted != null) {
            counted.set(0);
            share = null;
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
                socket.transports().completePoll();
            }
            countWaiting();
            return;
        }
        writeCork(transport);
        transport.ctx().flush();
        if (delaying) {
            continueDelay();
        } else if (hasQueued() && transport.ctx().channel().isWritable()) {
            drain();
        }
        countWaiting();
    }

    /// Writes what waits, as far as the WebSocket takes it.
    void drain() {
        var transport = webSocket;
        if (transport == null || delaying || socket.isClosed()) {
            return;
        }
        var box = outbox;
        while (box != null && transport.ctx().channel().isWritable()) {
            var frame = box.poll();
            if (frame == null) {
                box = null;
                outbox = null;
                unjoined.release();
            } else {
                write(transport, frame);
                frame.release();
            }
        }
        flushLater();
        notifyDrained();
    }

    /// What waits, as the answer to a poll, as far as it fits; with a close packet behind the last, if the
    /// session is over.
    String drainToPoll() {
        if (socket.session().isClosedByClient()) {
            clear();
        }
        var payload = PollPayload.drain(outbox, server.config().maxHttpBufferSize(), socket.sendsClosePacket());
        if (!hasQueued()) {
            unjoined.release();
        }
        countWaiting();
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

    /// Closes the WebSocket, where there is one. Before that it writes what waits, if `whole` or if only the delay
    /// holds it back.
    void finish(int closeCode, boolean whole) {
        var transport = webSocket;
        if (transport == null) {
            return;
        }
        writeCork(transport);
        boolean all = whole || delaying;
        for (var frame = all ? poll() : null; frame != null; frame = poll()) {
            write(transport, frame);
            frame.release();
        }
        transport.closeWith(closeCode);
    }

    private @Nullable Frame poll() {
        return outbox == null ? null : outbox.poll();
    }

    /// Drops all that was not sent.
    void clear() {
        releaseCork();
        if (outbox != null) {
            outbox.clear();
            outbox = null;
        }
        countWaiting();
        notifyDrained();
    }
}
