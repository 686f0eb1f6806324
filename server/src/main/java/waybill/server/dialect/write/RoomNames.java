package waybill.server.dialect.write;

import java.util.Set;
import java.util.TreeSet;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.hub.position.PositionUpdate;
import waybill.order.Order;
import waybill.order.OrderId;

/// What rooms are called in the dialects in camelCase, and who is in them. A user's room carries the role, since the
/// ids
/// of customers and of drivers may overlap; no client ever names a room.
public final class RoomNames {

    public static final String ADMINS = "role:admin";
    public static final String SUPPORT = "role:support";
    public static final String DRIVERS = "role:driver";
    static final String CUSTOMERS = "role:customer";

    static final String MERCHANTS = "role:merchant";

    /// Those who see where a driver is only while it has their order with it.
    static final Set<String> PARTIES = Set.of(CUSTOMERS, MERCHANTS);

    /// Those who always see it.
    static final Set<String> STAFF = Set.of(ADMINS, SUPPORT, DRIVERS);

    private RoomNames() {}

    /// The rooms of those who are not told a position, though they are in a room that is.
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

    /// Where somebody is without asking.
    public static Set<String> ofPrincipal(Principal principal) {
        var rooms = new TreeSet<String>();
        rooms.add(user(principal.user()));
        rooms.add("role:" + principal.role().wireName());
        principal.store().map(RoomNames::store).ifPresent(rooms::add);
        return rooms;
    }

    /// Whose order it is, and who looks after all of them.
    public static Set<String> customerOf(Order order) {
        var rooms = new TreeSet<>(Set.of(ADMINS, SUPPORT));
        order.details().customer().map(RoomNames::customer).ifPresent(rooms::add);
        return rooms;
    }

    /// These, whose store it is, and who has asked to hear of it.
    public static Set<String> watchersOf(Order order) {
        var rooms = customerOf(order);
        rooms.add(store(order.store()));
        rooms.add(watchers(order.id()));
        return rooms;
    }

    /// The customer and those who look after all orders, and who brings it.
    public static Set<String> partiesTo(Order order) {
        var rooms = customerOf(order);
        OrderRendering.driverId(order).map(RoomNames::driver).ifPresent(rooms::add);
        return rooms;
    }

    /// These, whose store it is, and who has asked to hear of it.
    public static Set<String> audienceOf(Order order) {
        var rooms = partiesTo(order);
        rooms.add(store(order.store()));
        rooms.add(watchers(order.id()));
        return rooms;
    }
}
