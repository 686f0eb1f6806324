package waybill.messaging;

import waybill.access.Role;
import waybill.access.UserId;

/// The addressee of an event. A message for several users, such as all drivers, is stored once.
///
/// Stores and administrators need no messages of their own: a store reads its part of the log, an administrator all of
/// it.
public sealed interface Recipient {

    record User(UserId user) implements Recipient {}

    record RoleMembers(Role role) implements Recipient {}

    record AllUsers() implements Recipient {}

    /// The key under which its messages are stored.
    default String key() {
        return switch (this) {
            case User(var user) -> user.toString();
            case RoleMembers(var role) -> "role:" + role.wireName();
            case AllUsers() -> "*";
        };
    }
}
