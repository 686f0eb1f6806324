package waybill.server.dialect;

import static waybill.server.dialect.MarketplaceDialect.ADMINS;
import static waybill.server.dialect.MarketplaceDialect.CUSTOMERS;
import static waybill.server.dialect.MarketplaceDialect.DRIVERS;
import static waybill.server.dialect.MarketplaceDialect.EVERYBODY;
import static waybill.server.dialect.MarketplaceDialect.NEW_ORDER;
import static waybill.server.dialect.MarketplaceDialect.NEW_REQUEST;
import static waybill.server.dialect.MarketplaceDialect.driver;
import static waybill.server.dialect.MarketplaceDialect.merchant;
import static waybill.server.dialect.MarketplaceDialect.user;
import static waybill.server.dialect.MarketplaceDialect.watchers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import waybill.geo.Address;
import waybill.order.HubEvent;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;

/// What is said on `/marketplace` of what has happened.
final class MarketplaceNews {

    private static final String REQUEST_CLOSED = "delivery:request_closed";

    private MarketplaceNews() {}

    static List<Said> tell(LogEntry entry, Names names) {
        return switch (entry.event()) {
            case OrderEvent event -> tell(entry, event, OrderFacts.of(entry), names);
            case HubEvent event -> List.of(tell(entry, event));
        };
    }

    private static List<Said> tell(LogEntry entry, OrderEvent event, Order order, Names names) {
        return switch (event) {
            case OrderEvent.Placed _ -> placed(entry, event, order, names);
            case OrderEvent.Moved _ -> moved(entry, event, order, names);
            case OrderEvent.Paid paid -> List.of(paid(entry, paid, order));
            case OrderEvent.Assigned assigned -> assigned(entry, assigned, order, names);
            case OrderEvent.HandedOver _ -> List.of();
        };
    }

    private static List<Said> placed(LogEntry entry, OrderEvent event, Order order, Names names) {
        var said = new ArrayList<Said>();
        said.add(newOrder(entry, order));
        said.add(status(entry, event, order, names));
        if (OrderFacts.waitsForDriver(order)) {
            said.add(newRequest(entry, order));
        }
        return said;
    }

    private static List<Said> moved(LogEntry entry, OrderEvent event, Order order, Names names) {
        var said = new ArrayList<Said>();
        said.add(status(entry, event, order, names));
        if (OrderFacts.waitsForDriver(order)) {
            said.add(newRequest(entry, order));
        } else if (entry.before() == OrderState.READY_FOR_PICKUP
                && !order.state().isActive()) {
            said.add(closed(entry, order, order.state().word(), Optional.empty()));
        }
        return said;
    }

    /// Drivers who were never asked for an order need not know that it has found one. Who had it is told that it is
    /// another's, and that other one how it stands.
    private static List<Said> assigned(LogEntry entry, OrderEvent.Assigned assigned, Order order, Names names) {
        var driver = OrderFacts.driver(assigned.driver());
        var said = new ArrayList<Said>();
        if (OrderFacts.isEarly(order)) { // or else a status of its own follows
            var rooms = participants(order);
            rooms.add(watchers(order.id()));
            var status = status(entry, assigned, order, names, rooms);
            said.add(driver.map(id -> status.except(driver(id))).orElse(status));
        }
        if (entry.before() == OrderState.READY_FOR_PICKUP) {
            said.add(closed(entry, order, "assigned", driver));
        }
        OrderFacts.former(assigned).ifPresent(former -> {
            said.add(Said.to(List.of(driver(former)), REQUEST_CLOSED, closed(entry, order, OrderFacts.REASSIGNED)));
            driver.ifPresent(id -> said.add(status(entry, assigned, order, names, Set.of(driver(id)))));
        });
        return said;
    }

    private static Said status(LogEntry entry, OrderEvent event, Order order, Names names) {
        var rooms = participants(order);
        OrderFacts.driver(order).map(MarketplaceDialect::driver).ifPresent(rooms::add);
        rooms.add(watchers(order.id()));
        return status(entry, event, order, names, rooms);
    }

    private static Said status(LogEntry entry, OrderEvent event, Order order, Names names, Set<String> rooms) {
        var fields = of(order).put("status", order.state().word()).put("previous_status", OrderFacts.before(entry));
        var reason = OrderFacts.reason(event);
        if (!reason.isEmpty()) {
            fields.put("reason", reason);
        }
        OrderFacts.withPeople(fields, order, names, SnakeCase::word);
        return Said.to(rooms, "order:status_update", signed(fields, entry));
    }

