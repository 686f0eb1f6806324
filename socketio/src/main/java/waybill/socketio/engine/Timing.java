package waybill.socketio.engine;

/// How patient a session is, in milliseconds.
public record Timing(long pingIntervalMs, long pingTimeoutMs, long upgradeTimeoutMs) {

    public Timing {
        positive("pingIntervalMs", pingIntervalMs);
        positive("pingTimeoutMs", pingTimeoutMs);
        positive("upgradeTimeoutMs", upgradeTimeoutMs);
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than 0)");
        }
    }
}
