package waybill.server.dialect.marketplace;

import static waybill.server.dialect.marketplace.MarketplaceDialect.NEW_ORDER;
import static waybill.server.dialect.marketplace.MarketplaceRooms.ADMINS;
import static waybill.server.dialect.marketplace.MarketplaceRooms.BROADCAST_ROOM;
import static waybill.server.dialect.marketplace.MarketplaceRooms.CUSTOMERS;
import static waybill.server.dialect.marketplace.MarketplaceRooms.driver;
import static waybill.server.dialect.marketplace.MarketplaceRooms.merchant;
import static waybill.server.dialect.marketplace.MarketplaceRooms.user;
import static waybill.server.dialect.marketplace.MarketplaceRooms.watchers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import waybill.hub.projection.DisplayNames;
import waybill.journal.LogEntry;
import waybill.order.HubEvent;
import waybill.order.NodeEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.order.Stop;
import waybill.order.SystemAlert;
import waybill.server.dialect.RoomMessage;
import waybill.server.dialect.write.AlertRendering;
import waybill.server.dialect.write.BackendEventRendering;
import waybill.server.dialect.write.HubEventRendering;
import waybill.server.dialect.write.JsonObjectWriter;
import waybill.server.dialect.write.OrderRendering;

/// The messages of events on `/marketplace`.
final class MarketplaceEvents {

    private MarketplaceEvents() {}

    static List<RoomMessage> render(LogEntry entry, DisplayNames names) {
        return switch (entry.event()) {
            case OrderEvent event -> render(entry, event, OrderRendering.order(entry), names);
            case HubEvent.BackendEmitted emitted ->
                BackendEventRendering.render(emitted, MarketplaceRooms.of(emitted.to()), "event_id", entry.sequence());
            case HubEvent event -> List.of(render(entry, event));
            case NodeEvent _ -> List.of();
        };
    }

    private static List<RoomMessage> render(LogEntry entry, OrderEvent event, Order order, DisplayNames names) {
        return switch (event) {
            case OrderEvent.Placed _ -> placed(entry, event, order, names);
            case OrderEvent.StateChanged _ -> moved(entry, event, order, names);
            case OrderEvent.Paid paid -> List.of(paid(entry, paid, order));
            case OrderEvent.Assigned assigned -> assigned(entry, assigned, order, names);
            case OrderEvent.HandedBack handedBack -> handedBack(entry, handedBack, order, names);
            case OrderEvent.DriverArriving arriving -> List.of(arriving(entry, arriving, order));
            case OrderEvent.DriverArrived arrived -> List.of(arrived(entry, arrived, order));
            case OrderEvent.Delayed delayed ->
                List.of(delay("order:delayed", entry, order, MarketplaceDelays.delayed(of(order), delayed)));
            case OrderEvent.DelayEnded ended ->
                List.of(delay("order:delay_ended", entry, order, MarketplaceDelays.ended(of(order), ended)));
            case OrderEvent.DriverTakenOver _,
                    OrderEvent.ArrivalCorrected _,
                    OrderEvent.ProofRecorded _,
                    OrderEvent.OfferDeclined _,
                    OrderEvent.TimesSet _,
                    OrderEvent.OfLinks _ -> List.of();
            case OrderEvent.Offered(var offer) -> List.of(MarketplaceOffers.newRequest(entry, order, offer));
            case OrderEvent.OfferClosed(var _, var reason) ->
                MarketplaceOffers.requestClosed(entry, order, reason.wireName());
        };
    }

    private static List<RoomMessage> placed(LogEntry entry, OrderEvent event, Order order, DisplayNames names) {
        var messages = new ArrayList<RoomMessage>();
        messages.add(newOrder(entry, order));
        messages.add(status(entry, event, order, names));
        OrderRendering.offerWhenReady(order)
                .ifPresent(offer -> messages.add(MarketplaceOffers.newRequest(entry, order, offer)));
        return messages;
    }

    private static List<RoomMessage> moved(LogEntry entry, OrderEvent event, Order order, DisplayNames names) {
        var messages = new ArrayList<RoomMessage>();
        messages.add(status(entry, event, order, names));
        if (order.state() == OrderState.READY_FOR_PICKUP) {
            OrderRendering.offerWhenReady(order)
                    .ifPresent(offer -> messages.add(MarketplaceOffers.newRequest(entry, order, offer)));
        }
        messages.addAll(
                MarketplaceOffers.requestClosed(entry, order, order.state().wireName()));
        return messages;
    }

