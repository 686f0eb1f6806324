package waybill.server.caps;

import java.time.Duration;

/// The rates of one `/caps` socket, and with `received` those of all sockets of a user. 0 turns a limit off.
///
/// @param sessionEventsPerQuarter `join`, `subscribe`, `unsubscribe` and `getAll` in 15 minutes; more is
///     `rate_limited`
/// @param orderCommandsPerSecond `pickup`, `in-transit`, `delivered`, `scan` and unknown events in a second; more
///     is `rate_limited`
/// @param confirmationsPerSecond `received` in a second, a higher rate than others because a client confirms a
///     whole page at once after `getAll`; more is `rate_limited`, and unconfirmed messages are sent again
/// @param roomsMax stores joined, and queues subscribed to; one more is `too_large`
/// @param pageReadWithin how long a client may take to read a page of `getAll`: other runs may wait for the turn, so
///     a client that takes longer is disconnected
public record CapsLimits(
        int sessionEventsPerQuarter,
        int orderCommandsPerSecond,
        int confirmationsPerSecond,
        int roomsMax,
        Duration pageReadWithin) {

    private static final Duration PAGE_READ_WITHIN = Duration.ofSeconds(30);

    public static final int CONFIRMATIONS_PER_SECOND = 1_000;

    public CapsLimits {
        notNegative("sessionEventsPerQuarter", sessionEventsPerQuarter);
        notNegative("orderWorkPerSecond", orderCommandsPerSecond);
        notNegative("receiptsPerSecond", confirmationsPerSecond);
        notNegative("roomsMax", roomsMax);
        if (!pageReadWithin.isPositive()) {
            throw new IllegalArgumentException("pageReadWithin: " + pageReadWithin + " (expected: more than nothing)");
        }
    }

    public static CapsLimits defaults() {
        return new CapsLimits(100, 50, CONFIRMATIONS_PER_SECOND, 500, PAGE_READ_WITHIN);
    }

    /// For load runs, in which few sockets stand for many clients.
    public static CapsLimits off() {
        return new CapsLimits(0, 0, 0, 500, PAGE_READ_WITHIN);
    }

    public CapsLimits withPageReadWithin(Duration value) {
        return new CapsLimits(sessionEventsPerQuarter, orderCommandsPerSecond, confirmationsPerSecond, roomsMax, value);
    }

    private static void notNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 for no limit, or more)");
        }
    }
}
