package waybill.server.caps;

/// How much one `/caps` socket may ask for. 0 turns a limit off.
///
/// @param sessionEventsPerQuarter `join`, `subscribe`, `unsubscribe` and `getAll` in 15 minutes; more is `rate_limited`
/// @param orderCommandsPerSecond `pickup`, `in-transit`, `delivered`, `scan` and unknown events in a second; more is
///     `rate_limited`
/// @param confirmationsPerSecond `received` in a second, so many more than for other work because a client that catches
/// up
///     answers a whole page at once; more is `rate_limited`, and what was not taken out is sent again
/// @param roomsMax stores joined, and queues subscribed to; one more is `too_large`
public record CapsLimits(
        int sessionEventsPerQuarter, int orderCommandsPerSecond, int confirmationsPerSecond, int roomsMax) {

    public static final int CONFIRMATIONS_PER_SECOND = 1_000;

    public CapsLimits {
        notNegative("sessionEventsPerQuarter", sessionEventsPerQuarter);
        notNegative("orderWorkPerSecond", orderCommandsPerSecond);
        notNegative("receiptsPerSecond", confirmationsPerSecond);
        notNegative("roomsMax", roomsMax);
    }

    public static CapsLimits defaults() {
        return new CapsLimits(100, 50, CONFIRMATIONS_PER_SECOND, 500);
    }

    /// For a measured load, where the sockets are few and each stands for many.
    public static CapsLimits off() {
        return new CapsLimits(0, 0, 0, 500);
    }

    private static void notNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 for no limit, or more)");
        }
    }
}
