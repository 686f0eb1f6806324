package waybill.server.dialect;

import static waybill.server.dialect.StorefrontDialect.ADMINS;
import static waybill.server.dialect.StorefrontDialect.EVERYBODY;
import static waybill.server.dialect.StorefrontDialect.SUPPORT;
import static waybill.server.dialect.StorefrontDialect.store;
import static waybill.server.dialect.StorefrontDialect.user;
import static waybill.server.dialect.StorefrontDialect.watchers;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import waybill.order.HubEvent;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderState;

/// What is said on `/storefront` of what has happened.
final class StorefrontNews {

    private static final String DRIVERS = "role:driver";
    private static final String CUSTOMERS = "role:customer";

    private StorefrontNews() {}

    static List<Said> tell(LogEntry entry) {
        return switch (entry.event()) {
            case OrderEvent event -> tell(entry, event, OrderFacts.of(entry));
            case HubEvent event -> List.of(tell(entry, event));
        };
    }

    private static List<Said> tell(LogEntry entry, OrderEvent event, Order order) {
        return switch (event) {
            case OrderEvent.Placed _ -> {
                var said = new ArrayList<Said>();
                said.add(placed(entry, order));
                said.addAll(status(entry, event, order));
                yield said;
            }
            case OrderEvent.Moved _ -> status(entry, event, order);
            case OrderEvent.Paid paid -> List.of(paid(entry, paid, order));
            case OrderEvent.Assigned assigned -> assigned(entry, assigned, order);
            case OrderEvent.HandedOver _ -> List.of();
        };
    }

    private static Said placed(LogEntry entry, Order order) {
        var details = order.details();
        var fields = of(order)
                .put("customerName", details.customerName())
                .putJson("items", OrderFacts.items(details.items()))
                .put("totalAmount", details.totalOrNone())
                .put("currency", OrderFacts.currency(order));
        return Said.to(List.of(ADMINS, SUPPORT, DRIVERS, store(order.store())), "order:new", signed(fields, entry));
    }

    private static List<Said> status(LogEntry entry, OrderEvent event, Order order) {
        var reason = OrderFacts.reason(event);
        var fields = of(order).put("status", order.state().word()).put("message", message(order.state()));
        if (!reason.isEmpty()) {
            fields.put("reason", reason);
        }
        var json = signed(fields, entry);
        var said = new ArrayList<Said>();
        said.add(Said.to(audience(order), "order:status:update", json));
        said.add(Said.to(List.of(ADMINS, SUPPORT), "order:status:changed", json));
        if (order.state() == OrderState.CANCELLED) {
            said.add(Said.to(
                    participants(order), "order:cancelled", signed(of(order).put("reason", reason), entry)));
        }
        return said;
    }

    /// What a customer is shown for a state.
    static String message(OrderState state) {
        return switch (state) {
            case NEW -> "";
            case PENDING -> "Your order has been placed and waits for confirmation";
            case PAYMENT_CONFIRMED -> "Your payment has been received";
            case ACCEPTED -> "Your order has been accepted";
            case PREPARING -> "Your order is being prepared";
            case READY_FOR_PICKUP -> "Your order is ready for pickup";
            case ASSIGNED_TO_DRIVER -> "A driver has been assigned to your order";
            case PICKED_UP -> "Your order has been picked up";
            case IN_TRANSIT -> "Your order is on its way";
            case DELIVERED -> "Your order has been delivered";
            case CANCELLED -> "Your order has been cancelled";
            case DECLINED -> "The store could not take your order";
            case EXPIRED -> "The store did not answer in time";
            case FAILED -> "Your order could not be delivered";
            case RETURNED -> "Your order has gone back to the store";
        };
    }

    private static Said paid(LogEntry entry, OrderEvent.Paid paid, Order order) {
        var fields = of(order)
                .put("amount", paid.amount())
                .put("currency", paid.amount().currency())
                .put("paymentMethod", paid.method());
        var rooms = new TreeSet<>(Set.of(ADMINS, SUPPORT));
        order.details().customer().map(StorefrontDialect::user).ifPresent(rooms::add);
        return Said.to(rooms, "payment:received", signed(fields, entry));
    }

    private static List<Said> assigned(LogEntry entry, OrderEvent.Assigned assigned, Order order) {
        return Stream.concat(
                        OrderFacts.driver(assigned.driver()).map(id -> assigned(entry, id, order)).stream(),
                        OrderFacts.former(assigned).map(id -> unassigned(entry, id, order)).stream())
                .toList();
    }

    private static Said assigned(LogEntry entry, String driver, Order order) {
        return Said.to(List.of(user(driver)), "order:assigned", signed(of(order), entry));
    }

    private static Said unassigned(LogEntry entry, String former, Order order) {
        var fields = of(order).put("reason", OrderFacts.REASSIGNED);
        return Said.to(List.of(user(former)), "order:unassigned", signed(fields, entry));
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
                Said.to(List.of(CUSTOMERS), "offer:new", signed(HubFacts.offer(offer), entry));
        };
    }

    private static Fields of(Order order) {
        return new Fields().put("orderId", order.id().toString()).put("orderNumber", order.number());
    }

    /// Whose order it is, who brings it, and who looks after all of them.
    private static Set<String> participants(Order order) {
        var rooms = new TreeSet<>(Set.of(ADMINS, SUPPORT));
        order.details().customer().map(StorefrontDialect::user).ifPresent(rooms::add);
        OrderFacts.driver(order).map(StorefrontDialect::user).ifPresent(rooms::add);
        return rooms;
    }

    /// These, whose store it is, and who has asked to hear of it.
    private static Set<String> audience(Order order) {
        var rooms = participants(order);
        rooms.add(store(order.store()));
        rooms.add(watchers(order.id()));
        return rooms;
    }

    private static String signed(Fields fields, LogEntry entry) {
        return fields.put("timestamp", entry.occurredAt())
                .put("eventId", entry.position())
                .json();
    }
}
