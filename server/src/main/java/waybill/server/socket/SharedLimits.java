package waybill.server.socket;

/// The limits of sockets of all namespaces, `/caps` among them.
///
/// @param roomsMax rooms that one socket may be in: those of its user, and one for each order, store or queue that it
///     has joined or subscribed to; one more is rejected
/// @param eventNameMax characters of the name of an event; a longer one closes the connection
/// @param rejectionsPerSecond events of one user, or of one address without a token, that are answered
///     `rate_limited` in a second; after that the connection is closed; 0 for no limit
public record SharedLimits(int roomsMax, int eventNameMax, int rejectionsPerSecond) {

    /// Room for those of the user, so that a socket can be admitted at all.
    public static final int ROOMS_MIN = 20;

    /// The longest name of an event that the hub itself has is about as long.
    public static final int EVENT_NAME_MIN = 40;

    public SharedLimits {
        requireAtLeast("roomsMax", roomsMax, ROOMS_MIN);
        requireAtLeast("eventNameMax", eventNameMax, EVENT_NAME_MIN);
        requireAtLeast("rejectionsPerSecond", rejectionsPerSecond, 0);
    }

    private static void requireAtLeast(String name, int value, int min) {
        if (value < min) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least " + min + ")");
        }
    }

    public static SharedLimits defaults() {
        return new SharedLimits(500, 1_024, 2_000);
    }
}
