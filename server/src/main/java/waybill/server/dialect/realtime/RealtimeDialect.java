package waybill.server.dialect.realtime;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
import waybill.server.dialect.read.FleetViewParser;
import waybill.server.dialect.read.PayloadParsers;
import waybill.server.dialect.read.PositionFields;
import waybill.server.dialect.write.CamelCaseRendering;
import waybill.server.dialect.write.JsonObjectWriter;
import waybill.server.dialect.write.OrderRendering;
import waybill.server.dialect.write.RoomNames;
import waybill.tracking.FixOutcome;

/// The dialect of `/realtime`: `order:status_update` and `driver:location`, fields in camelCase.
public final class RealtimeDialect implements Dialect {

    static final String BROADCAST_ROOM = "realtime";

    private static final PositionFields POSITION =
            new PositionFields("latitude", "longitude", "orderId", "recordedAt", false);

    private final DisplayNames names;

    public RealtimeDialect(DisplayNames names) {
        this.names = names;
    }

    /// A dialect without display names.
    public RealtimeDialect() {
        this(DisplayNames.NONE);
    }

    @Override
    public String name() {
        return "realtime";
    }

    @Override
    public ClientMessage parse(String event, String json) {
        return switch (event) {
            case "subscribe:order" -> PayloadParsers.parseOrder(json, "orderId", ClientMessage.WatchOrder::new);
            case "unsubscribe:order" -> PayloadParsers.parseOrder(json, "orderId", ClientMessage.UnwatchOrder::new);
            case "subscribe:fleet" -> FleetViewParser.parse(json);
            case "unsubscribe:fleet" -> new ClientMessage.UnwatchFleet();
            case "driver:location" -> PayloadParsers.parse(json, POSITION::parse);
            case "driver:status" -> new ClientMessage.SetDriverStatus(json);
            case "order:place" -> new ClientMessage.Place(json);
            case "driver:hand_back" -> PayloadParsers.parseHandBack(json, "orderId");
            case "sync" -> PayloadParsers.parseSync(json);
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
        return "driver:" + driver;
    }

    @Override
    public List<RoomMessage> render(LogEntry entry) {
        return RealtimeEvents.render(entry, names);
    }

    @Override
    public RoomMessage render(PositionUpdate live) {
        return RoomMessage.to(
                        Set.of(orderRoom(live.order())),
                        "driver:location_update",
                        putLocation(
                                        new JsonObjectWriter()
                                                .put("orderId", live.order().toString())
                                                .put("driverId", live.driver()),
                                        live)
                                .json())
                .exceptAll(RoomNames.except(live.viewers()));
    }

    @Override
    public RoomMessage render(EtaUpdate eta) {
        return RoomMessage.to(
                Set.of(orderRoom(eta.order())),
                "order:eta_update",
                CamelCaseRendering.eta(
                                new JsonObjectWriter()
                                        .put("orderId", eta.order().toString()),
                                eta)
                        .json());
    }

    @Override
    public RoomMessage render(SignalUpdate signal) {
        var order = signal.orderOrNone();
        return CamelCaseRendering.signal(
                signal,
                order == null ? Set.of() : Set.of(orderRoom(order)),
                "driver:signal_lost",
                "driver:signal_regained");
    }

    @Override
    public Optional<DirectMessage> renderConnected(Principal principal, String socketId, Instant now) {
        return Optional.of(new DirectMessage(
                "connected",
                new JsonObjectWriter()
                        .put("userId", principal.id())
                        .put("role", principal.role().wireName())
                        .put("socketId", socketId)
                        .put("serverTime", now)
                        .json()));
    }

    @Override
    public Optional<DirectMessage> renderReceived(
            @Nullable OrderId order, Instant receivedAt, FixOutcome outcome, long clockOffsetMs) {
        var fields = new JsonObjectWriter()
                .put("orderId", order == null ? null : order.toString())
                .put("receivedAt", receivedAt)
                .put("verdict", outcome.wireName());
        if (clockOffsetMs != 0) {
            fields.put("clockOffsetMs", clockOffsetMs);
        }
        return Optional.of(new DirectMessage("driver:location_acknowledged", fields.json()));
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
                .put("driverId", OrderRendering.driverId(order))
                .put("position", live == null ? null : putLocation(new JsonObjectWriter(), live))
                .put("signal", snapshot.signal())
                .put("eta", eta == null ? null : CamelCaseRendering.eta(new JsonObjectWriter(), eta))
                .put("eventId", order.lastSequence())
                .json();
    }

    private static JsonObjectWriter putLocation(JsonObjectWriter fields, PositionUpdate live) {
        return fields.put("latitude", live.position().latitude())
                .put("longitude", live.position().longitude())
                .put("heading", live.heading())
                .put("speed", live.speed())
                .put("recordedAt", live.recordedAt())
                .put("ageMs", live.ageMs());
    }

    @Override
    public RoomMessage renderNodeAlert(SystemAlert alert, boolean isOpen, Instant at) {
        return CamelCaseRendering.renderNodeAlert(alert, isOpen, at);
    }

    @Override
    public DirectMessage renderRateHint(long intervalMs) {
        return new DirectMessage(
                "driver:rate_hint",
                new JsonObjectWriter().put("intervalMs", intervalMs).json());
    }

    @Override
    public String renderPlaced(Order order, boolean again) {
        return OrderRendering.placedAck(order, again);
    }
}
