package waybill.socketio.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.engine.EngineCodec;
import waybill.socketio.engine.EnginePacket;
import waybill.socketio.engine.Outside;
import waybill.socketio.engine.Session;
import waybill.socketio.engine.Session.Transport;
import waybill.socketio.room.Frame;
import waybill.socketio.room.Line;
import waybill.socketio.room.Outbox;
import waybill.socketio.room.Pass;

/// One Engine.IO connection: performs what its [Session] decides, over a poll or a WebSocket, and keeps what its
/// client is not ready for. Belongs to the event loop on which its handshake arrived.
///
/// What is sent to this client alone in a pass of the loop gathers in one buffer, the cork; it is written before any
/// shared frame, so that the order holds, and at the end of the pass, with the one flush.
public final class EngineSocket implements Line {

    private static final int CORK_BYTES = 512;
    private static final int CORK_BYTES_MAX = 32 * 1024;

    /// How long a poll may wait while its client is about to move: it may have overtaken the client's last word.
    private static final int UPGRADE_POLL_MS = 50;

    private static final int GOING_AWAY = 1001;
    private static final int NORMAL = 1000;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int SERVICE_RESTART = 1012;

    private final EngineServer server;
    private final String id;
    private final HandshakeRequest request;
    private final EventLoop loop;
    private final Pass pass;
    private final Session session;
    private EngineListener.@Nullable Receiver receiver;
    private @Nullable WebSocketTransport webSocket;
    private @Nullable WebSocketTransport probe;
    private @Nullable Exchange poll;
    private @Nullable ByteBuf cork;
    private @Nullable Outbox outbox;
    private @Nullable CompletableFuture<Void> drained;
    private @Nullable ScheduledFuture<?> heartbeat;
    private boolean flushing;
    private boolean parting; // over, but a poll may still fetch what was said last

    EngineSocket(EngineServer server, String id, HandshakeRequest request, EventLoop loop, Transport transport) {
        this.server = server;
        this.id = id;
        this.request = request;
        this.loop = loop;
        this.pass = Pass.of(loop);
        this.session = new Session(server.timing(), transport, new World(), EngineServer.nowMs(loop));
    }

    void begin(EngineListener.Receiver hears) {
        receiver = hears;
        tick();
    }

    /// The connection's own id, known to its client alone.
    public String id() {
        return id;
    }

    public HandshakeRequest request() {
        return request;
    }

    public EventLoop loop() {
        return loop;
    }

    public Transport transport() {
        return session.transport();
    }

    public boolean isClosed() {
        return session.isClosed();
    }

    /// Does something on the connection's own loop: at once, where that is the calling one.
    public void onLoop(Runnable action) {
        if (loop.inEventLoop()) {
            action.run();
        } else {
            loop.execute(action);
        }
    }

    EnginePacket.Open openPacket() {
        return new EnginePacket.Open(server.handshake(id, session.transport()));
    }

    void openOn(WebSocketTransport transport) {
        webSocket = transport;
        transport.carry(this);
        sendControl(openPacket());
    }

    private void tick() {
        long dueMs = session.tick(EngineServer.nowMs(loop));
        if (dueMs != Long.MAX_VALUE) {
            heartbeat = loop.schedule(this::tick, dueMs - EngineServer.nowMs(loop), TimeUnit.MILLISECONDS);
        }
    }

    private void lookAtProbe() {
        session.tick(EngineServer.nowMs(loop));
    }

    // ---- what comes in

    void receive(EnginePacket packet, WebSocketTransport from) {
        if (from == probe) {
            session.receiveFromProbe(packet);
        } else if (from == webSocket) {
            session.receive(packet, EngineServer.nowMs(loop));
        }
    }

    void nonsense() {
        session.close(CloseReason.PARSE_ERROR);
    }

    void nonsense(WebSocketTransport from) {
        if (from == probe) {
            session.probeFailed();
        } else if (from == webSocket) {
            nonsense();
        }
    }

    void post(List<EnginePacket> packets, Exchange exchange) {
        if (session.isClosed() || session.transport() != Transport.POLLING) {
            exchange.refuse(Refusal.BAD_REQUEST);
            return;
        }
        for (var packet : packets) {
            session.receive(packet, EngineServer.nowMs(loop));
        }
        exchange.ok("ok");
    }

