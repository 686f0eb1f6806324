package waybill.server.dialect;

import static waybill.server.dialect.RealtimeDialect.EVERYBODY;
import static waybill.server.dialect.RealtimeDialect.store;
import static waybill.server.dialect.RealtimeDialect.user;
import static waybill.server.dialect.RealtimeDialect.watchers;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import waybill.order.HubEvent;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;

/// What is said on `/realtime` of what has happened.
final class RealtimeNews {

    private static final String ADMINS = "role:admin";
    private static final String SUPPORT = "role:support";

    private RealtimeNews() {}

    static List<Said> tell(LogEntry entry) {
        return switch (entry.event()) {
            case OrderEvent event -> tell(entry, event, OrderFacts.of(entry));
            case HubEvent event -> List.of(tell(entry, event));
        };
    }

    private static List<Said> tell(LogEntry entry, OrderEvent event, Order order) {
        return switch (event) {
            case OrderEvent.Placed _ -> List.of(placed(entry, order), status(entry, event, order));
            case OrderEvent.Moved _ -> List.of(status(entry, event, order));
            case OrderEvent.Paid paid -> List.of(paid(entry, paid, order));
            case OrderEvent.Assigned assigned -> assigned(entry, assigned, order);
            case OrderEvent.HandedOver _ -> List.of();
        };
    }

    private static Said status(LogEntry entry, OrderEvent event, Order order) {
        var fields = new Fields()
                .put("orderId", order.id().toString())
                .put("orderNumber", order.number())
                .put("status", order.state().word())
                .put("previousStatus", OrderFacts.before(entry));
        var reason = OrderFacts.reason(event);
        if (!reason.isEmpty()) {
            fields.put("reason", reason);
        }
        var rooms = participants(order);
        rooms.add(watchers(order.id()));
        return Said.to(rooms, "order:status_update", signed(fields, entry));
    }

    private static Said placed(LogEntry entry, Order order) {
        var details = order.details();
        var fields = new Fields()
                .put("orderId", order.id().toString())
                .put("orderNumber", order.number())
                .put("status", order.state().word())
                .put("storeId", order.store())
                .put("externalId", order.foreignId())
                .put("customerId", details.customer())
                .put("customerName", details.customerName())
                .put("customerPhone", details.customerPhone());
        places(fields, order)
                .putJson("items", OrderFacts.items(details.items()))
                .put("totalAmount", details.totalOrNone())
                .put("fare", details.fareOrNone())
                .put("currency", OrderFacts.currency(order))
                .put("paid", order.isPaid())
                .put("driverId", OrderFacts.driver(order))
                .put("createdAt", order.placedAt())
                .put("acceptBy", order.acceptByOrNone());
        return Said.to(List.of(store(order.store()), ADMINS, SUPPORT), "order:new", signed(fields, entry));
    }

    private static List<Said> assigned(LogEntry entry, OrderEvent.Assigned assigned, Order order) {
        return Stream.concat(
                        OrderFacts.driver(assigned.driver()).map(id -> assigned(entry, id, order)).stream(),
                        OrderFacts.former(assigned).map(id -> ended(entry, id, order)).stream())
                .toList();
    }

    private static Said ended(LogEntry entry, String former, Order order) {
        var fields = new Fields()
                .put("orderId", order.id().toString())
                .put("orderNumber", order.number())
                .put("reason", OrderFacts.REASSIGNED);
        return Said.to(List.of(user(former)), "driver:assignment_ended", signed(fields, entry));
    }

    private static Said assigned(LogEntry entry, String driver, Order order) {
        var details = order.details();
        var fields = new Fields()
                .put("orderId", order.id().toString())
                .put("orderNumber", order.number())
                .put("driverId", driver)
                .put("status", order.state().word())
                .put("storeId", order.store())
                .put("customerName", details.customerName())
                .put("customerPhone", details.customerPhone());
        places(fields, order)
                .putJson("items", OrderFacts.items(details.items()))
                .put("fare", details.fareOrNone())
                .put("currency", OrderFacts.currency(order));
        return Said.to(List.of(user(driver)), "driver:new_assignment", signed(fields, entry));
    }

    private static Fields places(Fields fields, Order order) {
        var pickup = order.details().pickup();
        var dropoff = order.details().dropoff();
        return fields.put("pickupAddress", pickup.text())
                .put("pickupLatitude", OrderFacts.latitude(pickup))
                .put("pickupLongitude", OrderFacts.longitude(pickup))
                .put("deliveryAddress", dropoff.text())
                .put("deliveryLatitude", OrderFacts.latitude(dropoff))
                .put("deliveryLongitude", OrderFacts.longitude(dropoff));
    }

    private static Said paid(LogEntry entry, OrderEvent.Paid paid, Order order) {
        var fields = new Fields()
                .put("orderId", order.id().toString())
                .put("orderNumber", order.number())
                .put("amount", paid.amount())
                .put("currency", paid.amount().currency())
                .put("paymentMethod", paid.method());
        var rooms = new TreeSet<>(Set.of(store(order.store()), ADMINS, SUPPORT));
        order.details().customer().map(RealtimeDialect::user).ifPresent(rooms::add);
        return Said.to(rooms, "payment:received", signed(fields, entry));
    }

    private static Said tell(LogEntry entry, HubEvent event) {
        return switch (event) {
            case HubEvent.BusinessStatusChanged business ->
                Said.to(
                        List.of(EVERYBODY),
                        "business:status:update",
                        signed(HubFacts.business(business).put("storeId", business.store()), entry));
            case HubEvent.DriverStatusChanged driver ->
                Said.to(List.of(ADMINS, SUPPORT), "delivery:status:update", signed(HubFacts.driver(driver), entry));
            case HubEvent.Notified notified ->
                Said.to(
                        List.of(user(notified.user())),
                        "notification:new",
                        signed(HubFacts.notification(notified), entry));
            case HubEvent.OfferMade offer ->
                Said.to(List.of("role:customer"), "offer:new", signed(HubFacts.offer(offer), entry));
        };
    }

    /// Whose order it is, whose store, who brings it, and who looks after all of them.
    private static Set<String> participants(Order order) {
        var rooms = new TreeSet<>(Set.of(store(order.store()), ADMINS, SUPPORT));
        order.details().customer().map(RealtimeDialect::user).ifPresent(rooms::add);
        OrderFacts.driver(order).map(RealtimeDialect::user).ifPresent(rooms::add);
        return rooms;
    }

    private static String signed(Fields fields, LogEntry entry) {
        return fields.put("timestamp", entry.occurredAt())
                .put("eventId", entry.position())
                .json();
    }
}