    /// A store that need not accept has no time to do it in.
    private static Said newOrder(LogEntry entry, Order order) {
        var details = order.details();
        var timer = order.acceptBy()
                .map(until -> Duration.between(order.placedAt(), until).toSeconds())
                .orElse(0L);
        var fields = of(order)
                .put("status", order.state().word())
                .put("customer_name", details.customerName())
                .putJson("items", SnakeCase.of(OrderFacts.items(details.items())))
                .put("total_amount", details.totalOrNone())
                .put("currency", OrderFacts.currency(order))
                .put("timer", timer)
                .put("expires_at", order.acceptByOrNone());
        return Said.to(List.of(merchant(order.store())), NEW_ORDER, signed(fields, entry))
                .wantingReceipt();
    }

    /// Asked of all drivers, for as long as nobody has answered.
    private static Said newRequest(LogEntry entry, Order order) {
        var details = order.details();
        var fields = of(order)
                .put("pickup", place(details.pickup()).put("store_id", order.store()))
                .put("drop", place(details.dropoff()).put("customer_name", details.customerName()))
                .put("fare", details.fareOrNone())
                .put("currency", OrderFacts.currency(order))
                .put("timer", 0)
                .putNothing("expires_at");
        return Said.to(List.of(DRIVERS), NEW_REQUEST, signed(fields, entry)).wantingReceipt();
    }

    private static Fields place(Address address) {
        var fields = new Fields()
                .put("address", address.text())
                .put("lat", OrderFacts.latitude(address))
                .put("lng", OrderFacts.longitude(address));
        address.notes().ifPresent(notes -> fields.put("notes", notes));
        return fields;
    }

    private static Said closed(LogEntry entry, Order order, String reason, Optional<String> winner) {
        var said = Said.to(List.of(DRIVERS), REQUEST_CLOSED, closed(entry, order, reason));
        return winner.map(MarketplaceDialect::driver).map(said::except).orElse(said);
    }

    private static String closed(LogEntry entry, Order order, String reason) {
        var fields = new Fields().put("order_id", order.id().toString()).put("reason", reason);
        return signed(fields, entry);
    }

    private static Said paid(LogEntry entry, OrderEvent.Paid paid, Order order) {
        var fields = of(order)
                .put("amount", paid.amount())
                .put("currency", paid.amount().currency())
                .put("payment_method", paid.method());
        return Said.to(participants(order), "payment:received", signed(fields, entry));
    }

    private static Said tell(LogEntry entry, HubEvent event) {
        return switch (event) {
            case HubEvent.BusinessStatusChanged business ->
                Said.to(
                        List.of(EVERYBODY),
                        "business:status_update",
                        signed(
                                new Fields()
                                        .put("store_id", business.store())
                                        .put("is_open", business.isOpen())
                                        .put("business_name", business.businessName())
                                        .put("message", HubFacts.message(business)),
                                entry));
            case HubEvent.DriverStatusChanged driver ->
                Said.to(
                        List.of(ADMINS),
                        "driver:status_update",
                        signed(
                                new Fields()
                                        .put("driver_id", driver.driver())
                                        .put("status", driver.status().word())
                                        .put("current_order", driver.order().map(OrderId::toString)),
                                entry));
            case HubEvent.Notified notified ->
                Said.to(
                        List.of(user(notified.user())),
                        "notification:new",
                        signed(HubFacts.notification(notified), entry));
            case HubEvent.OfferMade offer ->
                Said.to(
                        List.of(CUSTOMERS),
                        "offer:new",
                        signed(
                                new Fields()
                                        .put("code", offer.code())
                                        .put("description", offer.description())
                                        .put("discount_value", offer.discountValue()),
                                entry));
        };
    }

    /// Which order it is.
    private static Fields of(Order order) {
        return new Fields().put("order_id", order.id().toString()).put("order_number", order.number());
    }

    /// Whose order it is, whose store, and who looks after all of them.
    private static Set<String> participants(Order order) {
        var rooms = new TreeSet<>(Set.of(merchant(order.store()), ADMINS));
        order.details().customer().map(MarketplaceDialect::customer).ifPresent(rooms::add);
        return rooms;
    }

    private static String signed(Fields fields, LogEntry entry) {
        return fields.put("timestamp", entry.occurredAt())
                .put("event_id", entry.position())
                .json();
    }
}
