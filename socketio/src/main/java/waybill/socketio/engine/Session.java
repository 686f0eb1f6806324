package waybill.socketio.engine;

import org.jspecify.annotations.Nullable;
import waybill.socketio.engine.EnginePacket.Binary;
import waybill.socketio.engine.EnginePacket.Close;
import waybill.socketio.engine.EnginePacket.Message;
import waybill.socketio.engine.EnginePacket.Noop;
import waybill.socketio.engine.EnginePacket.Open;
import waybill.socketio.engine.EnginePacket.Ping;
import waybill.socketio.engine.EnginePacket.Pong;
import waybill.socketio.engine.EnginePacket.Upgrade;

/// One Engine.IO session with the socket, the thread and the clock left out: packets and the time go in, and what
/// must happen comes out as calls on [SessionOutput]. Belongs to one event loop.
///
/// A closed session handles no more packets, but its client may have yet to learn of the end: it stays until then,
/// or as long as a client may take to answer a ping.
public final class Session {

    /// How long a poll may be late that was sent before the client closed the session: over another connection, it
    /// may come on another event loop.
    private static final long POLL_DELAY_MAX_MS = 1_000;

    private final Timing timing;
    private final SessionOutput output;
    private final Heartbeat heartbeat;
    private TransportKind transport;
    private boolean probeAsked;
    private boolean probing;
    private boolean probeAnswered;
    private long probingSinceMs;
    private boolean pendingPoll;
    private boolean pollFollowsProbe; // it came when the client may have sent packets on a WebSocket before
    private @Nullable CloseReason closing;
    private long closedAtMs;
    private boolean finished; // closed, and nothing more is sent
    private boolean closedByClient; // closed by a client whose poll may be on its way

    public Session(Timing timing, TransportKind transport, SessionOutput output, long nowMs) {
        this.timing = timing;
        this.transport = transport;
        this.output = output;
        this.heartbeat = new Heartbeat(timing, nowMs);
    }

    public TransportKind transport() {
        return transport;
    }

    public boolean isClosed() {
        return closing != null;
    }

    /// Whether the client was sent the end, or is not waited for any more.
    public boolean isFinished() {
        return finished;
    }

    /// Whether the client has closed the session, and is waited for with no more than an empty poll.
    public boolean isClosedByClient() {
        return closedByClient;
    }

    /// Whether the client waits for its polls to come back before it moves to the WebSocket: a poll must not wait.
    public boolean isUpgrading() {
        return probeAnswered;
    }

    /// A packet on the transport in use.
    public void receive(EnginePacket packet, long nowMs) {
        if (isClosed()) {
            return;
        }
        switch (packet) {
            case Message(var text) -> output.deliver(text);
            case Binary(var bytes) -> output.deliver(bytes);
            case Pong _ -> heartbeat.pongReceived(nowMs);
            case Close() -> {
                closedByClient = transport == TransportKind.POLLING && !pendingPoll;
                releasePoll();
                close(CloseReason.TRANSPORT_CLOSE, nowMs);
            }
            case Noop() -> {}
            case Open _, Ping _, Upgrade _ -> close(CloseReason.PARSE_ERROR, nowMs);
        }
    }

    /// A WebSocket with this session's id was asked for, and is not open yet. False where it is not allowed.
    public boolean probeAsked() {
        boolean allowed = mayProbe() && !probeAsked;
        probeAsked |= allowed;
        return allowed;
    }

    /// The WebSocket that was asked for did not open.
    public void probeNotOpened() {
        probeAsked = probing;
    }

    /// A WebSocket with this session's id was opened. False where it is not allowed.
    public boolean probeOpened(long nowMs) {
        if (mayProbe()) {
            probing = true;
            probingSinceMs = nowMs;
            return true;
        }
        return false;
    }

    private boolean mayProbe() {
        return !isClosed() && !probing && transport == TransportKind.POLLING;
    }

    /// A packet on the probing WebSocket.
    public void receiveFromProbe(EnginePacket packet) {
        if (!probing) {
            return;
        }
        switch (packet) {
            case Ping(var data)
            when data.equals("probe") && !probeAnswered -> {
                probeAnswered = true;
                output.sendToProbe(new Pong("probe"));
                releaseToUpgrade();
            }
            case Upgrade()
            when probeAnswered -> {
                endProbe();
                pendingPoll = false;
                transport = TransportKind.WEBSOCKET;
                output.upgraded();
                finish();
            }
            case Open _, Close _, Ping _, Pong _, Message _, Binary _, Upgrade _, Noop _ -> probeFailed();
        }
    }

