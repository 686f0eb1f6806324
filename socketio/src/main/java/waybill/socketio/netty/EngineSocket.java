package waybill.socketio.netty;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.engine.EngineCodec;
import waybill.socketio.engine.EnginePacket;
import waybill.socketio.engine.Session;
import waybill.socketio.engine.Session.Transport;
import waybill.socketio.engine.SessionOutput;
import waybill.socketio.room.FlushCycle;
import waybill.socketio.room.Frame;
import waybill.socketio.room.FrameSink;

/// One Engine.IO connection: performs what its [Session] decides, over polls or a WebSocket. Belongs to the
/// event loop on which its handshake arrived; how things go out is [FrameWriter]'s.
public final class EngineSocket {

    /// How long a request waits while its client is about to move: it may have overtaken the packets on the WebSocket.
    private static final int UPGRADE_MS = 50;

    /// How long a handshake is kept whole, at least: namespaces may be joined with what is in it.
    private static final int HANDSHAKE_KEPT_MS = 20_000;

    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int SERVICE_RESTART = 1012;

    private final EngineServer server;
    private final String id;
    private final HandshakeRequest request;
    private final EventLoop loop;
    private final SessionCallbacks callbacks = new SessionCallbacks();
    private final Session session;
    private final FrameWriter sending;
    private @Nullable DeliveryTracker deliveries; // made when first asked for
    private EngineListener.@Nullable MessageListener receiver;
    private @Nullable WebSocketTransport probe;
    private @Nullable HttpExchange poll;
    private @Nullable ScheduledFuture<?> heartbeat;
    private @Nullable ScheduledFuture<?> probation;
    private @Nullable Runnable afterwards;
    private final UnjoinedMemory.MemoryReservation holding;
    private volatile boolean joined = true;
    private final long openedAtMs;

    EngineSocket(EngineServer server, String id, HandshakeRequest request, EventLoop loop, Transport transport) {
        this.server = server;
        this.id = id;
        this.request = request;
        this.loop = loop;
        this.openedAtMs = EngineServer.nowMs(loop);
        this.session = new Session(server.timing(), transport, callbacks, openedAtMs);
        this.holding = server.unjoinedMemory().newReservation();
        this.sending = new FrameWriter(server, this, FlushCycle.of(loop));
    }

