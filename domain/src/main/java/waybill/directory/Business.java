package waybill.directory;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.geo.Address;

/// A store as its customers and drivers see it.
///
/// @param ownerOrNone the name of its owner
public record Business(String store, String name, @Nullable String ownerOrNone, Address address, boolean isOpen) {

    /// A store that has not been configured yet: open, and named by its id.
    public static Business withDefaults(String store) {
        return new Business(store, store, null, Address.UNKNOWN, true);
    }

    public Optional<String> owner() {
        return Optional.ofNullable(ownerOrNone);
    }

    public Business withOpen(boolean value) {
        return new Business(store, name, ownerOrNone, address, value);
    }
}
