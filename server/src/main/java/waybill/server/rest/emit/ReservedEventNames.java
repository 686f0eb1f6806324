package waybill.server.rest.emit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The names of events that a backend may not emit, since clients take them for events of the hub or of Socket.IO.
final class ReservedEventNames {

    /// What the names of the hub's events begin with, now and in later versions.
    private static final List<String> PREFIXES = List.of(
            "auth:",
            "business:",
            "delivery:",
            "driver:",
            "join:",
            "leave:",
            "merchant:",
            "notification:",
            "offer:",
            "order:",
            "payment:",
            "subscribe:",
            "sync:",
            "system:",
            "unsubscribe:");

    private static final Set<String> OF_SOCKET_IO = Set.of(
            "connect",
            "connect_error",
            "connection",
            "disconnect",
            "disconnecting",
            "error",
            "newlistener",
            "removelistener",
            "ping",
            "pong",
            "reconnect",
            "reconnect_attempt",
            "reconnect_error",
            "reconnect_failed");

    /// Names without a prefix, `/caps` among them, without separators.
    private static final Set<String> OF_HUB = Set.of(
            "connected",
            "delivered",
            "getall",
            "intransit",
            "join",
            "pickup",
            "received",
            "register",
            "registered",
            "scan",
            "subscribe",
            "sync",
            "unsubscribe");

    private ReservedEventNames() {}

    /// Why the name is refused; empty if it is free.
    static Optional<String> findRejection(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        var prefix = PREFIXES.stream().filter(lower::startsWith).findFirst();
        if (prefix.isPresent()) {
            return Optional.of(name + " (expected: a name that does not begin with " + prefix.get()
                    + ", as the hub's own events do)");
        }
        return OF_SOCKET_IO.contains(lower) || OF_HUB.contains(lower.replaceAll("[-_ ]", ""))
                ? Optional.of(name + " (expected: a name that is not an event of the hub or of Socket.IO)")
                : Optional.empty();
    }
}
