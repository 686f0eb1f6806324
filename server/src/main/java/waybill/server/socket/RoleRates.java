package waybill.server.socket;

import waybill.tracking.RateLimit;

/// How often a socket may do something, by the role of who speaks. 0 turns a limit off.
///
/// @param sessionEventsPerQuarter `register`, `join`, `subscribe`, `sync` and their like in 15 minutes; more is
///     `rate_limited`
/// @param orderCommandsPerSecond what is done to orders, and all else that is no position, in a second; more is
///     `rate_limited`
/// @param positionIntervalMs between two positions of a driver that are told, in the long run; what comes in between is
///     replaced by the newest, and is no error
/// @param positionBurst positions of a driver that are told at once before that
public record RoleRates(
        int sessionEventsPerQuarter, int orderCommandsPerSecond, int positionIntervalMs, int positionBurst) {

    public RoleRates {
        notNegative("sessionEventsPerQuarter", sessionEventsPerQuarter);
        notNegative("orderWorkPerSecond", orderCommandsPerSecond);
        notNegative("positionIntervalMs", positionIntervalMs);
        if (positionBurst < 1) {
            throw new IllegalArgumentException("positionBurst: " + positionBurst + " (expected: at least 1)");
        }
    }

    public static RoleRates defaults() {
        return new RoleRates(100, 50, (int) RateLimit.POSITION_INTERVAL_MS, RateLimit.POSITION_BURST);
    }

    public static RoleRates off() {
        return new RoleRates(0, 0, 0, 1);
    }

    private static void notNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 for no limit, or more)");
        }
    }
}
