package waybill.socketio;

/// The names that an event must not have, for clients give them a meaning of their own.
final class EventNames {

    /// The event that is emitted where the application names none.
    static final String MESSAGE = "message";

    private EventNames() {}

    static boolean isReserved(String event) {
        return switch (event) {
            case "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener" -> true;
            default -> false;
        };
    }

    static String requireAllowed(String event) {
        if (isReserved(event)) {
            throw new IllegalArgumentException(
                    "event: \"" + event + "\" (expected: none that a client uses itself, such as \"connect\")");
        }
        return event;
    }
}
