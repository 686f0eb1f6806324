package waybill.storage;

import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.DriverStatus;
import waybill.order.Event;
import waybill.order.HubEvent;
import waybill.order.Money;
import waybill.order.OrderEvent;
import waybill.order.OrderId;

/// What there is to an event besides the columns that all of them have. The numbers of the kinds are on
/// somebody's disk: never change one, only add.
final class EventBody {

    static final int PLACED = 0;
    static final int PAID = 1;
    static final int ASSIGNED = 2;
    static final int MOVED = 3;
    static final int HANDED_OVER = 4;
    private static final int BUSINESS_STATUS_CHANGED = 5;
    private static final int DRIVER_STATUS_CHANGED = 6;
    private static final int NOTIFIED = 7;
    private static final int OFFER_MADE = 8;

    private EventBody() {}

    static int kind(Event event) {
        return switch (event) {
            case OrderEvent.Placed _ -> PLACED;
            case OrderEvent.Paid _ -> PAID;
            case OrderEvent.Assigned _ -> ASSIGNED;
            case OrderEvent.Moved _ -> MOVED;
            case OrderEvent.HandedOver _ -> HANDED_OVER;
            case HubEvent.BusinessStatusChanged _ -> BUSINESS_STATUS_CHANGED;
            case HubEvent.DriverStatusChanged _ -> DRIVER_STATUS_CHANGED;
            case HubEvent.Notified _ -> NOTIFIED;
            case HubEvent.OfferMade _ -> OFFER_MADE;
        };
    }

    /// Null for an event of which the columns say it all.
    static @Nullable String write(Event event) {
        return switch (event) {
            case OrderEvent.Placed _, OrderEvent.HandedOver _ -> null;
            case OrderEvent.Assigned(var _, var former) ->
                former == null ? null : FlatJson.write("former", former.toString());
            case OrderEvent.Moved(var _, var reason, var _) ->
                reason.isEmpty() ? null : FlatJson.write("reason", reason);
            case OrderEvent.Paid(var amount, var method) ->
                FlatJson.write("minor", Long.toString(amount.minor()), "currency", amount.currency(), "method", method);
            case HubEvent.BusinessStatusChanged(var store, var name, var isOpen) ->
                FlatJson.write("store", store, "name", name, "isOpen", Boolean.toString(isOpen));
            case HubEvent.DriverStatusChanged changed ->
                FlatJson.write(
                        "driver",
                        changed.driver(),
                        "status",
                        changed.status().word(),
                        "order",
                        changed.order().map(OrderId::toString).orElse(""));
            case HubEvent.Notified(var id, var user, var title, var message, var type) ->
                FlatJson.write(
                        "id",
                        id.toString(),
                        "user",
                        user.id(),
                        "role",
                        user.role().word(),
                        "title",
                        title,
                        "message",
                        message,
                        "type",
                        type);
            case HubEvent.OfferMade(var code, var description, var discount) ->
                FlatJson.write("code", code, "description", description, "discount", discount.toString());
        };
    }

    static OrderEvent.Paid paid(Map<String, String> body) {
        return new OrderEvent.Paid(
                new Money(Long.parseLong(field(body, "minor")), field(body, "currency")), field(body, "method"));
    }

    static HubEvent hubEvent(int kind, Map<String, String> body) {
        return switch (kind) {
            case BUSINESS_STATUS_CHANGED ->
                new HubEvent.BusinessStatusChanged(
                        field(body, "store"), field(body, "name"), Boolean.parseBoolean(field(body, "isOpen")));
            case DRIVER_STATUS_CHANGED ->
                new HubEvent.DriverStatusChanged(
                        field(body, "driver"),
                        DriverStatus.of(field(body, "status"))
                                .orElseThrow(() -> Codes.unknown("status", field(body, "status"))),
                        OrderId.parse(field(body, "order")).orElse(null));
            case NOTIFIED ->
                new HubEvent.Notified(
                        UUID.fromString(field(body, "id")),
                        user(body),
                        field(body, "title"),
                        field(body, "message"),
                        field(body, "type"));
            case OFFER_MADE ->
                new HubEvent.OfferMade(
                        field(body, "code"), field(body, "description"), new BigDecimal(field(body, "discount")));
            default -> throw Codes.unknown("kind of event", kind);
        };
    }

    /// Before users were told apart by role, a notification named an id alone; most were for customers.
    private static UserId user(Map<String, String> body) {
        var role = Role.of(body.getOrDefault("role", "")).orElse(Role.CUSTOMER);
        return new UserId(role, field(body, "user"));
    }

    static String field(Map<String, String> body, String name) {
        var value = body.get(name);
        if (value == null) {
            throw new IllegalStateException("body of an event: " + body.keySet() + " (expected: " + name + " too)");
        }
        return value;
    }
}
