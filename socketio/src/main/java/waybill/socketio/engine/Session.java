package waybill.socketio.engine;

import waybill.socketio.engine.EnginePacket.Binary;
import waybill.socketio.engine.EnginePacket.Close;
import waybill.socketio.engine.EnginePacket.Message;
import waybill.socketio.engine.EnginePacket.Noop;
import waybill.socketio.engine.EnginePacket.Open;
import waybill.socketio.engine.EnginePacket.Ping;
import waybill.socketio.engine.EnginePacket.Pong;
import waybill.socketio.engine.EnginePacket.Upgrade;

/// One Engine.IO session with the socket, the thread and the clock left out: packets and the time go in, and what
/// must happen comes out as calls on [Outside]. Belongs to one event loop.
public final class Session {

    /// How packets travel.
    public enum Transport {
        POLLING,
        WEBSOCKET
    }

    private enum Heartbeat {
        IDLE,
        AWAITING_PONG
    }

    /// Where a poll stands that just arrived.
    public enum Poll {
        /// It may wait for packets.
        WELCOME,
        /// Another one waits already. Both are over, and so is the session.
        DUPLICATE,
        /// This session does not poll, or not any more.
        MISPLACED
    }

    /// How much of its own lateness a server may count against a client's time to answer.
    private static final long LATE_MAX_MS = 50;

    private final Timing timing;
    private final Outside outside;
    private Transport transport;
    private Heartbeat heartbeat = Heartbeat.IDLE;
    private long heartbeatSinceMs;
    private boolean probing;
    private boolean probeAnswered;
    private long probingSinceMs;
    private boolean pollWaits;
    private boolean closed;

    public Session(Timing timing, Transport transport, Outside outside, long nowMs) {
        this.timing = timing;
        this.transport = transport;
        this.outside = outside;
        this.heartbeatSinceMs = nowMs;
    }

    public Transport transport() {
        return transport;
    }

    public boolean isClosed() {
        return closed;
    }

    /// Whether the client waits for its polls to come back before it moves to the WebSocket: a poll must not wait.
    public boolean isUpgrading() {
        return probeAnswered;
    }

    /// A packet on the transport in use.
    public void receive(EnginePacket packet, long nowMs) {
        if (closed) {
            return;
        }
        switch (packet) {
            case Message(var text) -> outside.deliver(text);
            case Binary(var bytes) -> outside.deliver(bytes);
            case Pong _ -> {
                heartbeat = Heartbeat.IDLE;
                heartbeatSinceMs = nowMs;
            }
            case Close() -> {
                releasePoll();
                close(CloseReason.TRANSPORT_CLOSE);
            }
            case Noop() -> {}
            case Open _, Ping _, Upgrade _ -> close(CloseReason.PARSE_ERROR);
        }
    }

    /// A WebSocket with this session's id was opened. False where it has no business.
    public boolean probeOpened(long nowMs) {
        if (closed || probing || transport == Transport.WEBSOCKET) {
            return false;
        }
        probing = true;
        probingSinceMs = nowMs;
        return true;
    }

    /// A packet on the WebSocket that wants to take over.
    public void receiveFromProbe(EnginePacket packet) {
        if (closed || !probing) {
            return;
        }
        switch (packet) {
            case Ping(var data)
            when data.equals("probe") && !probeAnswered -> {
                probeAnswered = true;
                outside.sendToProbe(new Pong("probe"));
                releasePoll();
            }
            case Upgrade()
            when probeAnswered -> {
                endProbe();
                pollWaits = false;
                transport = Transport.WEBSOCKET;
                outside.upgraded();
            }
            case Open _, Close _, Ping _, Pong _, Message _, Binary _, Upgrade _, Noop _ -> probeFailed();
        }
    }

    /// The probing WebSocket closed, broke, or spoke out of turn; polling goes on.
    public void probeFailed() {
        if (probing) {
            endProbe();
            outside.dropProbe();
        }
    }

    private void endProbe() {
        probing = false;
        probeAnswered = false;
    }

    /// A poll arrived. After [Poll#WELCOME] it waits until [#pollAnswered].
    public Poll pollArrived() {
        if (closed || transport != Transport.POLLING) {
            return Poll.MISPLACED;
        }
        if (pollWaits) {
            outside.send(new Close());
            releasePoll();
            close(CloseReason.TRANSPORT_ERROR);
            return Poll.DUPLICATE;
        }
        pollWaits = true;
        return Poll.WELCOME;
    }

    private void releasePoll() {
        if (pollWaits) {
            outside.releasePoll();
        }
    }

    public void pollAnswered() {
        pollWaits = false;
    }

    public boolean pollWaits() {
        return pollWaits;
    }

    /// Time passed. Returns when to be told next, at the latest.
    public long tick(long nowMs) {
        if (closed) {
            return Long.MAX_VALUE;
        }
        if (probing && nowMs - probingSinceMs >= timing.upgradeTimeoutMs()) {
            probeFailed();
        }
        if (nowMs >= heartbeatDueMs()) {
            switch (heartbeat) {
                case IDLE -> {
                    heartbeatSinceMs = Math.max(heartbeatDueMs(), nowMs - LATE_MAX_MS);
                    heartbeat = Heartbeat.AWAITING_PONG;
                    outside.send(new Ping(""));
                }
                case AWAITING_PONG -> {
                    close(CloseReason.PING_TIMEOUT);
                    return Long.MAX_VALUE;
                }
            }
        }
        return probing ? Math.min(heartbeatDueMs(), probingSinceMs + timing.upgradeTimeoutMs()) : heartbeatDueMs();
    }

    private long heartbeatDueMs() {
        return heartbeatSinceMs
                + switch (heartbeat) {
                    case IDLE -> timing.pingIntervalMs();
                    case AWAITING_PONG -> timing.pingTimeoutMs();
                };
    }

    /// Ends the session. What is to be told to the client must have been sent before.
    public void close(CloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        probeFailed();
        outside.closed(reason);
    }
}
