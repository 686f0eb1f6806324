package waybill.socketio.engine;

/// How patient a session is, in milliseconds.
public record Timing(long pingIntervalMs, long pingTimeoutMs, long upgradeTimeoutMs) {

    public Timing {
        requirePositive("pingIntervalMs", pingIntervalMs);
        requirePositive("pingTimeoutMs", pingTimeoutMs);
        requirePositive("upgradeTimeoutMs", upgradeTimeoutMs);
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than 0)");
        }
    }
}
