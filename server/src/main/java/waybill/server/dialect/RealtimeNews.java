package waybill.server.dialect;

import static waybill.server.dialect.CamelCase.signed;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import waybill.order.HubEvent;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;

/// What is said on `/realtime` of what has happened.
final class RealtimeNews {

    private RealtimeNews() {}

    static List<Said> tell(LogEntry entry, Names names) {
        return switch (entry.event()) {
            case OrderEvent event -> tell(entry, event, OrderFacts.of(entry), names);
            case HubEvent event -> List.of(CamelCase.tell(entry, event, RealtimeDialect.EVERYBODY));
        };
    }

    private static List<Said> tell(LogEntry entry, OrderEvent event, Order order, Names names) {
        return switch (event) {
            case OrderEvent.Placed _ -> List.of(placed(entry, order), status(entry, event, order, names));
            case OrderEvent.Moved _ -> List.of(status(entry, event, order, names));
            case OrderEvent.Paid paid -> List.of(paid(entry, paid, order));
            case OrderEvent.Assigned assigned -> assigned(entry, assigned, order, names);
            case OrderEvent.HandedOver _ -> List.of();
        };
    }

    private static Said status(LogEntry entry, OrderEvent event, Order order, Names names) {
        return status(entry, event, order, names, Rooms.audienceOf(order));
    }

    private static Said status(LogEntry entry, OrderEvent event, Order order, Names names, Set<String> rooms) {
        var fields =
                CamelCase.of(order).put("status", order.state().word()).put("previousStatus", OrderFacts.before(entry));
        var reason = OrderFacts.reason(event);
        if (!reason.isEmpty()) {
            fields.put("reason", reason);
        }
        OrderFacts.withPeople(fields, order, names, UnaryOperator.identity());
        return Said.to(rooms, "order:status_update", signed(fields, entry));
    }

    private static Said placed(LogEntry entry, Order order) {
        var details = order.details();
        var fields = CamelCase.of(order)
                .put("status", order.state().word())
                .put("storeId", order.store())
                .put("externalId", order.foreignId())
                .put("customerId", details.customer())
                .put("customerName", details.customerName())
                .put("customerPhone", details.customerPhone());
        CamelCase.pickup(fields, order)
                .putJson("items", OrderFacts.items(details.items()))
                .put("totalAmount", details.totalOrNone())
                .put("fare", details.fareOrNone())
                .put("currency", OrderFacts.currency(order))
                .put("paid", order.isPaid())
                .put("driverId", OrderFacts.driver(order))
                .put("createdAt", order.placedAt())
                .put("acceptBy", order.acceptByOrNone());
        return Said.to(
                List.of(Rooms.store(order.store()), Rooms.ADMINS, Rooms.SUPPORT), "order:new", signed(fields, entry));
    }

    private static List<Said> assigned(LogEntry entry, OrderEvent.Assigned assigned, Order order, Names names) {
        var said = new ArrayList<Said>();
        if (OrderFacts.isEarly(order)) { // or else a status of its own follows
            said.add(status(entry, assigned, order, names, Rooms.watchersOf(order)));
        }
        said.addAll(toDrivers(entry, assigned, order));
        return said;
    }

    private static List<Said> toDrivers(LogEntry entry, OrderEvent.Assigned assigned, Order order) {
        return Stream.concat(
                        OrderFacts.driver(assigned.driver()).map(id -> assigned(entry, id, order)).stream(),
                        OrderFacts.former(assigned).map(id -> ended(entry, id, order)).stream())
                .toList();
    }

    private static Said ended(LogEntry entry, String former, Order order) {
        var fields = CamelCase.of(order).put("reason", OrderFacts.REASSIGNED);
        return Said.to(List.of(Rooms.driver(former)), "driver:assignment_ended", signed(fields, entry));
    }

    private static Said assigned(LogEntry entry, String driver, Order order) {
        var details = order.details();
        var fields = CamelCase.of(order)
                .put("driverId", driver)
                .put("status", order.state().word())
                .put("storeId", order.store())
                .put("customerName", details.customerName())
                .put("customerPhone", details.customerPhone());
        CamelCase.pickup(fields, order)
                .putJson("items", OrderFacts.items(details.items()))
                .put("fare", details.fareOrNone())
                .put("currency", OrderFacts.currency(order));
        return Said.to(List.of(Rooms.driver(driver)), "driver:new_assignment", signed(fields, entry));
    }

    private static Said paid(LogEntry entry, OrderEvent.Paid paid, Order order) {
        var rooms = Rooms.customerOf(order);
        rooms.add(Rooms.store(order.store()));
        return Said.to(rooms, "payment:received", signed(CamelCase.payment(order, paid), entry));
    }
}
