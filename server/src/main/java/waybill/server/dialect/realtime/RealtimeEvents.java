package waybill.server.dialect.realtime;

import static waybill.server.dialect.write.CamelCaseRendering.jsonWithEventId;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import waybill.hub.projection.DisplayNames;
import waybill.journal.LogEntry;
import waybill.order.HubEvent;
import waybill.order.NodeEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.Proof;
import waybill.server.dialect.RoomMessage;
import waybill.server.dialect.write.ArrivalRendering;
import waybill.server.dialect.write.CamelCaseRendering;
import waybill.server.dialect.write.DelayRendering;
import waybill.server.dialect.write.OrderRendering;
import waybill.server.dialect.write.RoomNames;

/// The messages of events on `/realtime`.
final class RealtimeEvents {

    private RealtimeEvents() {}

    static List<RoomMessage> render(LogEntry entry, DisplayNames names) {
        return switch (entry.event()) {
            case OrderEvent event -> render(entry, event, OrderRendering.order(entry), names);
            case HubEvent event -> CamelCaseRendering.renderHubEvent(entry, event, RealtimeDialect.BROADCAST_ROOM);
            case NodeEvent _ -> List.of();
        };
    }

    private static List<RoomMessage> render(LogEntry entry, OrderEvent event, Order order, DisplayNames names) {
        return switch (event) {
            case OrderEvent.Placed _ -> List.of(placed(entry, order), status(entry, event, order, names));
            case OrderEvent.StateChanged _ -> List.of(status(entry, event, order, names));
            case OrderEvent.Paid paid -> List.of(paid(entry, paid, order));
            case OrderEvent.Assigned assigned -> assigned(entry, assigned, order, names);
            case OrderEvent.HandedBack handedBack -> handedBack(entry, handedBack, order, names);
            case OrderEvent.DriverArriving arriving -> List.of(arriving(entry, arriving, order));
            case OrderEvent.DriverArrived arrived -> List.of(arrived(entry, arrived, order));
            case OrderEvent.ProofRecorded(var proof) -> List.of(proof(entry, proof, order));
            case OrderEvent.Delayed delayed ->
                List.of(RoomMessage.to(
                        RoomNames.audienceOf(order),
                        "order:delayed",
                        jsonWithEventId(DelayRendering.delayed(order, delayed), entry)));
            case OrderEvent.DelayEnded ended ->
                List.of(RoomMessage.to(
                        RoomNames.audienceOf(order),
                        "order:delay_ended",
                        jsonWithEventId(DelayRendering.ended(order, ended), entry)));
            case OrderEvent.TimesSet _,
                    OrderEvent.OfLinks _,
                    OrderEvent.DriverTakenOver _,
                    OrderEvent.ArrivalCorrected _,
                    OrderEvent.Offered _,
                    OrderEvent.OfferDeclined _,
                    OrderEvent.OfferClosed _ -> List.of();
        };
    }

    private static RoomMessage status(LogEntry entry, OrderEvent event, Order order, DisplayNames names) {
        return status(entry, event, order, names, RoomNames.audienceOf(order));
    }

    private static RoomMessage status(
            LogEntry entry, OrderEvent event, Order order, DisplayNames names, Set<String> rooms) {
        var fields = CamelCaseRendering.order(order)
                .put("status", order.state().wireName())
                .put("previousStatus", OrderRendering.previousState(entry));
        var reason = OrderRendering.reason(event);
        if (!reason.isEmpty()) {
            fields.put("reason", reason);
        }
        OrderRendering.putPeople(fields, order, names, UnaryOperator.identity());
        return RoomMessage.to(rooms, "order:status_update", jsonWithEventId(fields, entry));
    }

    private static RoomMessage placed(LogEntry entry, Order order) {
        var details = order.details();
        var fields = CamelCaseRendering.order(order)
                .put("status", order.state().wireName())
                .put("storeId", order.store())
                .put("externalId", order.foreignId())
                .put("customerId", details.customer())
                .put("customerName", details.customerName())
                .put("customerPhone", details.customerPhone());
        CamelCaseRendering.pickup(fields, order)
                .putJson("items", OrderRendering.items(details.items()))
                .put("totalAmount", details.totalOrNone())
                .put("fare", details.fareOrNone())
                .put("currency", OrderRendering.currency(order))
                .put("paid", order.isPaid())
                .put("driverId", OrderRendering.driverId(order))
                .put("createdAt", order.placedAt())
                .put("acceptBy", order.acceptByOrNone());
        return RoomMessage.to(
                List.of(RoomNames.store(order.store()), RoomNames.ADMINS, RoomNames.SUPPORT),
                "order:new",
                jsonWithEventId(fields, entry));
    }

