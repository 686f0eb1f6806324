package waybill.server.dialect.write;

import java.util.Set;
import java.util.TreeSet;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.hub.position.PositionUpdate;
import waybill.order.EmitTarget;
import waybill.order.Order;
import waybill.order.OrderId;

/// The names of the rooms in the dialects in camelCase, and their members. A user's room contains the role, since
/// the ids of customers and of drivers may overlap; clients never name a room.
public final class RoomNames {

    public static final String ADMINS = "role:admin";
    public static final String SUPPORT = "role:support";
    public static final String DRIVERS = "role:driver";
    static final String CUSTOMERS = "role:customer";

    static final String MERCHANTS = "role:merchant";

    /// The users that see a driver's position only while it has their order.
    static final Set<String> PARTIES = Set.of(CUSTOMERS, MERCHANTS);

    /// The users that always see it.
    static final Set<String> STAFF = Set.of(ADMINS, SUPPORT, DRIVERS);

    private RoomNames() {}

    /// The rooms that do not receive a position, although their sockets are in a room that does.
    public static Set<String> except(PositionUpdate.Viewers viewers) {
        return switch (viewers) {
            case ALL -> Set.of();
            case STAFF -> PARTIES;
            case PARTIES -> STAFF;
        };
    }

    static String user(UserId user) {
        return "user:" + user;
    }

    public static String customer(String id) {
        return user(new UserId(Role.CUSTOMER, id));
    }

    public static String driver(String id) {
        return user(new UserId(Role.DRIVER, id));
    }

    public static String store(String id) {
        return "store:" + id;
    }

    public static String watchers(OrderId order) {
        return "order:" + order;
    }

    /// The rooms of a backend's event; none if it is for the room of one namespace.
    ///
    /// @param all the room of all clients of the dialect
    static Set<String> of(EmitTarget to, String all) {
        return switch (to) {
            case EmitTarget.User(var user) -> Set.of(user(user));
            case EmitTarget.RoleMembers(var role) -> Set.of("role:" + role.wireName());
            case EmitTarget.OrderParties parties -> {
                var rooms = new TreeSet<>(Set.of(store(parties.store()), watchers(parties.order()), ADMINS, SUPPORT));
                parties.customer().map(RoomNames::customer).ifPresent(rooms::add);
                parties.driver().map(RoomNames::driver).ifPresent(rooms::add);
                yield rooms;
            }
            case EmitTarget.Room _ -> Set.of();
            case EmitTarget.AllUsers() -> Set.of(all);
        };
    }

    /// The rooms that a socket joins automatically.
    public static Set<String> ofPrincipal(Principal principal) {
        var rooms = new TreeSet<String>();
        rooms.add(user(principal.user()));
        rooms.add("role:" + principal.role().wireName());
        principal.store().map(RoomNames::store).ifPresent(rooms::add);
        return rooms;
    }

    /// The order's customer, administrators and support.
    public static Set<String> customerOf(Order order) {
        var rooms = new TreeSet<>(Set.of(ADMINS, SUPPORT));
        order.details().customer().map(RoomNames::customer).ifPresent(rooms::add);
        return rooms;
    }

    /// These, the order's store, and its subscribers.
    public static Set<String> watchersOf(Order order) {
        var rooms = customerOf(order);
        rooms.add(store(order.store()));
        rooms.add(watchers(order.id()));
        return rooms;
    }

    /// The customer, administrators and support, and the driver.
    public static Set<String> partiesTo(Order order) {
        var rooms = customerOf(order);
        OrderRendering.driverId(order).map(RoomNames::driver).ifPresent(rooms::add);
        return rooms;
    }

    /// These, the order's store, and its subscribers.
    public static Set<String> audienceOf(Order order) {
        var rooms = partiesTo(order);
        rooms.add(store(order.store()));
        rooms.add(watchers(order.id()));
        return rooms;
    }
}
