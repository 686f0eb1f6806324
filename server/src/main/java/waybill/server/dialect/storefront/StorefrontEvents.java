package waybill.server.dialect.storefront;

import static waybill.server.dialect.write.CamelCaseRendering.jsonWithEventId;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import waybill.hub.projection.DisplayNames;
import waybill.journal.LogEntry;
import waybill.order.HubEvent;
import waybill.order.NodeEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderState;
import waybill.server.dialect.RoomMessage;
import waybill.server.dialect.write.ArrivalRendering;
import waybill.server.dialect.write.CamelCaseRendering;
import waybill.server.dialect.write.DelayRendering;
import waybill.server.dialect.write.OrderRendering;
import waybill.server.dialect.write.RoomNames;

/// The messages of events on `/storefront`.
final class StorefrontEvents {

    private StorefrontEvents() {}

    static List<RoomMessage> render(LogEntry entry, DisplayNames names) {
        return switch (entry.event()) {
            case OrderEvent event -> render(entry, event, OrderRendering.order(entry), names);
            case HubEvent event -> CamelCaseRendering.renderHubEvent(entry, event, StorefrontDialect.BROADCAST_ROOM);
            case NodeEvent _ -> List.of();
        };
    }

    private static List<RoomMessage> render(LogEntry entry, OrderEvent event, Order order, DisplayNames names) {
        return switch (event) {
            case OrderEvent.Placed _ -> {
                var messages = new ArrayList<RoomMessage>();
                messages.add(placed(entry, order));
                messages.addAll(status(entry, event, order, names));
                yield messages;
            }
            case OrderEvent.StateChanged _ -> status(entry, event, order, names);
            case OrderEvent.Paid paid -> List.of(paid(entry, paid, order));
            case OrderEvent.Assigned assigned -> assigned(entry, assigned, order, names);
            case OrderEvent.HandedBack handedBack -> handedBack(entry, handedBack, order, names);
            case OrderEvent.DriverArriving arriving -> List.of(arriving(entry, arriving, order));
            case OrderEvent.DriverArrived arrived -> List.of(arrived(entry, arrived, order));
            case OrderEvent.Delayed delayed ->
                List.of(RoomMessage.to(
                        RoomNames.audienceOf(order),
                        "order:delayed",
                        jsonWithEventId(
                                DelayRendering.delayed(order, delayed).put("message", "Your order is late"), entry)));
            case OrderEvent.DelayEnded ended ->
                List.of(RoomMessage.to(
                        RoomNames.audienceOf(order),
                        "order:delay:ended",
                        jsonWithEventId(
                                DelayRendering.ended(order, ended).put("message", "Your order is on time again"),
                                entry)));
            case OrderEvent.TimesSet _,
                    OrderEvent.OfLinks _,
                    OrderEvent.ProofRecorded _,
                    OrderEvent.DriverTakenOver _,
                    OrderEvent.ArrivalCorrected _,
                    OrderEvent.Offered _,
                    OrderEvent.OfferDeclined _,
                    OrderEvent.OfferClosed _ -> List.of();
        };
    }

    private static RoomMessage placed(LogEntry entry, Order order) {
        var details = order.details();
        var fields = CamelCaseRendering.order(order)
                .put("customerName", details.customerName())
                .putJson("items", OrderRendering.items(details.items()))
                .put("totalAmount", details.totalOrNone())
                .put("currency", OrderRendering.currency(order));
        return RoomMessage.to(
                List.of(RoomNames.ADMINS, RoomNames.SUPPORT, RoomNames.DRIVERS, RoomNames.store(order.store())),
                "order:new",
                jsonWithEventId(fields, entry));
    }

