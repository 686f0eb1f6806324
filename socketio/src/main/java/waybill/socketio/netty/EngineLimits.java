package waybill.socketio.netty;

/// How many connections a server has, and how much may be held for each.
record EngineLimits(
        int unjoinedMessageMax,
        long unjoinedMemoryMax,
        int outboxFramesMax,
        long outboxBytesMax,
        long outboxMemoryMax,
        int connectionsMax) {

    static final EngineLimits DEFAULTS =
            new EngineLimits(64 * 1024, 64L * 1024 * 1024, 10_000, 32L * 1024 * 1024, 256L * 1024 * 1024, 100_000);

    EngineLimits withUnjoined(int messageMax, long memoryMax) {
        requirePositive("messageMax", messageMax);
        return new EngineLimits(
                messageMax, memoryMax, outboxFramesMax, outboxBytesMax, outboxMemoryMax, connectionsMax);
    }

    EngineLimits withOutbox(int framesMax, long bytesMax) {
        requirePositive("framesMax", framesMax);
        return new EngineLimits(
                unjoinedMessageMax, unjoinedMemoryMax, framesMax, bytesMax, outboxMemoryMax, connectionsMax);
    }

    EngineLimits withOutboxMemory(long max) {
        return new EngineLimits(
                unjoinedMessageMax, unjoinedMemoryMax, outboxFramesMax, outboxBytesMax, max, connectionsMax);
    }

    EngineLimits withConnectionsMax(int value) {
        requirePositive("connectionsMax", value);
        return new EngineLimits(
                unjoinedMessageMax, unjoinedMemoryMax, outboxFramesMax, outboxBytesMax, outboxMemoryMax, value);
    }

    static int requirePositive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than 0)");
        }
        return value;
    }
}
