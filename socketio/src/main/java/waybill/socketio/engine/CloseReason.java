package waybill.socketio.engine;

/// Why a session ended.
public enum CloseReason {
    /// The transport went away: the socket was closed, a poll was cancelled.
    TRANSPORT_CLOSE,
    /// The transport broke: a frame or a request that no client should send.
    TRANSPORT_ERROR,
    PING_TIMEOUT,
    /// A packet that could not be understood.
    PARSE_ERROR,
    /// This side closed it.
    FORCED_CLOSE,
    /// This side closed it because the process stops.
    SERVER_SHUTTING_DOWN
}
