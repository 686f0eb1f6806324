package waybill.server.caps;

/// The rates of one `/caps` socket, and with `received` those of all sockets of a user. 0 turns a limit off.
///
/// @param sessionEventsPerQuarter `join`, `subscribe`, `unsubscribe` and `getAll` in 15 minutes; more is
///     `rate_limited`
/// @param orderCommandsPerSecond `pickup`, `in-transit`, `delivered`, `scan` and unknown events in a second; more
///     is `rate_limited`
/// @param confirmationsPerSecond `received` in a second, a higher rate than others because a client confirms a
///     whole page at once after `getAll`; more is `rate_limited`, and unconfirmed messages are sent again
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

    /// For load runs, in which few sockets stand for many clients.
    public static CapsLimits off() {
        return new CapsLimits(0, 0, 0, 500);
    }

    private static void notNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 for no limit, or more)");
        }
    }
}