    void poll(Exchange exchange) {
        session.tick(EngineServer.nowMs(loop)); // a timeout that is due comes before a poll that is late
        if (parting) {
            poll = exchange;
            sendControl(new EnginePacket.Close());
            answerPoll();
            forget();
            return;
        }
        switch (session.pollArrived()) {
            case WELCOME -> {
                poll = exchange;
                if (!exchange.holdFor(this)) {
                    pollAbandoned(exchange);
                } else if (hasWaiting()) {
                    answerPoll();
                } else if (session.isUpgrading()) {
                    loop.schedule(() -> answerPoll(exchange), UPGRADE_POLL_MS, TimeUnit.MILLISECONDS);
                }
            }
            case DUPLICATE, MISPLACED -> exchange.refuse(Refusal.BAD_REQUEST);
        }
    }

    void pollAbandoned(Exchange exchange) {
        if (poll == exchange) {
            poll = null;
            session.pollAnswered();
            session.close(CloseReason.TRANSPORT_CLOSE);
        }
    }

    void probeConnected(WebSocketTransport transport) {
        if (session.probeOpened(EngineServer.nowMs(loop))) {
            probe = transport;
            loop.schedule(this::lookAtProbe, server.timing().upgradeTimeoutMs(), TimeUnit.MILLISECONDS);
        } else {
            transport.closeWith(NORMAL);
        }
    }

    void transportLost(WebSocketTransport transport, boolean broken) {
        if (transport == probe) {
            session.probeFailed();
        } else if (transport == webSocket) {
            session.close(broken ? CloseReason.TRANSPORT_ERROR : CloseReason.TRANSPORT_CLOSE);
        }
    }

    // ---- what goes out

    /// Sends a message of one text, in two parts, and its attachments.
    public void send(String head, String data, List<byte[]> attachments, Frame.Options options) {
        assert loop.inEventLoop();
        var transport = webSocket;
        if (transport != null && !transport.isDeflating() && isReady(transport)) {
            Frame.write(cork(transport, Frame.sizeAtMost(head, data, attachments)), head, data, attachments);
            flushLater();
            return;
        }
        var frame = Frame.of(server.allocator(), head, data, attachments, options);
        send(frame);
        frame.release();
    }

    /// Sends a message of bytes.
    public void send(byte[] bytes) {
        send("", "", List.of(bytes), Frame.Options.RELIABLE);
    }

    @Override
    public void send(Frame frame) {
        assert loop.inEventLoop();
        if (session.isClosed() && !parting) {
            return;
        }
        var transport = webSocket;
        if (transport != null && isReady(transport)) {
            write(transport, frame);
            flushLater();
        } else if (frame.kind() != Frame.Kind.VOLATILE || (transport == null && poll != null)) {
            keep(frame);
        }
    }

