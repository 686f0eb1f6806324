package waybill.server;

import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// By which names the hub lets itself be called: those of this machine.
///
/// A page of another site can have its own name resolve to this machine and then ask without an `Origin`, as if it
/// were ours (DNS rebinding). What it cannot do is send another name as `Host`.
final class LocalHostNames implements Predicate<@Nullable String> {

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    /// What an Android emulator calls the machine that it runs on. No name of another site resolves to it by
    /// rebinding, since it is no name.
    private static final Set<String> EMULATOR_ALIASES = Set.of("10.0.2.2", "10.0.3.2");

    /// Takes the value of a `Host` header. Who sends none, as HTTP/1.0 may, is no browser.
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
