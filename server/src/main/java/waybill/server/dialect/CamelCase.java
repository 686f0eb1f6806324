package waybill.server.dialect;

import java.util.List;
import waybill.order.HubEvent;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;

/// What the dialects in camelCase say alike.
final class CamelCase {

    private CamelCase() {}

    /// Which order it is.
    static Fields of(Order order) {
        return new Fields().put("orderId", order.id().toString()).put("orderNumber", order.number());
    }

    /// Where an order is fetched and brought.
    static Fields pickup(Fields fields, Order order) {
        var pickup = order.details().pickup();
        var dropoff = order.details().dropoff();
        pickup.notes().ifPresent(notes -> fields.put("pickupNotes", notes));
        dropoff.notes().ifPresent(notes -> fields.put("deliveryNotes", notes));
        return fields.put("pickupAddress", pickup.text())
                .put("pickupLatitude", OrderFacts.latitude(pickup))
                .put("pickupLongitude", OrderFacts.longitude(pickup))
                .put("deliveryAddress", dropoff.text())
                .put("deliveryLatitude", OrderFacts.latitude(dropoff))
                .put("deliveryLongitude", OrderFacts.longitude(dropoff));
    }

    static Fields payment(Order order, OrderEvent.Paid paid) {
        return of(order)
                .put("amount", paid.amount())
                .put("currency", paid.amount().currency())
                .put("paymentMethod", paid.method());
    }

    static Fields eta(Fields fields, LiveEta eta) {
        return fields.put("etaMinutes", eta.minutes())
                .put("estimatedDeliveryTime", eta.estimatedDeliveryTime())
                .put("low", eta.low())
                .put("high", eta.high());
    }

    /// With when it happened, and the number by which a client knows that it has it.
    static String signed(Fields fields, LogEntry entry) {
        return fields.put("timestamp", entry.occurredAt())
                .put("eventId", entry.position())
                .json();
    }

    /// What is said of what is not about one order.
    ///
    /// @param everybody the room of all who speak the dialect
    static Said tell(LogEntry entry, HubEvent event, String everybody) {
        return switch (event) {
            case HubEvent.BusinessStatusChanged business -> {
                var fields = new Fields()
                        .put("isOpen", business.isOpen())
                        .put("businessName", business.businessName())
                        .put("message", HubFacts.message(business))
                        .put("storeId", business.store());
                yield Said.to(List.of(everybody), "business:status:update", signed(fields, entry));
            }
            case HubEvent.DriverStatusChanged driver -> {
                var fields = new Fields()
                        .put("deliveryBoyId", driver.driver())
                        .put("status", driver.status().word())
                        .put("currentOrder", driver.order().map(OrderId::toString));
                yield Said.to(List.of(Rooms.ADMINS, Rooms.SUPPORT), "delivery:status:update", signed(fields, entry));
            }
            case HubEvent.Notified notified -> {
                var fields = HubFacts.notification(notified);
                yield Said.to(List.of(Rooms.user(notified.user())), "notification:new", signed(fields, entry));
            }
            case HubEvent.OfferMade offer -> {
                var fields = new Fields()
                        .put("code", offer.code())
                        .put("description", offer.description())
                        .put("discountValue", offer.discountValue());
                yield Said.to(List.of(Rooms.CUSTOMERS), "offer:new", signed(fields, entry));
            }
        };
    }
}
