package waybill.server;

import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The names of this machine by which clients may call the hub.
///
/// A page of another site can have its own name resolve to this machine and then send requests without an `Origin`,
/// as if it were of the hub's own origin (DNS rebinding). It cannot send another name as `Host`.
final class LocalHostNames implements Predicate<@Nullable String> {

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    /// The names by which an Android emulator calls the machine that runs it. They are addresses, so no name of
    /// another site resolves to them by rebinding.
    private static final Set<String> EMULATOR_ALIASES = Set.of("10.0.2.2", "10.0.3.2");

    /// Accepts the value of a `Host` header. A client without one, as in HTTP/1.0, is not a browser.
    @Override
    public boolean test(@Nullable String host) {
        if (host == null) {
            return true;
        }
        var name = host.replaceFirst(":\\d*$", "");
        return isLocal(name) || EMULATOR_ALIASES.contains(name);
    }

    static boolean isLocal(String name) {
        return NAMES.contains(name) || name.endsWith(".localhost");
    }
}