    private static List<RoomMessage> assigned(
            LogEntry entry, OrderEvent.Assigned assigned, Order order, DisplayNames names) {
        var messages = new ArrayList<RoomMessage>();
        if (OrderRendering.isBeforeReady(order)) { // otherwise a separate status follows
            messages.add(status(entry, assigned, order, names, RoomNames.watchersOf(order)));
        }
        messages.addAll(toDrivers(entry, assigned, order));
        return messages;
    }

    private static List<RoomMessage> toDrivers(LogEntry entry, OrderEvent.Assigned assigned, Order order) {
        return Stream.concat(
                        OrderRendering.driverId(assigned.driver()).map(id -> assigned(entry, id, order)).stream(),
                        OrderRendering.formerDriver(assigned)
                                .map(id -> ended(entry, id, order, OrderRendering.REASSIGNED))
                                .stream())
                .toList();
    }

    private static List<RoomMessage> handedBack(
            LogEntry entry, OrderEvent.HandedBack handedBack, Order order, DisplayNames names) {
        var messages = new ArrayList<RoomMessage>();
        if (OrderRendering.isBeforeReady(order)) { // otherwise a separate status follows
            messages.add(status(entry, handedBack, order, names));
        }
        OrderRendering.driverId(handedBack.driver())
                .map(id -> ended(entry, id, order, OrderRendering.HANDED_BACK))
                .ifPresent(messages::add);
        return messages;
    }

    private static RoomMessage ended(LogEntry entry, String former, Order order, String reason) {
        var fields = CamelCaseRendering.order(order).put("reason", reason);
        return RoomMessage.to(
                List.of(RoomNames.driver(former)), "driver:assignment_ended", jsonWithEventId(fields, entry));
    }

    private static RoomMessage assigned(LogEntry entry, String driver, Order order) {
        var details = order.details();
        var fields = CamelCaseRendering.order(order)
                .put("driverId", driver)
                .put("status", order.state().wireName())
                .put("storeId", order.store())
                .put("customerName", details.customerName())
                .put("customerPhone", details.customerPhone());
        CamelCaseRendering.pickup(fields, order)
                .putJson("items", OrderRendering.items(details.items()))
                .put("fare", details.fareOrNone())
                .put("currency", OrderRendering.currency(order));
        return RoomMessage.to(
                List.of(RoomNames.driver(driver)), "driver:new_assignment", jsonWithEventId(fields, entry));
    }

    private static RoomMessage arriving(LogEntry entry, OrderEvent.DriverArriving arriving, Order order) {
        return ArrivalRendering.arriving(
                "driver:arriving",
                entry,
                arriving.stop(),
                ArrivalRendering.arriving(ArrivalRendering.fields(order), arriving));
    }

    private static RoomMessage arrived(LogEntry entry, OrderEvent.DriverArrived arrived, Order order) {
        return ArrivalRendering.arrived(
                "driver:arrived",
                entry,
                arrived.stop(),
                ArrivalRendering.arrived(ArrivalRendering.fields(order), arrived));
    }

    private static RoomMessage proof(LogEntry entry, Proof proof, Order order) {
        var fields = CamelCaseRendering.order(order)
                .put("number", proof.number())
                .put("kind", proof.kind().wireName())
                .put("occurredAt", proof.occurredAt());
        return RoomMessage.to(RoomNames.audienceOf(order), "order:proof", jsonWithEventId(fields, entry));
    }

    private static RoomMessage paid(LogEntry entry, OrderEvent.Paid paid, Order order) {
        var rooms = RoomNames.customerOf(order);
        rooms.add(RoomNames.store(order.store()));
        return RoomMessage.to(
                rooms, "payment:received", jsonWithEventId(CamelCaseRendering.payment(order, paid), entry));
    }
}