    @Override
    public boolean takesJoined() {
        var transport = webSocket;
        return transport != null && !transport.isDeflating() && isReady(transport);
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

    /// Done when all that was sent so far has been handed to the network.
    public CompletionStage<Void> drained() {
        var done = new CompletableFuture<Void>();
        onLoop(() -> {
            if (session.isClosed() || !isLate()) {
                done.complete(null);
            } else {
                var waiting = drained;
                drained = waiting == null ? done : waiting;
                if (waiting != null) {
                    waiting.thenRun(() -> done.complete(null));
                }
            }
        });
        return done;
    }

    private boolean isLate() {
        var transport = webSocket;
        return hasWaiting() || (transport != null && !transport.ctx().channel().isWritable());
    }

    private boolean isReady(WebSocketTransport transport) {
        return !hasWaiting() && !session.isClosed() && transport.ctx().channel().isWritable();
    }

    private boolean hasWaiting() {
        return outbox != null && !outbox.isEmpty();
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
        if (transport.isDeflating() && frame.isWorthCompressing(server.config().perMessageDeflateThreshold())) {
            ctx.write(new TextWebSocketFrame(frame.retainedText()));
        } else {
            ctx.write(frame.wire().retainedDuplicate(), ctx.voidPromise());
        }
    }

    private void keep(Frame frame) {
        var box = outbox;
        if (box == null) {
            box = new Outbox(server.config().outboxFramesMax(), server.config().outboxBytesMax());
            outbox = box;
        }
        switch (box.offer(frame)) {
            case QUEUED, REPLACED -> flushLater();
            case OVERFLOW -> loop.execute(() -> session.close(CloseReason.TRANSPORT_ERROR));
        }
    }

    private void sendControl(EnginePacket packet) {
        send(EngineCodec.encode(packet), "", List.of(), Frame.Options.RELIABLE);
    }

    private void flushLater() {
        if (!flushing) {
            flushing = true;
            pass.flushLater(this::flush);
        }
    }

    private void flush() {
        flushing = false;
        var transport = webSocket;
        if (transport != null) {
            writeCork(transport);
            transport.ctx().flush();
            if (hasWaiting() && transport.ctx().channel().isWritable()) {
                drain();
            }
        } else if (poll != null && hasWaiting()) {
            answerPoll();
        }
    }

    /// Writes what waits, as far as the socket takes it.
    void drain() {
        var transport = webSocket;
        var box = outbox;
        if (transport == null || session.isClosed()) {
            return;
        }
        while (box != null && !box.isEmpty() && transport.ctx().channel().isWritable()) {
            writeNext(transport, box);
        }
        if (box != null && box.isEmpty()) {
            outbox = null;
        }
        flushLater();
        tellDrained();
    }

    private void writeNext(WebSocketTransport transport, Outbox box) {
        var frame = box.poll();
        if (frame != null) {
            write(transport, frame);
            frame.release();
        }
    }

    private void tellDrained() {
        var waiting = drained;
        if (waiting != null && (session.isClosed() || !isLate())) {
            drained = null;
            waiting.complete(null);
        }
    }

    private void answerPoll(Exchange expected) {
        if (poll == expected) {
            answerPoll();
        }
    }

    private void answerPoll() {
        var exchange = poll;
        if (exchange == null) {
            return;
        }
        poll = null;
        session.pollAnswered();
        var payload = PollPayload.drain(outbox, server.config().maxHttpBufferSize());
        exchange.answer(HttpResponseStatus.OK, "text/plain; charset=UTF-8", payload);
        tellDrained();
    }

    // ---- the end

    /// Closes the connection.
    public void close(CloseReason reason) {
        onLoop(() -> session.close(reason));
    }

    private void part(CloseReason reason) {
        var transport = webSocket;
        if (transport != null) {
            writeCork(transport);
            transport.closeWith(closeCode(reason));
        } else if (poll != null) {
            parting = true;
            sendControl(new EnginePacket.Close());
            answerPoll();
            parting = false;
        } else if (hasWaiting() && reason == CloseReason.FORCED_CLOSE) {
            parting = true;
            loop.schedule(this::forget, server.timing().pingTimeoutMs(), TimeUnit.MILLISECONDS);
        }
        if (!parting) {
            forget();
        }
    }

    private static int closeCode(CloseReason reason) {
        return switch (reason) {
            case SERVER_SHUTTING_DOWN -> SERVICE_RESTART;
            case PARSE_ERROR, TRANSPORT_ERROR -> PROTOCOL_ERROR;
            case PING_TIMEOUT -> GOING_AWAY;
            case TRANSPORT_CLOSE, FORCED_CLOSE -> NORMAL;
        };
    }

    private void forget() {
        parting = false;
        if (heartbeat != null) {
            heartbeat.cancel(false);
        }
        server.forget(this);
        if (cork != null) {
            cork.release();
            cork = null;
        }
        if (outbox != null) {
            outbox.clear();
            outbox = null;
        }
        tellDrained();
    }

    /// What the session asks for.
    private final class World implements Outside {

        @Override
        public void send(EnginePacket packet) {
            sendControl(packet);
        }

        @Override
        public void sendToProbe(EnginePacket packet) {
            var transport = probe;
            if (transport != null) {
                var frame = server.allocator().directBuffer(16);
                Frame.write(frame, EngineCodec.encode(packet), "", List.of());
                transport.ctx().writeAndFlush(frame);
            }
        }

        @Override
        public void deliver(String text) {
            if (receiver != null) {
                receiver.text(text);
            }
        }

        @Override
        public void deliver(byte[] bytes) {
            if (receiver != null) {
                receiver.binary(bytes);
            }
        }

        @Override
        public void releasePoll() {
            answerPoll();
        }

        @Override
        public void upgraded() {
            if (poll != null) {
                poll.refuse(Refusal.BAD_REQUEST);
                poll = null;
            }
            webSocket = probe;
            probe = null;
            drain();
        }

        @Override
        public void dropProbe() {
            if (probe != null) {
                probe.closeWith(NORMAL);
                probe = null;
            }
        }

        @Override
        public void closed(CloseReason reason) {
            part(reason);
            if (receiver != null) {
                receiver.closed(reason);
            }
        }
    }
}
