package waybill.server.dialect;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.Arrivals;
import waybill.order.Customer;
import waybill.order.Event;
import waybill.order.HubEvent;
import waybill.order.Item;
import waybill.order.Money;
import waybill.order.Offer;
import waybill.order.Order;
import waybill.order.OrderDetails;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderOffers;
import waybill.order.OrderProofs;
import waybill.order.OrderState;
import waybill.order.OrderTimes;

/// One entry of the log of every kind, by the names that the corpus files use.
public final class SampleEntries {

    public static final OrderId ORDER = new OrderId(UUID.fromString("019c0f3e-8000-7000-8000-000000000001"));
    public static final Instant NOON = Instant.parse("2026-01-31T12:00:00.120Z");
    public static final Actor KARI = Actor.driver("kari");
    static final Actor NAMELESS = new Actor(Actor.Kind.SOCKET, "s1");

    static final OrderDetails SUSHI = new OrderDetails(
            new Customer("jane", "Jane \"JD\" Doe", "+4712345678"),
            new Address("1 Dock Street", new Position(59.9, 10.7)),
            new Address("12 Lake Road", new Position(0, -10.5)),
            List.of(new Item("p1", "Sushi", 2, new Money(650, "EUR")), new Item("p2", null, 1, null)),
            new Money(1300, "EUR"),
            new Money(500, "EUR"));

    private static final Offer TO_ALL = Offer.toAll(1, NOON, Optional.of(Duration.ofSeconds(30)));
    private static final Offer TO_TWO =
            new Offer(1, List.of("kari", "ola"), NOON, NOON.plusSeconds(30), List.of("per"));

    private static final Map<OrderState, String> REASONS = Map.of(
            OrderState.CANCELLED, "out of \"fries\"",
            OrderState.DECLINED, "too busy",
            OrderState.FAILED, "no answer at the door");

    private SampleEntries() {}

    static Map<String, LogEntry> all() {
        var entries = new LinkedHashMap<String, LogEntry>();
        putStates(entries);
        putDrivers(entries);
        putOffers(entries);
        SampleJourneyEntries.putAll(entries);
        SampleHubEntries.putAll(entries);
        return entries;
    }

    private static void putStates(Map<String, LogEntry> entries) {
        entries.put("placed", placed());
        entries.put("placed-ready", entry(OrderState.NEW, placed(OrderState.READY_FOR_PICKUP), open(parcel(), TO_ALL)));
        entries.put(
                "paid",
                entry(
                        OrderState.PENDING,
                        new OrderEvent.Paid(new Money(1300, "JPY"), "card"),
                        sushi(OrderState.PENDING, null)));
        for (var to : OrderState.values()) {
            if (to != OrderState.NEW) {
                entries.put("moved-" + to.wireName(), moved(to));
            }
        }
        entries.put(
                "cancelled-waiting",
                entry(
                        OrderState.READY_FOR_PICKUP,
                        new OrderEvent.StateChanged(OrderState.CANCELLED, "changed my mind", ""),
                        closed(sushi(OrderState.CANCELLED, null), TO_ALL)));
    }

    private static void putDrivers(Map<String, LogEntry> entries) {
        entries.put("assigned", assigned(OrderState.READY_FOR_PICKUP, KARI));
        entries.put("assigned-nameless", assigned(OrderState.READY_FOR_PICKUP, NAMELESS));
        entries.put("assigned-early", assigned(OrderState.PREPARING, KARI));
        entries.put("reassigned", reassigned(OrderState.PICKED_UP, Actor.driver("ola")));
        entries.put("reassigned-early", reassigned(OrderState.ACCEPTED, Actor.driver("ola")));
        entries.put("reassigned-from-nameless", reassigned(OrderState.IN_TRANSIT, NAMELESS));
        entries.put("handed-back", handedBack(OrderState.ASSIGNED_TO_DRIVER, KARI));
        entries.put("handed-back-early", handedBack(OrderState.ACCEPTED, KARI));
        entries.put("handed-back-nameless", handedBack(OrderState.PREPARING, NAMELESS));
        entries.put(
                "handed-over",
                entry(
                        OrderState.IN_TRANSIT,
                        new OrderEvent.DriverTakenOver(KARI, "{}"),
                        sushi(OrderState.IN_TRANSIT, KARI)));
    }

    private static void putOffers(Map<String, LogEntry> entries) {
        entries.put(
                "offered",
                entry(
                        OrderState.PREPARING,
                        new OrderEvent.Offered(TO_TWO),
                        open(sushi(OrderState.PREPARING, null), TO_TWO)));
        entries.put("offered-to-all", offeredToAll());
        entries.put(
                "offer-declined",
                entry(
                        OrderState.PREPARING,
                        new OrderEvent.OfferDeclined(KARI, "too far"),
                        open(sushi(OrderState.PREPARING, null), TO_TWO)));
        entries.put(
                "offer-expired",
                entry(
                        OrderState.PREPARING,
                        new OrderEvent.OfferClosed(1, OrderEvent.CloseReason.EXPIRED),
                        closed(sushi(OrderState.PREPARING, null), TO_TWO)));
        entries.put(
                "offer-accepted",
                entry(
                        OrderState.PREPARING,
                        new OrderEvent.Assigned(KARI),
                        closed(sushi(OrderState.PREPARING, KARI), TO_TWO)));
    }

