package waybill.server.rest.http;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.access.AccessTable;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.order.Order;
import waybill.order.OrderAuthorization;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.contract.SchemaText;

/// Looks up permissions in the access table, and throws a [Problem] for a denied one.
public final class Authorization {

    private Authorization() {}

    /// Rejects a request whose principal lacks the permission.
    ///
    /// @param what the resource of the request, such as `store acme`
    public static void require(Principal by, Action action, Relation relation, String what) {
        if (AccessTable.allows(by.role(), action, relation)) {
            return;
        }
        requireRole(by, List.of(action));
        throw Problem.forbidden(what + ": not yours (expected: your own)");
    }

    /// Whether the role is allowed one of these actions in any relation; true if there are none.
    static void requireRole(Principal by, List<Action> actions) {
        var allowed = Stream.of(Role.values())
                .filter(role -> actions.stream().anyMatch(action -> isEverAllowed(role, action)))
                .toList();
        if (!actions.isEmpty() && !allowed.contains(by.role())) {
            throw Problem.forbidden("role: " + by.role().wireName() + " (expected: "
                    + SchemaText.list(allowed.stream().map(Role::wireName).toList()) + ")");
        }
    }

    private static boolean isEverAllowed(Role role, Action action) {
        return Stream.of(Relation.values()).anyMatch(to -> AccessTable.allows(role, action, to));
    }

    public static void require(Principal by, Action action, Order order) {
        if (!OrderAuthorization.allows(by, action, order)) {
            throw Problem.forbidden(
                    "order " + order.id() + ": not yours to see (expected: one that you have a part in)");
        }
    }

    /// The store of a request that needs one: the named one, or a merchant's own.
    public static Optional<String> store(ApiRequest call, Optional<String> named) {
        return named.or(() -> call.principal().store());
    }

    public static void requireStore(Principal by, Action action, Optional<String> store) {
        var own = by.store().isPresent() && by.store().equals(store);
        require(
                by,
                action,
                own ? Relation.STORE : Relation.NONE,
                store.map(id -> "store " + id).orElse("all stores"));
    }
}