    private static List<RoomMessage> status(LogEntry entry, OrderEvent event, Order order, DisplayNames names) {
        var reason = OrderRendering.reason(event);
        var fields = CamelCaseRendering.order(order)
                .put("status", order.state().wireName())
                .put("message", message(order.state()));
        if (!reason.isEmpty()) {
            fields.put("reason", reason);
        }
        OrderRendering.putPeople(fields, order, names, UnaryOperator.identity());
        var json = jsonWithEventId(fields, entry);
        var messages = new ArrayList<RoomMessage>();
        messages.add(RoomMessage.to(RoomNames.audienceOf(order), "order:status:update", json));
        messages.add(RoomMessage.to(List.of(RoomNames.ADMINS, RoomNames.SUPPORT), "order:status:changed", json));
        if (order.state() == OrderState.CANCELLED) {
            messages.add(RoomMessage.to(
                    RoomNames.partiesTo(order),
                    "order:cancelled",
                    jsonWithEventId(CamelCaseRendering.order(order).put("reason", reason), entry)));
        }
        return messages;
    }

    /// The sentence of a state for customers.
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

    private static RoomMessage arriving(LogEntry entry, OrderEvent.DriverArriving arriving, Order order) {
        var message = switch (arriving.stop()) {
            case PICKUP -> "The driver is almost at the store";
            case DROPOFF -> "Your driver is almost there";
        };
        return ArrivalRendering.arriving(
                "delivery:arriving",
                entry,
                arriving.stop(),
                ArrivalRendering.arriving(ArrivalRendering.fields(order), arriving)
                        .put("message", message));
    }

    private static RoomMessage arrived(LogEntry entry, OrderEvent.DriverArrived arrived, Order order) {
        var message = switch (arrived.stop()) {
            case PICKUP -> "The driver is at the store";
            case DROPOFF -> "Your driver has arrived";
        };
        return ArrivalRendering.arrived(
                "delivery:arrived",
                entry,
                arrived.stop(),
                ArrivalRendering.arrived(ArrivalRendering.fields(order), arrived)
                        .put("message", message));
    }

    private static RoomMessage paid(LogEntry entry, OrderEvent.Paid paid, Order order) {
        return RoomMessage.to(
                RoomNames.customerOf(order),
                "payment:received",
                jsonWithEventId(CamelCaseRendering.payment(order, paid), entry));
    }

    private static List<RoomMessage> assigned(
            LogEntry entry, OrderEvent.Assigned assigned, Order order, DisplayNames names) {
        var messages = new ArrayList<RoomMessage>();
        if (OrderRendering.isBeforeReady(order)) { // otherwise a separate status follows
            var fields = CamelCaseRendering.order(order)
                    .put("status", order.state().wireName())
                    .put("message", message(OrderState.ASSIGNED_TO_DRIVER));
            OrderRendering.putPeople(fields, order, names, UnaryOperator.identity());
            messages.add(
                    RoomMessage.to(RoomNames.watchersOf(order), "order:status:update", jsonWithEventId(fields, entry)));
        }
        messages.addAll(toDrivers(entry, assigned, order));
        return messages;
    }

    private static List<RoomMessage> toDrivers(LogEntry entry, OrderEvent.Assigned assigned, Order order) {
        return Stream.concat(
                        OrderRendering.driverId(assigned.driver()).map(id -> assigned(entry, id, order)).stream(),
                        OrderRendering.formerDriver(assigned)
                                .map(id -> unassigned(entry, id, order, OrderRendering.REASSIGNED))
                                .stream())
                .toList();
    }

    private static RoomMessage assigned(LogEntry entry, String driver, Order order) {
        return RoomMessage.to(
                List.of(RoomNames.driver(driver)),
                "order:assigned",
                jsonWithEventId(CamelCaseRendering.order(order), entry));
    }

    private static List<RoomMessage> handedBack(
            LogEntry entry, OrderEvent.HandedBack handedBack, Order order, DisplayNames names) {
        var messages = new ArrayList<RoomMessage>();
        if (OrderRendering.isBeforeReady(order)) { // otherwise a separate status follows
            messages.addAll(status(entry, handedBack, order, names));
        }
        OrderRendering.driverId(handedBack.driver())
                .map(id -> unassigned(entry, id, order, OrderRendering.HANDED_BACK))
                .ifPresent(messages::add);
        return messages;
    }

    private static RoomMessage unassigned(LogEntry entry, String former, Order order, String reason) {
        var fields = CamelCaseRendering.order(order).put("reason", reason);
        return RoomMessage.to(List.of(RoomNames.driver(former)), "order:unassigned", jsonWithEventId(fields, entry));
    }
}
