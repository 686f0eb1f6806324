package waybill.socketio.engine;

/// What becomes of a poll that has just arrived.
public enum PollStatus {
    /// It may wait for packets.
    ACCEPTED,
    /// Another poll waits already. Both are over, and so is the session.
    DUPLICATE,
    /// This session does not poll, or not any more.
    WRONG_TRANSPORT,
    /// There is no such session any more.
    SESSION_FINISHED
}
