package waybill.server.dialect.storefront;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import waybill.access.Principal;
import waybill.hub.position.EtaUpdate;
import waybill.hub.position.PositionUpdate;
import waybill.hub.position.SignalUpdate;
import waybill.hub.position.TrackingSnapshot;
import waybill.hub.projection.DisplayNames;
import waybill.journal.LogEntry;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.order.SystemAlert;
import waybill.server.dialect.ClientMessage;
import waybill.server.dialect.Dialect;
import waybill.server.dialect.DirectMessage;
import waybill.server.dialect.RoomMessage;
import waybill.server.dialect.read.PayloadParsers;
import waybill.server.dialect.read.PositionFields;
import waybill.server.dialect.write.CamelCaseRendering;
import waybill.server.dialect.write.JsonObjectWriter;
import waybill.server.dialect.write.OrderRendering;
import waybill.server.dialect.write.RoomNames;

/// The dialect of `/storefront`, and of the namespaces for one role each: `register`, and `order:status:update` with
/// a sentence to show.
public final class StorefrontDialect implements Dialect {

    private static final PositionFields POSITION =
            new PositionFields("latitude", "longitude", "orderId", "recordedAt", true);

    static final String BROADCAST_ROOM = "storefront";

    private final DisplayNames names;

    public StorefrontDialect(DisplayNames names) {
        this.names = names;
    }

    /// A dialect without display names.
    public StorefrontDialect() {
        this(DisplayNames.NONE);
    }

    @Override
    public String name() {
        return "storefront";
    }

    @Override
    public ClientMessage parse(String event, String json) {
        return switch (event) {
            case "register" -> PayloadParsers.parseRegister(json);
            case "join:order" -> PayloadParsers.parseOrder(json, "orderId", ClientMessage.WatchOrder::new);
            case "leave:order" -> PayloadParsers.parseOrder(json, "orderId", ClientMessage.UnwatchOrder::new);
            case "join:delivery" -> PayloadParsers.parseDriver(json, "driverId", "deliveryId");
            case "delivery:location" -> PayloadParsers.parse(json, POSITION::parse);
            case "delivery:status" -> new ClientMessage.SetDriverStatus(json);
            case "order:place" -> new ClientMessage.Place(json);
            case "delivery:handback" -> PayloadParsers.parseHandBack(json, "orderId");
            case "sync" -> PayloadParsers.parseSync(json);
            case "ping" -> new ClientMessage.Ping();
            default -> new ClientMessage.Unknown(event);
        };
    }

    @Override
    public String broadcastRoom() {
        return BROADCAST_ROOM;
    }

    @Override
    public Set<String> rooms(Principal principal) {
        return RoomNames.ofPrincipal(principal);
    }

    @Override
    public String orderRoom(OrderId order) {
        return RoomNames.watchers(order);
    }

    @Override
    public String driverRoom(String driver) {
        return "delivery:" + driver;
    }

    @Override
    public List<RoomMessage> render(LogEntry entry) {
        return StorefrontEvents.render(entry, names);
    }

    @Override
    public RoomMessage render(PositionUpdate live) {
        var rooms = new TreeSet<>(
                Set.of(orderRoom(live.order()), driverRoom(live.driver()), RoomNames.ADMINS, RoomNames.SUPPORT));
        if (live.customerOrNone() != null && live.viewers() != PositionUpdate.Viewers.STAFF) {
            rooms.add(RoomNames.customer(live.customerOrNone()));
        }
        return RoomMessage.to(
                        rooms,
                        "delivery:location:update",
                        new JsonObjectWriter()
                                .put("orderId", live.order().toString())
                                .put("driverId", live.driver())
                                .put("location", location(live))
                                .put("heading", live.heading())
                                .put("speed", live.speed())
                                .put("recordedAt", live.recordedAt())
                                .put("ageMs", live.ageMs())
                                .json())
                .exceptAll(RoomNames.except(live.viewers()));
    }

    @Override
    public RoomMessage render(EtaUpdate eta) {
        var rooms = new TreeSet<>(Set.of(orderRoom(eta.order())));
        if (eta.customerOrNone() != null) {
            rooms.add(RoomNames.customer(eta.customerOrNone()));
        }
        return RoomMessage.to(
                rooms,
                "order:eta:update",
                CamelCaseRendering.eta(
                                new JsonObjectWriter()
                                        .put("orderId", eta.order().toString()),
                                eta)
                        .json());
    }

    @Override
    public RoomMessage render(SignalUpdate signal) {
        var rooms = new TreeSet<>(Set.of(driverRoom(signal.driver())));
        if (signal.orderOrNone() != null) {
            rooms.add(orderRoom(signal.orderOrNone()));
        }
        if (signal.customerOrNone() != null && signal.viewers() != PositionUpdate.Viewers.STAFF) {
            rooms.add(RoomNames.customer(signal.customerOrNone()));
        }
        return CamelCaseRendering.signal(signal, rooms, "delivery:signal:lost", "delivery:signal:regained");
    }

    @Override
    public Optional<DirectMessage> renderRegistered(Principal principal, String socketId) {
        return Optional.of(new DirectMessage(
                "registered",
                new JsonObjectWriter()
                        .put("userId", principal.id())
                        .put("role", principal.role().wireName())
                        .put("socketId", socketId)
                        .json()));
    }

    @Override
    public String renderSnapshot(TrackingSnapshot snapshot) {
        var order = snapshot.order();
        var live = snapshot.positionOrNone();
        var eta = snapshot.etaOrNone();
        return new JsonObjectWriter()
                .put("ok", true)
                .put("orderId", order.id().toString())
                .put("orderNumber", order.number())
                .put("status", order.state().wireName())
                .put("message", StorefrontEvents.message(order.state()))
                .put("driverId", OrderRendering.driverId(order))
                .put("location", live == null ? null : location(live))
                .put("signal", snapshot.signal())
                .put("eta", eta == null ? null : CamelCaseRendering.eta(new JsonObjectWriter(), eta))
                .put("eventId", order.lastSequence())
                .json();
    }

    /// Under both pairs of names, because map libraries differ in the names that they use.
    private static JsonObjectWriter location(PositionUpdate live) {
        var position = live.position();
        return new JsonObjectWriter()
                .put("lat", position.latitude())
                .put("lng", position.longitude())
                .put("latitude", position.latitude())
                .put("longitude", position.longitude());
    }

    @Override
    public RoomMessage renderNodeAlert(SystemAlert alert, boolean isOpen, Instant at) {
        return CamelCaseRendering.renderNodeAlert(alert, isOpen, at);
    }

    @Override
    public DirectMessage renderRateHint(long intervalMs) {
        return new DirectMessage(
                "delivery:rate:hint",
                new JsonObjectWriter().put("intervalMs", intervalMs).json());
    }

    @Override
    public String renderPlaced(Order order, boolean again) {
        return OrderRendering.placedAck(order, again);
    }
}
