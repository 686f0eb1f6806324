package waybill.notification;

import waybill.access.UserId;

/// The receiver of a notice: a user, or the merchants of a store.
public sealed interface Target {

    record OfUser(UserId user) implements Target {}

    record OfStore(String store) implements Target {}

    /// The stored form: `customer:7`, `store:acme`. It is unique, since no role is called store.
    default String key() {
        return switch (this) {
            case OfUser(var user) -> user.toString();
            case OfStore(var store) -> "store:" + store;
        };
    }

    /// Parses what [#key] wrote.
    static Target parse(String key) {
        return key.startsWith("store:") ? new OfStore(key.substring("store:".length())) : new OfUser(UserId.parse(key));
    }
}