    /// The probing WebSocket closed, broke, or sent an unexpected packet; polling goes on.
    public void probeFailed() {
        if (probing) {
            endProbe();
            output.dropProbe();
            if (closing != CloseReason.FORCED_CLOSE) {
                finish();
            }
        }
    }

    /// A poll that has overtaken the packets on the WebSocket would be given back to a client that has moved
    /// already.
    private void releaseToUpgrade() {
        if (pendingPoll && pollFollowsProbe) {
            output.releasePollSoon();
        } else {
            releasePoll();
        }
    }

    private void endProbe() {
        probeAsked = false;
        probing = false;
        probeAnswered = false;
    }

    /// A poll arrived. After [PollStatus#ACCEPTED] it waits until [#pollCompleted].
    public PollStatus pollArrived(long nowMs) {
        if (finished) {
            return PollStatus.SESSION_FINISHED;
        }
        if (transport != TransportKind.POLLING) {
            return PollStatus.WRONG_TRANSPORT;
        }
        if (pendingPoll) {
            close(CloseReason.TRANSPORT_ERROR, nowMs);
            return PollStatus.DUPLICATE;
        }
        pendingPoll = true;
        pollFollowsProbe = probeAsked;
        return PollStatus.ACCEPTED;
    }

    private void releasePoll() {
        if (pendingPoll) {
            output.releasePoll();
        }
    }

    /// The poll went back: with `all` that was queued, or with a part of it.
    public void pollCompleted(boolean all) {
        pendingPoll = false;
        if (all) {
            finish();
        }
    }

    /// The poll that waited is gone, and its client with it.
    public void pollAbandoned(long nowMs) {
        pendingPoll = false;
        close(CloseReason.TRANSPORT_CLOSE, nowMs);
    }

    public boolean hasPendingPoll() {
        return pendingPoll;
    }

    /// Time passed. Returns when to call again, at the latest.
    public long tick(long nowMs) {
        if (probing && nowMs - probingSinceMs >= timing.upgradeTimeoutMs()) {
            probeFailed();
        }
        if (closing == null && nowMs >= heartbeat.dueMs()) {
            runHeartbeat(nowMs);
        }
        if (closing != null && nowMs - closedAtMs >= timeoutMs()) {
            finish();
        }
        if (finished) {
            return Long.MAX_VALUE;
        }
        long dueMs = closing == null ? heartbeat.nextMs(nowMs) : closedAtMs + timeoutMs();
        return probing ? Math.min(dueMs, probingSinceMs + timing.upgradeTimeoutMs()) : dueMs;
    }

    /// How long a closed session waits for a poll that it can answer.
    private long timeoutMs() {
        return closedByClient ? Math.min(POLL_DELAY_MAX_MS, timing.pingTimeoutMs()) : timing.pingTimeoutMs();
    }

    private void runHeartbeat(long nowMs) {
        if (heartbeat.isAwaitingPong()) {
            close(CloseReason.PING_TIMEOUT, nowMs);
        } else {
            heartbeat.pingSent(nowMs);
            output.send(new Ping(""));
        }
    }

    /// Ends the session. What the client is to receive must have been sent before.
    public void close(CloseReason reason, long nowMs) {
        if (closing != null) {
            if (reason == CloseReason.SERVER_SHUTTING_DOWN) {
                finishOnShutdown();
            }
            return;
        }
        closing = reason;
        closedAtMs = nowMs;
        releasePoll();
        if (!mustNotifyClient(reason)) {
            finish();
        } else if (!probeAnswered) {
            probeFailed();
        }
        output.closed(reason);
    }

    /// Whether there is a client to wait for. Any that polls would learn of the end with its next poll; but
    /// one amid its move may have polled for the last time, and sits there if its WebSocket is closed before
    /// it has moved.
    private boolean mustNotifyClient(CloseReason reason) {
        return transport == TransportKind.POLLING
                && switch (reason) {
                    case FORCED_CLOSE -> true;
                    case TRANSPORT_ERROR, PING_TIMEOUT, PARSE_ERROR, SERVER_SHUTTING_DOWN -> probeAnswered;
                    case TRANSPORT_CLOSE -> closedByClient;
                };
    }

    /// A server that stops waits for a client amid its move, but not for a poll.
    private void finishOnShutdown() {
        closing = CloseReason.SERVER_SHUTTING_DOWN;
        if (!probing) {
            finish();
        }
    }

    /// All that was queued has been sent; a closed session is finished.
    private void finish() {
        var reason = closing;
        if (reason == null || finished) {
            return;
        }
        finished = true;
        probeFailed();
        output.finished(reason);
    }
}
