package waybill.server.dialect.marketplace;

import static waybill.server.dialect.marketplace.MarketplaceDialect.NEW_REQUEST;
import static waybill.server.dialect.marketplace.MarketplaceRooms.DRIVERS;

import java.util.List;
import java.util.stream.Collectors;
import waybill.geo.Address;
import waybill.journal.LogEntry;
import waybill.order.Offer;
import waybill.order.Order;
import waybill.server.dialect.RoomMessage;
import waybill.server.dialect.write.JsonObjectWriter;
import waybill.server.dialect.write.OrderRendering;

/// The messages of offers to drivers on `/marketplace`.
final class MarketplaceOffers {

    static final String REQUEST_CLOSED = "delivery:request_closed";

    private MarketplaceOffers() {}

    /// To the drivers that the offer asks, until one has accepted it. `server_time` is when it was sent: a driver
    /// whose clock is wrong knows by it how much time is left.
    static RoomMessage newRequest(LogEntry entry, Order order, Offer offer) {
        var details = order.details();
        var fields = MarketplaceEvents.of(order)
                .put("pickup", location(details.pickup()).put("store_id", order.store()))
                .put("drop", location(details.dropoff()).put("customer_name", details.customerName()))
                .put("fare", details.fareOrNone())
                .put("currency", OrderRendering.currency(order))
                .put("timer", offer.timer().toSeconds())
                .put("expires_at", offer.expiresAtOrNone())
                .put("server_time", entry.receivedAt());
        return askedDrivers(order, offer, NEW_REQUEST, MarketplaceEvents.jsonWithEventId(fields, entry))
                .requiringAck();
    }

    /// A message to the drivers that an offer asks, but for those that declined the order.
    private static RoomMessage askedDrivers(Order order, Offer offer, String event, String json) {
        var rooms = offer.isToAll()
                ? List.of(DRIVERS)
                : offer.drivers().stream().map(MarketplaceRooms::driver).toList();
        var declined = order.offers().declinedBy().stream()
                .map(MarketplaceRooms::driver)
                .collect(Collectors.toSet());
        return RoomMessage.to(rooms, event, json).exceptAll(declined);
    }

    private static JsonObjectWriter location(Address address) {
        var fields = new JsonObjectWriter()
                .put("address", address.text())
                .put("lat", OrderRendering.latitude(address))
                .put("lng", OrderRendering.longitude(address));
        address.notes().ifPresent(notes -> fields.put("notes", notes));
        return fields;
    }

    /// To the drivers of the offer that the event closed, if it closed one: but for the driver that has the order.
    static List<RoomMessage> requestClosed(LogEntry entry, Order order, String reason) {
        var closed = order.offers().closed();
        if (closed.isEmpty()) {
            return List.of();
        }
        var message = askedDrivers(order, closed.get(), REQUEST_CLOSED, closedJson(entry, order, reason));
        return List.of(OrderRendering.driverId(order)
                .map(MarketplaceRooms::driver)
                .map(message::except)
                .orElse(message));
    }

    static String closedJson(LogEntry entry, Order order, String reason) {
        var fields =
                new JsonObjectWriter().put("order_id", order.id().toString()).put("reason", reason);
        return MarketplaceEvents.jsonWithEventId(fields, entry);
    }
}