    /// Drivers that were not offered an order are not notified of its assignment. The former driver is notified
    /// that it was reassigned, and the new driver receives its status.
    private static List<RoomMessage> assigned(
            LogEntry entry, OrderEvent.Assigned assigned, Order order, DisplayNames names) {
        var driver = OrderRendering.driverId(assigned.driver());
        var messages = new ArrayList<RoomMessage>();
        if (OrderRendering.isBeforeReady(order)) { // otherwise a separate status follows
            var rooms = participants(order);
            rooms.add(watchers(order.id()));
            var status = status(entry, assigned, order, names, rooms);
            messages.add(driver.map(id -> status.except(driver(id))).orElse(status));
        }
        messages.addAll(MarketplaceOffers.requestClosed(entry, order, "assigned"));
        OrderRendering.formerDriver(assigned).ifPresent(former -> {
            messages.add(RoomMessage.to(
                    List.of(driver(former)),
                    MarketplaceOffers.REQUEST_CLOSED,
                    MarketplaceOffers.closedJson(entry, order, OrderRendering.REASSIGNED)));
            driver.ifPresent(id -> messages.add(status(entry, assigned, order, names, Set.of(driver(id)))));
        });
        return messages;
    }

    private static List<RoomMessage> handedBack(
            LogEntry entry, OrderEvent.HandedBack handedBack, Order order, DisplayNames names) {
        var messages = new ArrayList<RoomMessage>();
        if (OrderRendering.isBeforeReady(order)) { // otherwise a separate status follows
            messages.add(status(entry, handedBack, order, names));
        }
        OrderRendering.driverId(handedBack.driver())
                .map(former -> RoomMessage.to(
                        List.of(driver(former)),
                        MarketplaceOffers.REQUEST_CLOSED,
                        MarketplaceOffers.closedJson(entry, order, OrderRendering.HANDED_BACK)))
                .ifPresent(messages::add);
        return messages;
    }

    private static RoomMessage status(LogEntry entry, OrderEvent event, Order order, DisplayNames names) {
        return status(entry, event, order, names, audienceOf(order));
    }

    private static Set<String> audienceOf(Order order) {
        var rooms = participants(order);
        OrderRendering.driverId(order).map(MarketplaceRooms::driver).ifPresent(rooms::add);
        rooms.add(watchers(order.id()));
        return rooms;
    }

    private static RoomMessage status(
            LogEntry entry, OrderEvent event, Order order, DisplayNames names, Set<String> rooms) {
        var fields = of(order)
                .put("status", order.state().wireName())
                .put("previous_status", OrderRendering.previousState(entry));
        var reason = OrderRendering.reason(event);
        if (!reason.isEmpty()) {
            fields.put("reason", reason);
        }
        OrderRendering.putPeople(fields, order, names, SnakeCaseNames::fieldName);
        return RoomMessage.to(rooms, "order:status_update", jsonWithEventId(fields, entry));
    }

    /// An order that needs no acceptance has no timer.
    private static RoomMessage newOrder(LogEntry entry, Order order) {
        var details = order.details();
        var timer = order.acceptBy()
                .map(until -> Duration.between(order.placedAt(), until).toSeconds())
                .orElse(0L);
        var fields = of(order)
                .put("status", order.state().wireName())
                .put("customer_name", details.customerName())
                .putJson("items", SnakeCaseNames.toSnakeCase(OrderRendering.items(details.items())))
                .put("total_amount", details.totalOrNone())
                .put("currency", OrderRendering.currency(order))
                .put("timer", timer)
                .put("expires_at", order.acceptByOrNone());
        return RoomMessage.to(List.of(merchant(order.store())), NEW_ORDER, jsonWithEventId(fields, entry))
                .requiringAck();
    }

    private static RoomMessage delay(String name, LogEntry entry, Order order, JsonObjectWriter fields) {
        return RoomMessage.to(audienceOf(order), name, jsonWithEventId(fields, entry));
    }

