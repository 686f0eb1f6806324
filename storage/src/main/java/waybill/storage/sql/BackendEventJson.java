package waybill.storage.sql;

import java.util.Map;
import java.util.Optional;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.order.EmitTarget;
import waybill.order.HubEvent;
import waybill.order.OrderId;

/// The body of a backend's event.
final class BackendEventJson {

    private static final String USER = "user";
    private static final String ROLE = "role";
    private static final String ORDER = "order";
    private static final String ROOM = "room";
    private static final String ALL = "all";

    private BackendEventJson() {}

    static String write(HubEvent.BackendEmitted emitted) {
        return switch (emitted.to()) {
            case EmitTarget.User(var user) -> write(emitted, USER, "name", user.toString());
            case EmitTarget.RoleMembers(var role) -> write(emitted, ROLE, "name", role.wireName());
            case EmitTarget.OrderParties parties ->
                write(
                        emitted,
                        ORDER,
                        "name",
                        parties.order().toString(),
                        "store",
                        parties.store(),
                        "customer",
                        parties.customer().orElse(""),
                        "driver",
                        parties.driver().orElse(""));
            case EmitTarget.Room(var namespace, var room) -> write(emitted, ROOM, "name", room, "namespace", namespace);
            case EmitTarget.AllUsers() -> write(emitted, ALL);
        };
    }

    private static String write(HubEvent.BackendEmitted emitted, String to, String... fields) {
        var all = new String[6 + fields.length];
        System.arraycopy(new String[] {"event", emitted.name(), "data", emitted.data(), "to", to}, 0, all, 0, 6);
        System.arraycopy(fields, 0, all, 6, fields.length);
        return FlatJson.write(all);
    }

    static HubEvent.BackendEmitted read(Map<String, String> body) {
        return new HubEvent.BackendEmitted(target(body), EventJson.field(body, "event"), EventJson.field(body, "data"));
    }

    private static EmitTarget target(Map<String, String> body) {
        var to = EventJson.field(body, "to");
        return switch (to) {
            case USER -> new EmitTarget.User(UserId.parse(EventJson.field(body, "name")));
            case ROLE -> {
                var name = EventJson.field(body, "name");
                yield new EmitTarget.RoleMembers(
                        Role.parse(name).orElseThrow(() -> EnumCodes.unknownCode("role", name)));
            }
            case ORDER -> {
                var name = EventJson.field(body, "name");
                yield new EmitTarget.OrderParties(
                        OrderId.parse(name).orElseThrow(() -> EnumCodes.unknownCode("order", name)),
                        EventJson.field(body, "store"),
                        given(body, "customer").orElse(null),
                        given(body, "driver").orElse(null));
            }
            case ROOM -> new EmitTarget.Room(EventJson.field(body, "namespace"), EventJson.field(body, "name"));
            case ALL -> new EmitTarget.AllUsers();
            default -> throw EnumCodes.unknownCode("to", to);
        };
    }

    private static Optional<String> given(Map<String, String> body, String name) {
        return Optional.of(EventJson.field(body, name)).filter(text -> !text.isEmpty());
    }
}
