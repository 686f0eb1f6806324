package waybill.socketio.netty;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.engine.EngineCodec;
import waybill.socketio.engine.EnginePacket;
import waybill.socketio.engine.Session;
import waybill.socketio.engine.TransportKind;
import waybill.socketio.room.FlushCycle;
import waybill.socketio.room.FrameSink;

/// One Engine.IO connection: performs what its [Session] decides, over polls or a WebSocket. Belongs to the
/// event loop on which its handshake arrived. [SessionTransports] has what arrives, [FrameWriter] what is sent.
public final class EngineSocket {

    /// How long a handshake is kept whole, at least: namespaces may be joined with what is in it.
    private static final int HANDSHAKE_KEPT_MS = 20_000;

    private final EngineServer server;
    private final String id;
    private final OpeningRequest request;
    private final EventLoop loop;
    private final SessionTransports transports = new SessionTransports(this);
    private final Session session;
    private final FrameWriter writer;
    private @Nullable DeliveryTracker deliveries; // made when first asked for
    private @Nullable ScheduledFuture<?> heartbeat;
    private @Nullable Runnable afterFinish;
    private final UnjoinedMemory.MemoryReservation memoryReservation;
    private volatile boolean joined = true;
    private final long openedAtMs;

    EngineSocket(EngineServer server, String id, OpeningRequest request, EventLoop loop, TransportKind transport) {
        this.server = server;
        this.id = id;
        this.request = request;
        this.loop = loop;
        this.openedAtMs = EngineServer.nowMs(loop);
        this.session = new Session(server.timing(), transport, transports, openedAtMs);
        this.memoryReservation = server.unjoinedMemory().newReservation();
        this.writer = new FrameWriter(server, this, FlushCycle.of(loop));
    }

    void start(EngineListener.MessageListener messages) {
        transports.deliverTo(messages);
        tick();
    }

    /// The connection's own id, known to its client alone.
    public String id() {
        return id;
    }

    public OpeningRequest request() {
        return request;
    }

    public EventLoop loop() {
        return loop;
    }

    public TransportKind transport() {
        return session.transport();
    }

    /// The address of the client.
    String address() {
        return request.address();
    }

    /// What a connection that has joined no namespace holds.
    UnjoinedMemory.MemoryReservation memoryReservation() {
        return memoryReservation;
    }

    /// Holds the connection to the limits of those that have joined no namespace, until [#markJoined]. On the
    /// loop.
    public void requireJoin() {
        joined = false;
    }

    /// The client has joined a namespace: it may send and hold as much as any.
    public void markJoined() {
        joined = true;
        memoryReservation.release();
    }

    boolean isJoined() {
        return joined;
    }

    public boolean isClosed() {
        return session.isClosed();
    }

    /// The sink for frames that are broadcast.
    public FrameSink frameSink() {
        return writer;
    }

    /// Sends a message of one text, in two parts, and its attachments. On the connection's event loop, as all of
    /// these.
    public void send(String head, String data, List<byte[]> attachments, FrameOptions options) {
        assert loop.inEventLoop();
        writer.send(head, data, attachments, options);
    }

    /// Sends a message of bytes.
    public void send(byte[] bytes) {
        send("", "", List.of(bytes), FrameOptions.RELIABLE);
    }

    /// Has what is sent next arrive a moment after what was sent so far, on a WebSocket. A poll takes all
    /// together.
    public void delayNext() {
        assert loop.inEventLoop();
        writer.delayNext();
    }

    /// Done when all that was sent so far has been handed to the network. From any thread.
    public CompletionStage<Void> whenDrained() {
        var done = new CompletableFuture<Void>();
        onLoop(() -> writer.completeWhenDrained(done));
        return done;
    }

    /// Done when the client has received all that was sent so far: see [DeliveryTracker]. Never done when it goes
    /// before.
    public CompletionStage<Void> whenReceived() {
        assert loop.inEventLoop();
        var known = deliveries;
        if (known == null) {
            known = new DeliveryTracker(this, writer);
            deliveries = known;
        }
        return known.whenReceived();
    }

    void onPong(WebSocketTransport from, long number) {
        if (deliveries != null && from == writer.webSocket()) {
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

    /// Closes the connection of a client whose time is over. One that polls gets a close packet if a poll is
    /// pending, and else an error with its next one. From any thread.
    public void expire() {
        onLoop(() -> end(
                transport() == TransportKind.WEBSOCKET || session.hasPendingPoll()
                        ? CloseReason.FORCED_CLOSE
                        : CloseReason.TRANSPORT_ERROR));
    }

    /// Closes the connection, and runs `then` when the client has been sent that, or is not waited for any more.
    /// On the loop.
    void close(CloseReason reason, Runnable then) {
        if (session.isFinished()) {
            then.run();
        } else {
            afterFinish = then;
            end(reason);
        }
    }

    private void end(CloseReason reason) {
        session.close(reason, EngineServer.nowMs(loop));
    }

    /// Runs an action on the connection's own loop: at once, where that is the calling one.
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
        writer.switchTo(transport);
        transport.attach(this);
        sendControl(openPacket());
    }

    /// The session's next tick is due.
    void onTick() {
        tick();
        if (EngineServer.nowMs(loop) - openedAtMs >= HANDSHAKE_KEPT_MS) {
            request.dropSecrets();
            if (joined) {
                memoryReservation.release();
            }
        }
    }

    void tick() {
        long dueMs = session.tick(EngineServer.nowMs(loop));
        stopTicking();
        if (dueMs != Long.MAX_VALUE) {
            heartbeat = loop.schedule(transports, dueMs - EngineServer.nowMs(loop), TimeUnit.MILLISECONDS);
        }
    }

    private void stopTicking() {
        if (heartbeat != null) {
            heartbeat.cancel(false);
            heartbeat = null;
        }
    }

    // ---- for the transports

    Session session() {
        return session;
    }

    FrameWriter writer() {
        return writer;
    }

    SessionTransports transports() {
        return transports;
    }

    EngineServer server() {
        return server;
    }

    @Nullable
    DeliveryTracker deliveries() {
        return deliveries;
    }

    /// The session is over.
    void onFinished() {
        stopTicking();
        memoryReservation.release();
        server.removeSocket(this);
        if (afterFinish != null) {
            afterFinish.run();
        }
    }

    void malformed(String why) {
        if (!session.isClosed()) {
            server.reportError(new ReportedError(ReportedError.Reason.PROTOCOL_ERROR, why, address()));
        }
        end(CloseReason.PARSE_ERROR);
    }

    /// More waits for the client than may. It is disconnected by a task of its own, not in the midst of a
    /// broadcast.
    void onOutboxOverflow() {
        loop.execute(() -> {
            if (!session.isClosed()) {
                server.reportError(new ReportedError(
                        ReportedError.Reason.OUTBOX_FULL,
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

    void sendControl(EnginePacket packet) {
        send(EngineCodec.encode(packet), "", List.of(), FrameOptions.RELIABLE);
    }
}
