package waybill.server.rest;

import java.util.Optional;
import java.util.stream.Stream;
import waybill.access.Access;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.order.Order;
import waybill.order.Permission;

/// Asks the access table, and throws the [Problem] that comes of its no.
final class Permit {

    private Permit() {}

    /// @param what whatever it is that is asked for, such as `store acme`
    static void require(Principal by, Action action, Relation relation, String what) {
        if (Access.allows(by.role(), action, relation)) {
            return;
        }
        var allowed = Stream.of(Role.values())
                .filter(role -> Stream.of(Relation.values()).anyMatch(to -> Access.allows(role, action, to)))
                .toList();
        throw Problem.forbidden(
                allowed.contains(by.role())
                        ? what + ": not yours (expected: your own)"
                        : "role: " + by.role().word() + " (expected: "
                                + Expectation.listed(
                                        allowed.stream().map(Role::word).toList()) + ")");
    }

    static void require(Principal by, Action action, Order order) {
        if (!Permission.allows(by, action, order)) {
            throw Problem.forbidden(
                    "order " + order.id() + ": not yours to see (expected: one that you have a part in)");
        }
    }

    /// The store that is meant, if one must be: the one that is named, or a merchant's own.
    static Optional<String> store(Call call, Optional<String> named) {
        return named.or(() -> call.by().store());
    }

    static void requireStore(Principal by, Action action, Optional<String> store) {
        var own = by.store().isPresent() && by.store().equals(store);
        require(
                by,
                action,
                own ? Relation.STORE : Relation.NONE,
                store.map(id -> "store " + id).orElse("all stores"));
    }
}
