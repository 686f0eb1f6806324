package waybill.socketio;

import java.util.Set;

/// The names that an event must not have, for clients give them a meaning of their own.
final class EventNames {

    /// The event that is emitted where the application names none.
    static final String MESSAGE = "message";

    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private EventNames() {}

    static boolean isReserved(String event) {
        return RESERVED.contains(event);
    }

    static String requireAllowed(String event) {
        if (isReserved(event)) {
            throw new IllegalArgumentException("event: \"" + event + "\" (expected: not one of " + RESERVED + ")");
        }
        return event;
    }
}
