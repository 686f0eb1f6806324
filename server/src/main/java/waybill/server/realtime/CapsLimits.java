package waybill.server.realtime;

/// How much one `/caps` socket may ask for. 0 turns a limit off.
///
/// @param sessionEventsPerQuarter `join`, `subscribe`, `unsubscribe` and `getAll` in 15 minutes; more is `rate_limited`
/// @param orderWorkPerSecond `pickup`, `in-transit`, `delivered` and `scan` in a second; more is `rate_limited`.
///     `received` is not counted: it can only undo what we sent
/// @param roomsMax stores joined, and queues subscribed to; one more is `too_large`
public record CapsLimits(int sessionEventsPerQuarter, int orderWorkPerSecond, int roomsMax) {

    public CapsLimits {
        notNegative("sessionEventsPerQuarter", sessionEventsPerQuarter);
        notNegative("orderWorkPerSecond", orderWorkPerSecond);
        notNegative("roomsMax", roomsMax);
    }

    public static CapsLimits defaults() {
        return new CapsLimits(100, 50, 500);
    }

    /// For a measured load, where the sockets are few and each stands for many.
    public static CapsLimits off() {
        return new CapsLimits(0, 0, 500);
    }

    private static void notNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 for no limit, or more)");
        }
    }
}
