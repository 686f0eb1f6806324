package waybill.server.dialect;

import static waybill.server.dialect.CamelCase.signed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import waybill.order.HubEvent;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderState;

/// What is said on `/storefront` of what has happened.
final class StorefrontNews {

    private StorefrontNews() {}

    static List<Said> tell(LogEntry entry, Names names) {
        return switch (entry.event()) {
            case OrderEvent event -> tell(entry, event, OrderFacts.of(entry), names);
            case HubEvent event -> List.of(CamelCase.tell(entry, event, StorefrontDialect.EVERYBODY));
        };
    }

    private static List<Said> tell(LogEntry entry, OrderEvent event, Order order, Names names) {
        return switch (event) {
            case OrderEvent.Placed _ -> {
                var said = new ArrayList<Said>();
                said.add(placed(entry, order));
                said.addAll(status(entry, event, order, names));
                yield said;
            }
            case OrderEvent.Moved _ -> status(entry, event, order, names);
            case OrderEvent.Paid paid -> List.of(paid(entry, paid, order));
            case OrderEvent.Assigned assigned -> assigned(entry, assigned, order, names);
            case OrderEvent.HandedOver _ -> List.of();
        };
    }

    private static Said placed(LogEntry entry, Order order) {
        var details = order.details();
        var fields = CamelCase.of(order)
                .put("customerName", details.customerName())
                .putJson("items", OrderFacts.items(details.items()))
                .put("totalAmount", details.totalOrNone())
                .put("currency", OrderFacts.currency(order));
        return Said.to(
                List.of(Rooms.ADMINS, Rooms.SUPPORT, Rooms.DRIVERS, Rooms.store(order.store())),
                "order:new",
                signed(fields, entry));
    }

    private static List<Said> status(LogEntry entry, OrderEvent event, Order order, Names names) {
        var reason = OrderFacts.reason(event);
        var fields = CamelCase.of(order).put("status", order.state().word()).put("message", message(order.state()));
        if (!reason.isEmpty()) {
            fields.put("reason", reason);
        }
        OrderFacts.withPeople(fields, order, names, UnaryOperator.identity());
        var json = signed(fields, entry);
        var said = new ArrayList<Said>();
        said.add(Said.to(Rooms.audienceOf(order), "order:status:update", json));
        said.add(Said.to(List.of(Rooms.ADMINS, Rooms.SUPPORT), "order:status:changed", json));
        if (order.state() == OrderState.CANCELLED) {
            said.add(Said.to(
                    Rooms.partiesTo(order),
                    "order:cancelled",
                    signed(CamelCase.of(order).put("reason", reason), entry)));
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
        return Said.to(Rooms.customerOf(order), "payment:received", signed(CamelCase.payment(order, paid), entry));
    }

    private static List<Said> assigned(LogEntry entry, OrderEvent.Assigned assigned, Order order, Names names) {
        var said = new ArrayList<Said>();
        if (OrderFacts.isEarly(order)) { // or else a status of its own follows
            var fields = CamelCase.of(order)
                    .put("status", order.state().word())
                    .put("message", message(OrderState.ASSIGNED_TO_DRIVER));
            OrderFacts.withPeople(fields, order, names, UnaryOperator.identity());
            said.add(Said.to(Rooms.watchersOf(order), "order:status:update", signed(fields, entry)));
        }
        said.addAll(toDrivers(entry, assigned, order));
        return said;
    }

    private static List<Said> toDrivers(LogEntry entry, OrderEvent.Assigned assigned, Order order) {
        return Stream.concat(
                        OrderFacts.driver(assigned.driver()).map(id -> assigned(entry, id, order)).stream(),
                        OrderFacts.former(assigned).map(id -> unassigned(entry, id, order)).stream())
                .toList();
    }

    private static Said assigned(LogEntry entry, String driver, Order order) {
        return Said.to(List.of(Rooms.driver(driver)), "order:assigned", signed(CamelCase.of(order), entry));
    }

    private static Said unassigned(LogEntry entry, String former, Order order) {
        var fields = CamelCase.of(order).put("reason", OrderFacts.REASSIGNED);
        return Said.to(List.of(Rooms.driver(former)), "order:unassigned", signed(fields, entry));
    }
}
