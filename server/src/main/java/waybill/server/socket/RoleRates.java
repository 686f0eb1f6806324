package waybill.server.socket;

import waybill.hub.position.PositionThrottle;

/// The rates of a socket, by the role of its user. 0 turns a limit off.
///
/// @param sessionEventsPerQuarter `register`, `join`, `subscribe`, `sync` and the like in 15 minutes; more is
///     `rate_limited`
/// @param orderCommandsPerSecond order commands, and all other events except positions, in a second; more is
///     `rate_limited`
/// @param positionIntervalMs between two broadcast positions of a driver, in the long run; those in between are
///     replaced by the newest, without an error
/// @param positionBurst positions of a driver that are broadcast at once before that
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
        return new RoleRates(100, 50, PositionThrottle.INTERVAL_MS, PositionThrottle.BURST);
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
