package waybill.socketio.engine;

/// What a [Session] requires to be done. Called from within the session's own methods, in order.
public interface SessionOutput {

    /// Sends a packet on the transport in use.
    void send(EnginePacket packet);

    /// Sends a packet on the probing WebSocket.
    void sendToProbe(EnginePacket packet);

    void deliver(String text);

    void deliver(byte[] bytes);

    /// Answers the poll that waits with what there is, or with a noop. Once the session is closed a close
    /// packet stands behind the last.
    void releasePoll();

    /// Does the same in a moment, unless the session upgrades before.
    void releasePollSoon();

    /// The probing WebSocket is the transport now; what is yet unsent goes there, and a pending poll is rejected.
    void upgraded();

    /// The upgrade came to nothing; the probing WebSocket is to be closed.
    void dropProbe();

    /// The session is closed: it delivers no more. Called once.
    void closed(CloseReason reason);

    /// The session is finished: a WebSocket is closed, and what is unsent dropped. Called once.
    void finished(CloseReason reason);
}
