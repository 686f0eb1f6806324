package waybill.server.dialect.marketplace;

import java.io.IOException;
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
import waybill.server.dialect.read.InvalidPayload;
import waybill.server.dialect.read.PayloadParsers;
import waybill.server.dialect.read.PayloadReader;
import waybill.server.dialect.read.PositionFields;
import waybill.server.dialect.write.AlertRendering;
import waybill.server.dialect.write.JsonObjectWriter;
import waybill.server.dialect.write.OrderRendering;

/// The dialect of `/marketplace`: `merchant:new_order` and `delivery:new_request`, fields in snake_case.
public final class MarketplaceDialect implements Dialect {

    static final String NEW_ORDER = "merchant:new_order";
    static final String NEW_REQUEST = "delivery:new_request";

    private static final PositionFields POSITION = new PositionFields("lat", "lng", "order_id", "recorded_at", false);

    private final DisplayNames names;

    public MarketplaceDialect(DisplayNames names) {
        this.names = names;
    }

    /// A dialect without display names.
    public MarketplaceDialect() {
        this(DisplayNames.NONE);
    }

    @Override
    public String name() {
        return "marketplace";
    }

    @Override
    public ClientMessage parse(String event, String json) {
        return switch (event) {
            case "driver:location_update" -> PayloadParsers.parse(json, POSITION::parse);
            case "merchant:accept" -> PayloadParsers.parseOrder(json, "order_id", ClientMessage.Accept::new);
            case "merchant:decline" ->
                PayloadParsers.parseOrderWithReason(json, "order_id", ClientMessage.Decline::new);
            case "delivery:accept" -> PayloadParsers.parseOrder(json, "order_id", ClientMessage.AcceptOffer::new);
            case "delivery:decline" ->
                PayloadParsers.parseOrderWithReason(json, "order_id", ClientMessage.DeclineOffer::new);
            case "order:subscribe" -> PayloadParsers.parseOrder(json, "order_id", ClientMessage.WatchOrder::new);
            case "order:unsubscribe" -> PayloadParsers.parseOrder(json, "order_id", ClientMessage.UnwatchOrder::new);
            case "order:place" -> SnakeCaseNames.parse(json, ClientMessage.Place::new);
            case "driver:status_update" -> SnakeCaseNames.parse(json, ClientMessage.SetDriverStatus::new);
            case "delivery:hand_back" -> PayloadParsers.parseHandBack(json, "order_id");
            case "sync" -> PayloadParsers.parseSync(json);
            default -> new ClientMessage.Unknown(event);
        };
    }

    @Override
    public Optional<ClientMessage> parseAck(String event, OrderId order, String json) {
        var answer = AckPayload.parse(json);
        return switch (event) {
            case NEW_ORDER ->
                answer.map(ack ->
                        ack.accepted ? new ClientMessage.Accept(order) : new ClientMessage.Decline(order, ack.reason));
            case NEW_REQUEST ->
                answer.map(ack -> ack.accepted
                        ? new ClientMessage.AcceptOffer(order)
                        : new ClientMessage.DeclineOffer(order, ack.reason));
            default -> Optional.empty();
        };
    }

    /// The decision in the ack of a store or a driver.
    private record AckPayload(boolean accepted, String reason) {

        static Optional<AckPayload> parse(String json) {
            try (var reader = new PayloadReader(json)) {
                @Nullable Boolean accepted = null;
                @Nullable String reason = null;
                reader.enterObject();
                for (var name = reader.nextField(); name != null; name = reader.nextField()) {
                    switch (name) {
                        case "accepted" -> accepted = reader.optionalBoolean();
                        case "reason" -> reason = reader.text(0, PayloadParsers.REASON_MAX);
                        default -> reader.skip();
                    }
                }
                return accepted == null
                        ? Optional.empty()
                        : Optional.of(new AckPayload(accepted, reason == null ? "" : reason));
            } catch (IOException | InvalidPayload _) {
                return Optional.empty();
            }
        }
    }

    @Override
    public String broadcastRoom() {
        return MarketplaceRooms.BROADCAST_ROOM;
    }