    /// Those whose events are the hub's own, and not a backend's.
    static List<LogEntry> ofTheHub() {
        return all().values().stream()
                .filter(entry -> !(entry.event() instanceof HubEvent.BackendEmitted))
                .toList();
    }

    static LogEntry placed() {
        return entry(OrderState.NEW, placed(OrderState.PENDING), sushi(OrderState.PENDING, null));
    }

    private static LogEntry handedBack(OrderState state, Actor driver) {
        return entry(state, new OrderEvent.HandedBack(driver, "flat tyre"), sushi(state, null));
    }

    private static OrderEvent.Placed placed(OrderState as) {
        return new OrderEvent.Placed(as);
    }

    /// From the state that usually comes before.
    private static LogEntry moved(OrderState to) {
        var before = switch (to) {
            case NEW, PENDING -> OrderState.NEW;
            case PAYMENT_CONFIRMED, ACCEPTED, DECLINED, EXPIRED -> OrderState.PENDING;
            case PREPARING -> OrderState.ACCEPTED;
            case READY_FOR_PICKUP -> OrderState.PREPARING;
            case ASSIGNED_TO_DRIVER -> OrderState.READY_FOR_PICKUP;
            case PICKED_UP, CANCELLED -> OrderState.ASSIGNED_TO_DRIVER;
            case IN_TRANSIT -> OrderState.PICKED_UP;
            case DELIVERED, FAILED -> OrderState.IN_TRANSIT;
            case RETURNED -> OrderState.FAILED;
        };
        var hasDriver = before.compareTo(OrderState.READY_FOR_PICKUP) >= 0;
        var order = sushi(to, hasDriver ? KARI : null);
        return entry(
                before,
                new OrderEvent.StateChanged(to, REASONS.getOrDefault(to, ""), OrderEvent.NO_DOCUMENT),
                to == OrderState.READY_FOR_PICKUP ? open(order, TO_ALL) : order);
    }

    private static Order open(Order order, Offer offer) {
        return order.withOffers(new OrderOffers(offer.round(), offer, null, List.of(), List.of()));
    }

    private static Order closed(Order order, Offer offer) {
        return order.withOffers(new OrderOffers(offer.round(), null, offer, List.of(), List.of()));
    }

    /// Kari has declined the order before, and no other driver has answered.
    private static LogEntry offeredToAll() {
        var last = Offer.toAll(3, NOON, Optional.empty());
        var offers = new OrderOffers(3, last, null, List.of("kari"), List.of("ola"));
        return entry(
                OrderState.READY_FOR_PICKUP,
                new OrderEvent.Offered(last),
                sushi(OrderState.READY_FOR_PICKUP, null).withOffers(offers));
    }

    private static LogEntry assigned(OrderState state, Actor driver) {
        var order = sushi(state, driver);
        return entry(
                state,
                new OrderEvent.Assigned(driver),
                state == OrderState.READY_FOR_PICKUP ? closed(order, TO_ALL) : order);
    }

    private static LogEntry reassigned(OrderState state, Actor former) {
        return entry(state, new OrderEvent.Assigned(KARI, former), sushi(state, KARI));
    }

    public static Order sushi(OrderState state, @Nullable Actor driver) {
        return new Order(
                ORDER,
                "WB-20260131-0001",
                "acme-widgets",
                "m1",
                "o1",
                state,
                driver,
                0,
                SUSHI,
                NOON,
                NOON.plusSeconds(60),
                Arrivals.NONE,
                OrderOffers.NONE,
                OrderTimes.NONE,
                OrderProofs.NONE,
                7);
    }

    /// A parcel of which little is known.
    public static Order parcel() {
        return new Order(
                ORDER,
                "WB-20260131-0001",
                "acme-widgets",
                "m1",
                "o1",
                OrderState.READY_FOR_PICKUP,
                null,
                0,
                OrderDetails.ofParcel("", "12 Lake Road"),
                NOON,
                null,
                Arrivals.NONE,
                OrderOffers.NONE,
                OrderTimes.NONE,
                OrderProofs.NONE,
                7);
    }

    static LogEntry entry(OrderState before, OrderEvent event, Order order) {
        return entry(before, event, order, new Actor(Actor.Kind.MERCHANT, "m"));
    }

    /// It happened a while before the hub received it.
    static LogEntry entry(OrderState before, Event event, @Nullable Order order, Actor by) {
        return new LogEntry(7, order, before, event, by, NOON, NOON.plusSeconds(5));
    }
}
