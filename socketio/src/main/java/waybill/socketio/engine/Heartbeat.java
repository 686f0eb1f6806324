package waybill.socketio.engine;

/// The exchange of pings and pongs of one session: a ping after a while without one, and the end of the session
/// where no pong follows. Belongs to its session.
final class Heartbeat {

    /// How much of its own lateness a server may count against a client's time to answer.
    private static final long DELAY_MAX_MS = 50;

    private final Timing timing;
    private boolean awaitingPong;
    private long sinceMs;

    Heartbeat(Timing timing, long nowMs) {
        this.timing = timing;
        this.sinceMs = nowMs;
    }

    /// A ping was sent, and its pong did not come yet.
    boolean isAwaitingPong() {
        return awaitingPong;
    }

    void pongReceived(long nowMs) {
        awaitingPong = false;
        sinceMs = nowMs;
    }

    void pingSent(long nowMs) {
        sinceMs = Math.max(dueMs(), nowMs - DELAY_MAX_MS);
        awaitingPong = true;
    }

    /// When a ping is due, or the pong to the last.
    long dueMs() {
        return sinceMs + (awaitingPong ? timing.pingTimeoutMs() : timing.pingIntervalMs());
    }

    /// When to look next whether something is due: a pong that comes meanwhile can make it the next ping.
    long nextMs(long nowMs) {
        long pingDueMs = sinceMs + timing.pingIntervalMs();
        return pingDueMs > nowMs ? Math.min(pingDueMs, dueMs()) : dueMs();
    }
}
