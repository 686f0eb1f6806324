package waybill.server.dialect.write;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.hub.position.PositionReport;
import waybill.hub.projection.DisplayNames;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.Item;
import waybill.order.ItemOption;
import waybill.order.Money;
import waybill.order.Offer;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderState;

/// The rendering of orders, as far as dialects share it.
public final class OrderRendering {

    /// The reason of the end of an assignment.
    public static final String REASSIGNED = "reassigned";

    /// The same, of one that the driver or an administrator has ended.
    public static final String HANDED_BACK = "handed_back";

    private OrderRendering() {}

    public static Order order(LogEntry entry) {
        return entry.order().orElseThrow(() -> new AssertionError("an entry of an order contains the order"));
    }

    /// The ack of an order that was placed: `{ok, orderId, orderNumber, status, eventId}`, and `duplicate` if it was
    /// there before.
    public static String placedAck(Order order, boolean again) {
        return "{\"ok\":true," + (again ? "\"duplicate\":true," : "") + "\"orderId\":\"" + order.id()
                + "\",\"orderNumber\":" + JsonObjectWriter.quote(order.number()) + ",\"status\":\""
                + order.state().wireName() + "\",\"eventId\":" + order.lastSequence() + "}";
    }

    /// The driver, if it has a name: a driver that is identified by its connection receives nothing in these
    /// dialects.
    public static Optional<String> driverId(Order order) {
        return order.driver().flatMap(OrderRendering::driverId);
    }

    /// The driver before the order was reassigned.
    public static Optional<String> formerDriver(OrderEvent.Assigned assigned) {
        return assigned.previousDriver().flatMap(OrderRendering::driverId);
    }

    public static Optional<String> driverId(Actor actor) {
        return actor.kind() == Actor.Kind.DRIVER ? Optional.of(actor.id()) : Optional.empty();
    }

    /// The wire name of the previous state, null for a new order.
    static @Nullable public String previousState(LogEntry entry) {
        return entry.previousState() == OrderState.NEW
                ? null
                : entry.previousState().wireName();
    }

    /// Whether the store still prepares the order: a driver that it gets or loses does not change its status.
    public static boolean isBeforeReady(Order order) {
        return switch (order.state()) {
            case ACCEPTED, PREPARING -> true;
            case NEW,
                    PENDING,
                    PAYMENT_CONFIRMED,
                    READY_FOR_PICKUP,
                    ASSIGNED_TO_DRIVER,
                    PICKED_UP,
                    IN_TRANSIT,
                    DELIVERED,
                    CANCELLED,
                    DECLINED,
                    EXPIRED,
                    FAILED,
                    RETURNED -> false;
        };
    }

    /// Adds the store that accepted the order, and its driver, as far as they are known: `chefName`, `driverId`,
    /// `driverName` and `driverPhone`. All recipients of an order's status may see them.
    public static JsonObjectWriter putPeople(
            JsonObjectWriter fields, Order order, DisplayNames names, UnaryOperator<String> name) {
        if (order.state() == OrderState.ACCEPTED) {
            names.store(order.store()).ifPresent(store -> fields.put(name.apply("chefName"), store));
        }
        driverId(order)
                .flatMap(names::driver)
                .filter(person -> person.name().isPresent() || person.phone().isPresent())
                .ifPresent(driver -> fields.put(name.apply("driverId"), driver.id())
                        .put(name.apply("driverName"), driver.name())
                        .put(name.apply("driverPhone"), driver.phone()));
        return fields;
    }

    /// Empty if there is none.
    public static String reason(OrderEvent event) {
        return switch (event) {
            case OrderEvent.StateChanged(var _, var reason, var _) -> reason;
            case OrderEvent.OfferDeclined(var _, var reason) -> reason;
            case OrderEvent.HandedBack(var _, var reason) -> reason;
            case OrderEvent.OfferClosed(var _, var reason) -> reason.wireName();
            case OrderEvent.Placed _,
                    OrderEvent.Paid _,
                    OrderEvent.Assigned _,
                    OrderEvent.DriverTakenOver _,
                    OrderEvent.DriverArriving _,
                    OrderEvent.DriverArrived _,
                    OrderEvent.ArrivalCorrected _,
                    OrderEvent.Offered _,
                    OrderEvent.ProofRecorded _,
                    OrderEvent.OfTimes _,
                    OrderEvent.OfLinks _ -> "";
        };
    }

    /// The offer to all drivers with which an order becomes ready. An offer to some drivers was open before.
    public static Optional<Offer> offerWhenReady(Order order) {
        return order.offers().open().filter(Offer::isToAll);
    }

    /// The currency in which its amounts are, if there are any.
    static @Nullable public String currency(Order order) {
        var details = order.details();
        return Stream.concat(details.total().stream(), details.fare().stream())
                .map(Money::currency)
                .findFirst()
                .orElse(null);
    }

    /// As a JSON list of `{product, name, quantity, price?, unitPrice?, notes?, options?}`: a price is in minor
    /// units, as it is sent, and a `unitPrice` the same as a decimal number.
    public static String items(List<Item> items) {
        return items.stream().map(OrderRendering::item).collect(Collectors.joining(",", "[", "]"));
    }

    private static String item(Item item) {
        var fields = new JsonObjectWriter()
                .put("product", item.product())
                .put("name", item.name())
                .put("quantity", item.quantity());
        putPrice(fields, item.price());
        item.notes().ifPresent(notes -> fields.put("notes", notes));
        if (!item.options().isEmpty()) {
            fields.putJson(
                    "options",
                    item.options().stream().map(OrderRendering::option).collect(Collectors.joining(",", "[", "]")));
        }
        return fields.json();
    }

    private static String option(ItemOption option) {
        var fields = new JsonObjectWriter().put("name", option.name());
        if (option.valueOrNone() != null) {
            fields.put("value", option.valueOrNone());
        }
        putPrice(fields, option.price());
        return fields.json();
    }

    private static void putPrice(JsonObjectWriter fields, Optional<Money> price) {
        price.ifPresent(one -> fields.put("price", one.minorUnits()).put("unitPrice", one));
    }

    public static double latitude(Address address) {
        return address.position().map(Position::latitude).orElse(PositionReport.UNKNOWN);
    }

    public static double longitude(Address address) {
        return address.position().map(Position::longitude).orElse(PositionReport.UNKNOWN);
    }
}
