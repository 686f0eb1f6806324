package waybill.socketio.engine;

/// Where a session is in its exchange of pings and pongs.
enum Heartbeat {
    IDLE,
    AWAITING_PONG;

    /// How long a session may stay so until it must act: send the next ping, or end.
    long durationMs(Timing timing) {
        return switch (this) {
            case IDLE -> timing.pingIntervalMs();
            case AWAITING_PONG -> timing.pingTimeoutMs();
        };
    }
}
