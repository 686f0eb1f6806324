package waybill.socketio;

import waybill.socketio.engine.CloseReason;

/// Why a socket was disconnected, in the words of the protocol's reference server.
public enum DisconnectReason {
    TRANSPORT_CLOSE("transport close", true),
    TRANSPORT_ERROR("transport error", true),
    PING_TIMEOUT("ping timeout", true),
    PARSE_ERROR("parse error", false),
    FORCED_CLOSE("forced close", true),
    SERVER_SHUTTING_DOWN("server shutting down", true),
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect", false),
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect", false);

    private final String wireName;
    private final boolean recoverable;

    DisconnectReason(String words, boolean recoverable) {
        this.wireName = words;
        this.recoverable = recoverable;
    }

    /// The reason as JavaScript applications get it: `transport close`.
    public String wireName() {
        return wireName;
    }

    /// Whether the client may recover its session.
    boolean isRecoverable() {
        return recoverable;
    }

    static DisconnectReason of(CloseReason reason) {
        return switch (reason) {
            case TRANSPORT_CLOSE -> TRANSPORT_CLOSE;
            case TRANSPORT_ERROR -> TRANSPORT_ERROR;
            case PING_TIMEOUT -> PING_TIMEOUT;
            case PARSE_ERROR -> PARSE_ERROR;
            case FORCED_CLOSE -> FORCED_CLOSE;
            case SERVER_SHUTTING_DOWN -> SERVER_SHUTTING_DOWN;
        };
    }

    @Override
    public String toString() {
        return wireName;
    }
}
