package waybill.socketio.netty;

import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.engine.EngineCodec;
import waybill.socketio.engine.EnginePacket;
import waybill.socketio.engine.Session;
import waybill.socketio.engine.SessionOutput;
import waybill.socketio.engine.TransportKind;

/// The transports of one connection: its pending poll, the WebSocket that probes, in its [UpgradeProbe], and the
/// WebSocket in use, which belongs to the [FrameWriter]. Hands what arrives on them to the [Session], and performs
/// what the session decides. Belongs to the connection's event loop.
final class SessionTransports implements SessionOutput, Runnable {

    private final EngineSocket socket;
    private final UpgradeProbe probe;
    private EngineListener.@Nullable MessageListener listener;
    private @Nullable HttpExchange pendingPoll;

    SessionTransports(EngineSocket socket) {
        this.socket = socket;
        this.probe = new UpgradeProbe(socket);
    }

    UpgradeProbe probe() {
        return probe;
    }

    void deliverTo(EngineListener.MessageListener messages) {
        listener = messages;
    }

    private Session session() {
        return socket.session();
    }

    private FrameWriter writer() {
        return socket.writer();
    }

    private long nowMs() {
        return EngineServer.nowMs(socket.loop());
    }

    // ---- packets

    void receive(EnginePacket packet, WebSocketTransport from) {
        if (from == probe.transport()) {
            session().receiveFromProbe(packet);
        } else if (from == writer().webSocket()) {
            session().receive(packet, nowMs());
        }
    }

    void malformed(WebSocketTransport from, String why) {
        if (from == probe.transport()) {
            session().probeFailed();
        } else if (from == writer().webSocket()) {
            socket.malformed(why);
        }
    }

    void post(List<EnginePacket> packets, HttpExchange exchange) {
        if (session().isFinished() || session().isClosedByClient()) {
            exchange.reject(EngineError.SESSION_UNKNOWN);
            return;
        }
        if (session().transport() != TransportKind.POLLING) {
            exchange.reject(EngineError.BAD_REQUEST);
            return;
        }
        for (var packet : packets) {
            session().receive(packet, nowMs());
        }
        exchange.ok("ok");
    }

    // ---- polls

    boolean hasPendingPoll() {
        return pendingPoll != null;
    }

    void poll(HttpExchange exchange) {
        var deliveries = socket.deliveries();
        if (deliveries != null && !session().isClosed()) {
            deliveries.onPoll();
        }
        session().tick(nowMs()); // a timeout that is due comes before a poll that is late
        switch (session().pollArrived(nowMs())) {
            case ACCEPTED -> parkPoll(exchange);
            case SESSION_FINISHED -> exchange.reject(EngineError.SESSION_UNKNOWN);
            case DUPLICATE -> exchange.reject(EngineError.BAD_REQUEST);
            case WRONG_TRANSPORT -> rejectAfterUpgrade(exchange);
        }
    }

    /// Rejects a poll of a client that has upgraded, behind what was sent on the WebSocket before.
    private void rejectAfterUpgrade(HttpExchange exchange) {
        var transport = writer().webSocket();
        if (transport != null) {
            transport.ctx().executor().execute(() -> exchange.reject(EngineError.BAD_REQUEST));
        } else {
            exchange.reject(EngineError.BAD_REQUEST);
        }
    }

    private void parkPoll(HttpExchange exchange) {
        pendingPoll = exchange;
        if (!exchange.parkFor(socket)) {
            pollAbandoned(exchange);
        } else if (writer().hasQueued() || session().isClosed()) {
            completePoll();
        } else if (session().isUpgrading()) {
            completePollSoon();
        }
    }

    /// The time is measured by the loop of the WebSocket, so that however busy the machine is, packets that had
    /// arrived there by then are handled before the poll.
    private void completePollSoon() {
        var exchange = pendingPoll;
        var transport = probe.transport();
        if (exchange != null && transport != null) {
            transport
                    .ctx()
                    .executor()
                    .schedule(
                            () -> socket.onLoop(() -> completePoll(exchange)),
                            UpgradeProbe.DELAY_MS,
                            TimeUnit.MILLISECONDS);
        }
    }

    private void completePoll(HttpExchange expected) {
        if (pendingPoll == expected) {
            completePoll();
        }
    }

    void completePoll() {
        var exchange = pendingPoll;
        if (exchange != null) {
            pendingPoll = null;
            var headers = socket.server().config().hooks().headersFor(socket.request(), false);
            var payload = writer().drainToPoll();
            if (headers.isEmpty()) {
                exchange.ok(payload);
            } else {
                exchange.ok(payload, headers);
            }
            session().pollCompleted(!writer().hasQueued());
        }
    }

    void pollAbandoned(HttpExchange exchange) {
        if (pendingPoll == exchange) {
            pendingPoll = null;
            session().pollAbandoned(nowMs());
        }
    }

    // ---- WebSockets

    void transportLost(WebSocketTransport transport, boolean broken) {
        if (transport == probe.transport()) {
            session().probeFailed();
        } else if (transport == writer().webSocket()) {
            session().close(broken ? CloseReason.TRANSPORT_ERROR : CloseReason.TRANSPORT_CLOSE, nowMs());
        }
    }

    // ---- what the session decides

    /// The session's next tick is due.
    @Override
    public void run() {
        socket.onTick();
    }

    @Override
    public void send(EnginePacket packet) {
        socket.sendControl(packet);
    }

    @Override
    public void sendToProbe(EnginePacket packet) {
        var transport = probe.transport();
        if (transport != null) {
            CorkedFrames.sendAlone(transport.ctx(), EngineCodec.encode(packet));
        }
    }

    @Override
    public void deliver(String text) {
        var traffic = socket.server().traffic();
        if (traffic.isOn()) {
            traffic.onReceived(ByteBufUtil.utf8Bytes(text));
        }
        if (listener != null) {
            listener.onText(text);
        }
    }

    @Override
    public void deliver(byte[] bytes) {
        var traffic = socket.server().traffic();
        if (traffic.isOn()) {
            traffic.onReceived(bytes.length);
        }
        if (listener != null) {
            listener.onBinary(bytes);
        }
    }

    @Override
    public void releasePoll() {
        completePoll();
    }

    @Override
    public void releasePollSoon() {
        completePollSoon();
    }

    @Override
    public void upgraded() {
        var overtaken = pendingPoll;
        pendingPoll = null;
        var transport = probe.transport();
        if (transport != null) {
            writer().switchTo(transport);
            probe.end();
            writer().drain();
            var deliveries = socket.deliveries();
            if (deliveries != null) {
                deliveries.onUpgraded();
            }
        }
        if (overtaken != null) {
            rejectAfterUpgrade(overtaken);
        }
    }

    @Override
    public void dropProbe() {
        var transport = probe.transport();
        if (transport != null) {
            transport.closeWith(WebSocketClose.NORMAL);
            probe.end();
        }
    }

    @Override
    public void closed(CloseReason reason) {
        socket.tick(); // a closed session is due at another time
        if (listener != null) {
            listener.onClosed(reason);
        }
    }

    @Override
    public void finished(CloseReason reason) {
        boolean byServer = reason == CloseReason.FORCED_CLOSE || reason == CloseReason.SERVER_SHUTTING_DOWN;
        writer().finish(WebSocketClose.of(reason), byServer);
        writer().clear();
        socket.onFinished();
    }
}
