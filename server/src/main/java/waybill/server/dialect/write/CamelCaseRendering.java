package waybill.server.dialect.write;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import waybill.hub.position.EtaUpdate;
import waybill.hub.position.SignalUpdate;
import waybill.journal.LogEntry;
import waybill.order.HubEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.SystemAlert;
import waybill.server.dialect.RoomMessage;

/// The rendering that the dialects in camelCase share.
public final class CamelCaseRendering {

    private CamelCaseRendering() {}

    /// The fields that identify the order.
    public static JsonObjectWriter order(Order order) {
        return new JsonObjectWriter().put("orderId", order.id().toString()).put("orderNumber", order.number());
    }

    /// The pickup and delivery addresses of an order.
    public static JsonObjectWriter pickup(JsonObjectWriter fields, Order order) {
        var pickup = order.details().pickup();
        var dropoff = order.details().dropoff();
        pickup.notes().ifPresent(notes -> fields.put("pickupNotes", notes));
        dropoff.notes().ifPresent(notes -> fields.put("deliveryNotes", notes));
        return fields.put("pickupAddress", pickup.text())
                .put("pickupLatitude", OrderRendering.latitude(pickup))
                .put("pickupLongitude", OrderRendering.longitude(pickup))
                .put("deliveryAddress", dropoff.text())
                .put("deliveryLatitude", OrderRendering.latitude(dropoff))
                .put("deliveryLongitude", OrderRendering.longitude(dropoff));
    }

    public static JsonObjectWriter payment(Order order, OrderEvent.Paid paid) {
        return order(order)
                .put("amount", paid.amount())
                .put("currency", paid.amount().currency())
                .put("paymentMethod", paid.method());
    }

    public static JsonObjectWriter eta(JsonObjectWriter fields, EtaUpdate eta) {
        return fields.put("etaMinutes", eta.minutes())
                .put("estimatedDeliveryTime", eta.estimatedDeliveryTime())
                .put("low", eta.low())
                .put("high", eta.high())
                .put("etaSource", eta.source().wireName());
    }

    /// That the signal of a driver is lost, or regained: to the rooms that receive its positions for an order, to
    /// administrators and to support.
    ///
    /// @param rooms the rooms of the order; none if the driver has no order
    public static RoomMessage signal(SignalUpdate signal, Set<String> rooms, String lost, String regained) {
        var all = new TreeSet<>(rooms);
        all.add(RoomNames.ADMINS);
        all.add(RoomNames.SUPPORT);
        var json = new JsonObjectWriter()
                .put("orderId", signal.orderIdOrNone())
                .put("driverId", signal.driver())
                .put("lastSeenAt", signal.lastSeenAt())
                .put("ageMs", signal.ageMs())
                .json();
        return RoomMessage.to(all, signal.isLost() ? lost : regained, json)
                .exceptAll(RoomNames.except(signal.viewers()));
    }

    /// Adds the time of the event, and the id by which clients drop duplicates.
    public static String jsonWithEventId(JsonObjectWriter fields, LogEntry entry) {
        return fields.put("timestamp", entry.occurredAt())
                .put("eventId", entry.sequence())
                .json();
    }

    /// The messages of events that are not about one order.
    ///
    /// @param room the room of all clients of the dialect
    public static List<RoomMessage> renderHubEvent(LogEntry entry, HubEvent event, String room) {
        return event instanceof HubEvent.BackendEmitted emitted
                ? BackendEventRendering.render(emitted, RoomNames.of(emitted.to(), room), "eventId", entry.sequence())
                : List.of(renderOwn(entry, event, room));
    }

    /// An alert that is not in the log.
    public static RoomMessage renderNodeAlert(SystemAlert alert, boolean isOpen, Instant at) {
        return AlertRendering.ofNode(
                alert, isOpen, at, List.of(RoomNames.ADMINS, RoomNames.SUPPORT), UnaryOperator.identity());
    }

    private static RoomMessage alert(String event, SystemAlert alert, LogEntry entry) {
        return RoomMessage.to(
                List.of(RoomNames.ADMINS, RoomNames.SUPPORT),
                event,
                jsonWithEventId(AlertRendering.fields(alert, UnaryOperator.identity()), entry));
    }

    private static RoomMessage renderOwn(LogEntry entry, HubEvent event, String room) {
        return switch (event) {
            case HubEvent.BusinessStatusChanged business -> {
                var fields = new JsonObjectWriter()
                        .put("isOpen", business.isOpen())
                        .put("businessName", business.businessName())
                        .put("message", HubEventRendering.message(business))
                        .put("storeId", business.store());
                yield RoomMessage.to(List.of(room), "business:status:update", jsonWithEventId(fields, entry));
            }
            case HubEvent.DriverStatusChanged driver -> {
                var fields = new JsonObjectWriter()
                        .put("deliveryBoyId", driver.driver())
                        .put("status", driver.status().wireName())
                        .put("currentOrder", driver.order().map(OrderId::toString));
                yield RoomMessage.to(
                        List.of(RoomNames.ADMINS, RoomNames.SUPPORT),
                        "delivery:status:update",
                        jsonWithEventId(fields, entry));
            }
            case HubEvent.UserNotified notified -> {
                var fields = HubEventRendering.notification(notified);
                yield RoomMessage.to(
                        List.of(RoomNames.user(notified.user())), "notification:new", jsonWithEventId(fields, entry));
            }
            case HubEvent.CouponCreated offer -> {
                var fields = new JsonObjectWriter()
                        .put("code", offer.code())
                        .put("description", offer.description())
                        .put("discountValue", offer.discountValue());
                yield RoomMessage.to(List.of(RoomNames.CUSTOMERS), "offer:new", jsonWithEventId(fields, entry));
            }
            case HubEvent.AlertOpened(var alert) -> alert(AlertRendering.OPENED, alert, entry);
            case HubEvent.AlertCleared(var alert) -> alert(AlertRendering.CLEARED, alert, entry);
            case HubEvent.BackendEmitted _ -> throw new IllegalArgumentException("rendered by its target");
        };
    }
}
