package waybill.messaging;

import waybill.access.Role;
import waybill.access.UserId;

/// Whom a piece of news is addressed to. A letter for several readers, such as all drivers, is kept once.
///
/// A store needs no letters of its own: what concerns it is the store's part of the log, and what concerns the
/// administrators is the whole of it.
public sealed interface Recipient {

    record User(UserId user) implements Recipient {}

    record RoleMembers(Role role) implements Recipient {}

    /// Whatever their role.
    record AllUsers() implements Recipient {}

    /// The name under which its letters are kept.
    default String key() {
        return switch (this) {
            case User(var user) -> user.toString();
            case RoleMembers(var role) -> "role:" + role.wireName();
            case AllUsers() -> "*";
        };
    }
}
