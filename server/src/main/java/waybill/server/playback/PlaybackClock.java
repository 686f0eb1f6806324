package waybill.server.playback;

/// The time of a playback: it stands still, or advances `speed` times as fast as time. Belongs to its playback.
final class PlaybackClock {

    private double speed = 1;
    private long baseMs;
    private long sinceMs;
    private boolean isRunning;

    /// The time of the playback.
    long atMs(long nowMs) {
        return isRunning ? baseMs + (long) ((nowMs - sinceMs) * speed) : baseMs;
    }

    /// Continues from that time.
    void set(long atMs, long nowMs) {
        baseMs = atMs;
        sinceMs = nowMs;
    }

    void run(boolean value, long nowMs) {
        set(atMs(nowMs), nowMs);
        isRunning = value;
    }

    boolean isRunning() {
        return isRunning;
    }

    void speed(double value, long nowMs) {
        set(atMs(nowMs), nowMs);
        speed = value;
    }

    double speed() {
        return speed;
    }
}
