package waybill.server.dialect.marketplace;

import java.util.HashSet;
import java.util.Set;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.hub.position.PositionUpdate;
import waybill.order.EmitTarget;
import waybill.order.OrderId;

/// The rooms of `/marketplace`: their names, and which of them users and messages are for.
final class MarketplaceRooms {

    static final String BROADCAST_ROOM = "marketplace";
    static final String ADMINS = "admin_updates";
    static final String DRIVERS = "drivers";
    static final String CUSTOMERS = "customers";
    private static final String MERCHANTS = "merchants";
    private static final String ADMINS_ONLY = "admins";
    private static final String SUPPORT_ONLY = "support";

    private MarketplaceRooms() {}

    /// The rooms that a user is in from the start.
    static Set<String> of(Principal principal) {
        var own = user(principal.user());
        return switch (principal.role()) {
            case CUSTOMER -> Set.of(own, CUSTOMERS);
            case MERCHANT -> Set.of(own, MERCHANTS, merchant(principal.store().orElse(principal.id())));
            case DRIVER -> Set.of(own, DRIVERS);
            case ADMIN -> Set.of(own, ADMINS, ADMINS_ONLY);
            case SUPPORT -> Set.of(own, ADMINS, SUPPORT_ONLY);
            case SERVICE -> Set.of(own);
        };
    }

    /// The rooms of a backend's event; none if it is for the room of one namespace.
    static Set<String> of(EmitTarget to) {
        return switch (to) {
            case EmitTarget.User(var user) -> Set.of(user(user));
            case EmitTarget.RoleMembers(var role) -> Set.of(roleRoom(role));
            case EmitTarget.OrderParties parties -> {
                var rooms = new HashSet<>(Set.of(watchers(parties.order()), merchant(parties.store()), ADMINS));
                parties.customer().map(MarketplaceRooms::customer).ifPresent(rooms::add);
                parties.driver().map(MarketplaceRooms::driver).ifPresent(rooms::add);
                yield rooms;
            }
            case EmitTarget.Room _ -> Set.of();
            case EmitTarget.AllUsers() -> Set.of(BROADCAST_ROOM);
        };
    }

    private static String roleRoom(Role role) {
        return switch (role) {
            case CUSTOMER -> CUSTOMERS;
            case MERCHANT -> MERCHANTS;
            case DRIVER -> DRIVERS;
            case ADMIN -> ADMINS_ONLY;
            case SUPPORT -> SUPPORT_ONLY;
            case SERVICE -> throw new IllegalArgumentException("role: service (expected: one with sockets)");
        };
    }

    /// The rooms whose members must not be sent a position.
    static Set<String> except(PositionUpdate live) {
        return except(live.viewers(), live.store());
    }

    static Set<String> except(PositionUpdate.Viewers viewers, String store) {
        return switch (viewers) {
            case ALL -> Set.of();
            case STAFF -> Set.of(CUSTOMERS, merchant(store));
            case PARTIES -> Set.of(ADMINS, DRIVERS);
        };
    }

    static String watchers(OrderId order) {
        return "order_" + order;
    }

    /// The room of one user: customers and drivers have rooms of their own kind as well.
    static String user(UserId user) {
        return switch (user.role()) {
            case CUSTOMER -> customer(user.id());
            case DRIVER -> driver(user.id());
            case MERCHANT, ADMIN, SUPPORT, SERVICE -> "user_" + user.role().wireName() + "_" + user.id();
        };
    }

    static String customer(String id) {
        return "customer_" + id;
    }

    static String merchant(String store) {
        return "merchant_" + store;
    }

    static String driver(String id) {
        return "driver_" + id;
    }
}
