package waybill.socketio.engine;

/// What a [Session] asks of the world around it. Called from within the session's own methods, in order.
public interface SessionOutput {

    /// Sends a packet on the transport in use.
    void send(EnginePacket packet);

    /// Sends a packet on the WebSocket that wants to take over.
    void sendToProbe(EnginePacket packet);

    void deliver(String text);

    void deliver(byte[] bytes);

    /// Answers the poll that waits with what there is, or with a noop. Once the session is closed a close
    /// packet stands behind the last.
    void releasePoll();

    /// Does the same in a moment, unless the session upgrades before.
    void releasePollSoon();

    /// The probing WebSocket is the transport now; what is yet unsent goes there, and a poll that waits has no business
    /// any more.
    void upgraded();

    /// The upgrade came to nothing; the probing WebSocket is to be closed.
    void dropProbe();

    /// The session is over: no more comes from it. Said once.
    void closed(CloseReason reason);

    /// Nobody is to be told any more: a WebSocket is closed, and what is unsent forgotten. Said once.
    void finished(CloseReason reason);
}