    void start(EngineListener.MessageListener hears) {
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

    /// The address of the client.
    String address() {
        return request.address();
    }

    /// What a connection that has joined no namespace holds.
    UnjoinedMemory.MemoryReservation memoryReservation() {
        return holding;
    }

    /// Holds the connection to the limits of those that have joined no namespace, until [#markJoined]. On the loop.
    public void requireJoin() {
        joined = false;
    }

    /// The client has joined a namespace: it may send and hold as much as any.
    public void markJoined() {
        joined = true;
        holding.release();
    }

    boolean isJoined() {
        return joined;
    }

    public boolean isClosed() {
        return session.isClosed();
    }

    /// The way to this client for what is said to many.
    public FrameSink frameSink() {
        return sending;
    }

    /// Sends a message of one text, in two parts, and its attachments. On the connection's event loop, as all of
    /// these.
    public void send(String head, String data, List<byte[]> attachments, Frame.FrameOptions options) {
        assert loop.inEventLoop();
        sending.send(head, data, attachments, options);
    }

    /// Sends a message of bytes.
    public void send(byte[] bytes) {
        send("", "", List.of(bytes), Frame.FrameOptions.RELIABLE);
    }

    /// Has what is sent next follow what was sent so far a moment later, on a WebSocket. A poll takes all together.
    public void standApart() {
        assert loop.inEventLoop();
        sending.standApart();
    }

    /// Done when all that was sent so far has been handed to the network. From any thread.
    public CompletionStage<Void> whenDrained() {
        var done = new CompletableFuture<Void>();
        onLoop(() -> sending.completeWhenDrained(done));
        return done;
    }

    /// Done when the client has received all that was sent so far: see [DeliveryTracker]. Never done when it goes
    /// before.
    public CompletionStage<Void> whenReceived() {
        assert loop.inEventLoop();
        var known = deliveries;
        if (known == null) {
            known = new DeliveryTracker(this, sending);
            deliveries = known;
        }
        return known.whenReceived();
    }

    void onPong(WebSocketTransport from, long number) {
        if (deliveries != null && from == sending.webSocket()) {
            deliveries.onPong(number);
        }
    }

    /// Closes the connection. From any thread.
    public void close(CloseReason reason) {
        onLoop(() -> end(reason));
    }

    /// Closes the connection because its client broke the protocol, and reports why. From any thread.
    public void fail(String why) {
        onLoop(() -> malformed(why));
    }

    /// Closes the connection of a client that was given long enough. One that polls is told if a poll waits, and else
    /// learns of it with its next one. From any thread.
    public void expire() {
        onLoop(() -> end(
                transport() == Transport.WEBSOCKET || session.hasPendingPoll()
                        ? CloseReason.FORCED_CLOSE
                        : CloseReason.TRANSPORT_ERROR));
    }

    /// The same, and does something when the client has been told, or is not waited for any more. On the loop.
    void close(CloseReason reason, Runnable then) {
        if (session.isFinished()) {
            then.run();
        } else {
            afterwards = then;
            end(reason);
        }
    }

    private void end(CloseReason reason) {
        session.close(reason, EngineServer.nowMs(loop));
    }

    /// Does something on the connection's own loop: at once, where that is the calling one.
    public void onLoop(Runnable action) {
        if (loop.inEventLoop()) {
            action.run();
        } else {
            loop.execute(action);
        }
    }

    // ---- what comes in

    EnginePacket.Open openPacket() {
        return new EnginePacket.Open(server.handshakeJson(id, session.transport()));
    }

    void openWebSocket(WebSocketTransport transport) {
        sending.switchTo(transport);
        transport.attach(this);
        sendControl(openPacket());
    }

    private void tick() {
        long dueMs = session.tick(EngineServer.nowMs(loop));
        stopTicking();
        if (dueMs != Long.MAX_VALUE) {
            heartbeat = loop.schedule(callbacks, dueMs - EngineServer.nowMs(loop), TimeUnit.MILLISECONDS);
        }
    }

    private void stopTicking() {
        if (heartbeat != null) {
            heartbeat.cancel(false);
            heartbeat = null;
        }
    }

    private void checkProbe() {
        session.tick(EngineServer.nowMs(loop));
    }

    void receive(EnginePacket packet, WebSocketTransport from) {
        if (from == probe) {
            session.receiveFromProbe(packet);
        } else if (from == sending.webSocket()) {
            session.receive(packet, EngineServer.nowMs(loop));
        }
    }

    void malformed(String why) {
        if (!session.isClosed()) {
            server.reportError(new ConnectionError(ConnectionError.Reason.PROTOCOL_ERROR, why, address()));
        }
        end(CloseReason.PARSE_ERROR);
    }

    void malformed(WebSocketTransport from, String why) {
        if (from == probe) {
            session.probeFailed();
        } else if (from == sending.webSocket()) {
            malformed(why);
        }
    }

    void post(List<EnginePacket> packets, HttpExchange exchange) {
        if (session.isFinished() || session.isClosedByClient()) {
            exchange.reject(EngineError.SESSION_UNKNOWN);
            return;
        }
        if (session.transport() != Transport.POLLING) {
            exchange.reject(EngineError.BAD_REQUEST);
            return;
        }
        for (var packet : packets) {
            session.receive(packet, EngineServer.nowMs(loop));
        }
        exchange.ok("ok");
    }

    void poll(HttpExchange exchange) {
        if (deliveries != null && !session.isClosed()) {
            deliveries.onPoll();
        }
        session.tick(EngineServer.nowMs(loop)); // a timeout that is due comes before a poll that is late
        switch (session.pollArrived(EngineServer.nowMs(loop))) {
            case ACCEPTED -> parkPoll(exchange);
            case SESSION_FINISHED -> exchange.reject(EngineError.SESSION_UNKNOWN);
            case DUPLICATE -> exchange.reject(EngineError.BAD_REQUEST);
            case WRONG_TRANSPORT -> refuseMisplaced(exchange);
        }
    }

    /// Refuses a poll of a client that has moved, behind what was sent on the WebSocket before.
    private void refuseMisplaced(HttpExchange exchange) {
        var transport = sending.webSocket();
        if (transport != null) {
            transport.ctx().executor().execute(() -> exchange.reject(EngineError.BAD_REQUEST));
        } else {
            exchange.reject(EngineError.BAD_REQUEST);
        }
    }

    private void parkPoll(HttpExchange exchange) {
        poll = exchange;
        if (!exchange.parkFor(this)) {
            pollAbandoned(exchange);
        } else if (sending.hasQueued() || session.isClosed()) {
            completePoll();
        } else if (session.isUpgrading()) {
            answerPollSoon();
        }
    }

    /// The time is taken by the loop of the WebSocket, so that however busy the machine is, packets that had come
    /// there by then are dealt with before the poll.
    private void answerPollSoon() {
        var exchange = poll;
        var transport = probe;
        if (exchange != null && transport != null) {
            transport
                    .ctx()
                    .executor()
                    .schedule(() -> onLoop(() -> completePoll(exchange)), UPGRADE_MS, TimeUnit.MILLISECONDS);
        }
    }

    void pollAbandoned(HttpExchange exchange) {
        if (poll == exchange) {
            poll = null;
            session.pollAbandoned(EngineServer.nowMs(loop));
        }
    }

    /// A WebSocket for this session is about to be opened.
    void probeAsked() {
        session.probeAsked();
    }

    void probeConnected(WebSocketTransport transport) {
        if (session.probeOpened(EngineServer.nowMs(loop))) {
            probe = transport;
            probation = loop.schedule(this::checkProbe, server.timing().upgradeTimeoutMs(), TimeUnit.MILLISECONDS);
        } else {
            closeSecond(transport);
        }
    }

    /// Closes a WebSocket that may not take the session over, behind what is sent on the one that does.
    private void closeSecond(WebSocketTransport second) {
        var first = probe != null ? probe : sending.webSocket();
        if (first == null) {
            second.closeWith(NORMAL);
            return;
        }
        int afterMs = probe != null ? UPGRADE_MS : 0;
        first.ctx().executor().schedule(() -> second.closeWith(NORMAL), afterMs, TimeUnit.MILLISECONDS);
    }

    void transportLost(WebSocketTransport transport, boolean broken) {
        if (transport == probe) {
            session.probeFailed();
        } else if (transport == sending.webSocket()) {
            end(broken ? CloseReason.TRANSPORT_ERROR : CloseReason.TRANSPORT_CLOSE);
        }
    }

    /// The WebSocket takes bytes again.
    void onWritable() {
        sending.drain();
    }

    // ---- what Sending needs to know

    boolean hasPendingPoll() {
        return poll != null;
    }

    /// More waits for the client than may. It is disconnected by a task of its own, not in the midst of a broadcast.
    void onOutboxOverflow() {
        loop.execute(() -> {
            if (!session.isClosed()) {
                server.reportError(new ConnectionError(
                        ConnectionError.Reason.OUTBOX_FULL,
                        "outbox: too much waits for the client (expected: a client that reads)",
                        address()));
            }
            end(CloseReason.TRANSPORT_ERROR);
        });
    }

    /// Whether the last answer to a poll is a close packet: not to a client that has closed the session itself.
    boolean sendsClosePacket() {
        return session.isClosed() && !session.isClosedByClient();
    }

    /// Whether the client has closed the session and is told nothing more.
    boolean isClosedByClient() {
        return session.isClosedByClient();
    }

    void completePoll() {
        var exchange = poll;
        if (exchange != null) {
            poll = null;
            var headers = server.config().hooks().headersFor(request, false);
            var payload = sending.drainToPoll();
            if (headers.isEmpty()) {
                exchange.ok(payload);
            } else {
                exchange.ok(payload, headers);
            }
            session.pollCompleted(!sending.hasQueued());
        }
    }

    private void completePoll(HttpExchange expected) {
        if (poll == expected) {
            completePoll();
        }
    }

    private void sendControl(EnginePacket packet) {
        send(EngineCodec.encode(packet), "", List.of(), Frame.FrameOptions.RELIABLE);
    }

    // ---- the end

    private static int closeCode(CloseReason reason) {
        return switch (reason) {
            case SERVER_SHUTTING_DOWN -> SERVICE_RESTART;
            case PARSE_ERROR, TRANSPORT_ERROR -> PROTOCOL_ERROR;
            case PING_TIMEOUT -> GOING_AWAY;
            case TRANSPORT_CLOSE, FORCED_CLOSE -> NORMAL;
        };
    }

    private void cancelProbe() {
        probe = null;
        if (probation != null) {
            probation.cancel(false);
            probation = null;
        }
    }

    /// What the session asks for, time among it.
    private final class SessionCallbacks implements SessionOutput, Runnable {

        @Override
        public void run() {
            tick();
            if (EngineServer.nowMs(loop) - openedAtMs >= HANDSHAKE_KEPT_MS) {
                request.dropSecrets();
                if (joined) {
                    holding.release();
                }
            }
        }

        @Override
        public void send(EnginePacket packet) {
            sendControl(packet);
        }

        @Override
        public void sendToProbe(EnginePacket packet) {
            var transport = probe;
            if (transport != null) {
                transport.sendAlone(EngineCodec.encode(packet));
            }
        }

        @Override
        public void deliver(String text) {
            if (receiver != null) {
                receiver.onText(text);
            }
        }

        @Override
        public void deliver(byte[] bytes) {
            if (receiver != null) {
                receiver.onBinary(bytes);
            }
        }

        @Override
        public void releasePoll() {
            completePoll();
        }

        @Override
        public void releasePollSoon() {
            answerPollSoon();
        }

        @Override
        public void upgraded() {
            var overtaken = poll;
            poll = null;
            if (probe != null) {
                sending.switchTo(probe);
                cancelProbe();
                sending.drain();
                if (deliveries != null) {
                    deliveries.onUpgraded();
                }
            }
            if (overtaken != null) {
                refuseMisplaced(overtaken);
            }
        }

        @Override
        public void dropProbe() {
            if (probe != null) {
                probe.closeWith(NORMAL);
                cancelProbe();
            }
        }

        @Override
        public void closed(CloseReason reason) {
            tick(); // for what is left to say there is another time
            if (receiver != null) {
                receiver.onClosed(reason);
            }
        }

        @Override
        public void finished(CloseReason reason) {
            boolean ours = reason == CloseReason.FORCED_CLOSE || reason == CloseReason.SERVER_SHUTTING_DOWN;
            sending.finish(closeCode(reason), ours);
            sending.clear();
            stopTicking();
            holding.release();
            server.removeSocket(EngineSocket.this);
            if (afterwards != null) {
                afterwards.run();
            }
        }
    }
}