    private static RoomMessage arriving(LogEntry entry, OrderEvent.DriverArriving arriving, Order order) {
        var fields = of(order)
                .put("driver_id", OrderRendering.driverId(order))
                .put("stop", arriving.stop().wireName());
        if (arriving.etaMinutesOrNone() == null) {
            fields.putNull("eta_minutes");
        } else {
            fields.put("eta_minutes", arriving.etaMinutesOrNone());
        }
        return RoomMessage.to(watchersAt(arriving.stop(), order), "driver:arriving", jsonWithEventId(fields, entry));
    }

    private static RoomMessage arrived(LogEntry entry, OrderEvent.DriverArrived arrived, Order order) {
        var fields = of(order)
                .put("driver_id", OrderRendering.driverId(order))
                .put("stop", arrived.stop().wireName())
                .put("arrived_at", arrived.at());
        var rooms = watchersAt(arrived.stop(), order);
        OrderRendering.driverId(order).map(MarketplaceRooms::driver).ifPresent(rooms::add);
        return RoomMessage.to(rooms, "driver:arrived", jsonWithEventId(fields, entry));
    }

    /// The users that are told of the driver at a stop: the customer at the dropoff alone.
    private static Set<String> watchersAt(Stop stop, Order order) {
        return stop.isCustomers() ? participants(order) : new TreeSet<>(Set.of(merchant(order.store()), ADMINS));
    }

    private static RoomMessage paid(LogEntry entry, OrderEvent.Paid paid, Order order) {
        var fields = of(order)
                .put("amount", paid.amount())
                .put("currency", paid.amount().currency())
                .put("payment_method", paid.method());
        return RoomMessage.to(participants(order), "payment:received", jsonWithEventId(fields, entry));
    }

    private static RoomMessage render(LogEntry entry, HubEvent event) {
        return switch (event) {
            case HubEvent.BusinessStatusChanged business ->
                RoomMessage.to(
                        List.of(BROADCAST_ROOM),
                        "business:status_update",
                        jsonWithEventId(
                                new JsonObjectWriter()
                                        .put("store_id", business.store())
                                        .put("is_open", business.isOpen())
                                        .put("business_name", business.businessName())
                                        .put("message", HubEventRendering.message(business)),
                                entry));
            case HubEvent.DriverStatusChanged driver ->
                RoomMessage.to(
                        List.of(ADMINS),
                        "driver:status_update",
                        jsonWithEventId(
                                new JsonObjectWriter()
                                        .put("driver_id", driver.driver())
                                        .put("status", driver.status().wireName())
                                        .put("current_order", driver.order().map(OrderId::toString)),
                                entry));
            case HubEvent.UserNotified notified ->
                RoomMessage.to(
                        List.of(user(notified.user())),
                        "notification:new",
                        jsonWithEventId(HubEventRendering.notification(notified), entry));
            case HubEvent.CouponCreated offer ->
                RoomMessage.to(
                        List.of(CUSTOMERS),
                        "offer:new",
                        jsonWithEventId(
                                new JsonObjectWriter()
                                        .put("code", offer.code())
                                        .put("description", offer.description())
                                        .put("discount_value", offer.discountValue()),
                                entry));
            case HubEvent.AlertOpened(var alert) -> alert(AlertRendering.OPENED, alert, entry);
            case HubEvent.AlertCleared(var alert) -> alert(AlertRendering.CLEARED, alert, entry);
            case HubEvent.BackendEmitted _ -> throw new IllegalArgumentException("rendered by its target");
        };
    }

    private static RoomMessage alert(String event, SystemAlert alert, LogEntry entry) {
        return RoomMessage.to(
                List.of(ADMINS),
                event,
                jsonWithEventId(AlertRendering.fields(alert, SnakeCaseNames::fieldName), entry));
    }

    /// The fields that identify the order.
    static JsonObjectWriter of(Order order) {
        return new JsonObjectWriter().put("order_id", order.id().toString()).put("order_number", order.number());
    }

    /// The order's customer, its store, administrators and support.
    private static Set<String> participants(Order order) {
        var rooms = new TreeSet<>(Set.of(merchant(order.store()), ADMINS));
        order.details().customer().map(MarketplaceRooms::customer).ifPresent(rooms::add);
        return rooms;
    }

    static String jsonWithEventId(JsonObjectWriter fields, LogEntry entry) {
        return fields.put("timestamp", entry.occurredAt())
                .put("event_id", entry.sequence())
                .json();
    }
}