    @Override
    public Set<String> rooms(Principal principal) {
        return MarketplaceRooms.of(principal);
    }

    @Override
    public String orderRoom(OrderId order) {
        return MarketplaceRooms.watchers(order);
    }

    @Override
    public String driverRoom(String driver) {
        return "watch_" + driver;
    }

    @Override
    public List<RoomMessage> render(LogEntry entry) {
        return MarketplaceEvents.render(entry, names);
    }

    @Override
    public RoomMessage render(PositionUpdate live) {
        return RoomMessage.to(
                        List.of(orderRoom(live.order()), MarketplaceRooms.ADMINS),
                        "order:driver_location",
                        location(live)
                                .put("order_id", live.order().toString())
                                .put("driver_id", live.driver())
                                .json())
                .exceptAll(MarketplaceRooms.except(live));
    }

    @Override
    public RoomMessage render(SignalUpdate signal) {
        var event = signal.isLost() ? "driver:signal_lost" : "driver:signal_regained";
        var json = new JsonObjectWriter()
                .put("order_id", signal.orderIdOrNone())
                .put("driver_id", signal.driver())
                .put("last_seen_at", signal.lastSeenAt())
                .put("age_ms", signal.ageMs())
                .json();
        var order = signal.orderOrNone();
        var store = signal.storeOrNone();
        return order == null || store == null
                ? RoomMessage.to(List.of(MarketplaceRooms.ADMINS), event, json)
                : RoomMessage.to(List.of(orderRoom(order), MarketplaceRooms.ADMINS), event, json)
                        .exceptAll(MarketplaceRooms.except(signal.viewers(), store));
    }

    @Override
    public RoomMessage render(EtaUpdate eta) {
        return RoomMessage.to(
                Set.of(orderRoom(eta.order())),
                "order:eta_update",
                eta(new JsonObjectWriter().put("order_id", eta.order().toString()), eta)
                        .json());
    }

    @Override
    public RoomMessage renderNodeAlert(SystemAlert alert, boolean isOpen, Instant at) {
        return AlertRendering.ofNode(alert, isOpen, at, List.of(MarketplaceRooms.ADMINS), SnakeCaseNames::fieldName);
    }

    @Override
    public DirectMessage renderRateHint(long intervalMs) {
        return new DirectMessage(
                "driver:rate_hint",
                new JsonObjectWriter().put("interval_ms", intervalMs).json());
    }

    @Override
    public String renderPlaced(Order order, boolean again) {
        return SnakeCaseNames.toSnakeCase(OrderRendering.placedAck(order, again));
    }

    @Override
    public String fieldName(String name) {
        return SnakeCaseNames.fieldName(name);
    }

    @Override
    public String renderSnapshot(TrackingSnapshot snapshot) {
        var order = snapshot.order();
        var live = snapshot.positionOrNone();
        var eta = snapshot.etaOrNone();
        return new JsonObjectWriter()
                .put("ok", true)
                .put("order_id", order.id().toString())
                .put("order_number", order.number())
                .put("status", order.state().wireName())
                .put("driver_id", OrderRendering.driverId(order))
                .put("driver_location", live == null ? null : location(live))
                .put("signal", snapshot.signal())
                .put("eta", eta == null ? null : eta(new JsonObjectWriter(), eta))
                .put("event_id", order.lastSequence())
                .json();
    }

    private static JsonObjectWriter location(PositionUpdate live) {
        return new JsonObjectWriter()
                .put("lat", live.position().latitude())
                .put("lng", live.position().longitude())
                .put("heading", live.heading())
                .put("speed", live.speed())
                .put("recorded_at", live.recordedAt())
                .put("age_ms", live.ageMs());
    }

    private static JsonObjectWriter eta(JsonObjectWriter fields, EtaUpdate eta) {
        return fields.put("eta_minutes", eta.minutes())
                .put("estimated_delivery_time", eta.estimatedDeliveryTime())
                .put("low", eta.low())
                .put("high", eta.high())
                .put("eta_source", eta.source().wireName());
    }
}
