package waybill.server.dialect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.order.LogEntry;
import waybill.order.OrderId;
import waybill.tracking.FixOutcome;

/// The dialect of `/realtime`: `order:status_update` and `driver:location`, fields in camelCase.
public final class RealtimeDialect implements Dialect {

    static final String EVERYBODY = "realtime";

    private static final PositionWords POSITION =
            new PositionWords("latitude", "longitude", "orderId", "recordedAt", false);

    private final Names names;

    public RealtimeDialect(Names names) {
        this.names = names;
    }

    /// Of a hub that knows of no people and no stores.
    public RealtimeDialect() {
        this(Names.NONE);
    }

    @Override
    public String name() {
        return "realtime";
    }

    @Override
    public Heard hear(String event, String json) {
        return switch (event) {
            case "subscribe:order" -> Hearing.order(json, "orderId", Heard.WatchOrder::new);
            case "unsubscribe:order" -> Hearing.order(json, "orderId", Heard.UnwatchOrder::new);
            case "driver:location" -> Hearing.hear(json, POSITION::hear);
            case "order:place" -> new Heard.Place(json);
            case "sync" -> Hearing.sync(json);
            default -> new Heard.Unknown(event);
        };
    }

    @Override
    public String everybody() {
        return EVERYBODY;
    }

    @Override
    public Set<String> rooms(Principal principal) {
        return Rooms.of(principal);
    }

    @Override
    public String orderRoom(OrderId order) {
        return Rooms.watchers(order);
    }

    @Override
    public String driverRoom(String driver) {
        return "driver:" + driver;
    }

    @Override
    public List<Said> tell(LogEntry entry) {
        return RealtimeNews.tell(entry, names);
    }

    @Override
    public Said tell(LivePosition live) {
        return Said.to(
                        Set.of(orderRoom(live.order())),
                        "driver:location_update",
                        place(
                                        new Fields()
                                                .put("orderId", live.order().toString())
                                                .put("driverId", live.driver()),
                                        live)
                                .json())
                .exceptAll(Rooms.except(live.viewers()));
    }

    @Override
    public Said tell(LiveEta eta) {
        return Said.to(
                Set.of(orderRoom(eta.order())),
                "order:eta_update",
                CamelCase.eta(new Fields().put("orderId", eta.order().toString()), eta)
                        .json());
    }

    @Override
    public Optional<Word> connected(Principal principal, String socketId, Instant now) {
        return Optional.of(new Word(
                "connected",
                new Fields()
                        .put("userId", principal.id())
                        .put("role", principal.role().word())
                        .put("socketId", socketId)
                        .put("serverTime", now)
                        .json()));
    }

    @Override
    public Optional<Word> received(
            @Nullable OrderId order, Instant receivedAt, FixOutcome outcome, long clockOffsetMs) {
        var fields = new Fields()
                .put("orderId", order == null ? null : order.toString())
                .put("receivedAt", receivedAt)
                .put("verdict", outcome.word());
        if (clockOffsetMs != 0) {
            fields.put("clockOffsetMs", clockOffsetMs);
        }
        return Optional.of(new Word("driver:location_acknowledged", fields.json()));
    }

    @Override
    public String snapshot(Snapshot snapshot) {
        var order = snapshot.order();
        var live = snapshot.positionOrNone();
        var eta = snapshot.etaOrNone();
        return new Fields()
                .put("ok", true)
                .put("orderId", order.id().toString())
                .put("orderNumber", order.number())
                .put("status", order.state().word())
                .put("driverId", OrderFacts.driver(order))
                .put("position", live == null ? null : place(new Fields(), live))
                .put("eta", eta == null ? null : CamelCase.eta(new Fields(), eta))
                .put("eventId", order.version())
                .json();
    }

    private static Fields place(Fields fields, LivePosition live) {
        return fields.put("latitude", live.position().latitude())
                .put("longitude", live.position().longitude())
                .put("heading", live.heading())
                .put("speed", live.speed())
                .put("recordedAt", live.recordedAt())
                .put("ageMs", live.ageMs());
    }
}
