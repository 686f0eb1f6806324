package waybill.server.dialect;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import waybill.access.Principal;
import waybill.order.LogEntry;
import waybill.order.OrderId;

/// The dialect of `/storefront`, and of the namespaces for one role each: `register`, and `order:status:update` with a
/// sentence to show.
public final class StorefrontDialect implements Dialect {

    private static final PositionWords POSITION =
            new PositionWords("latitude", "longitude", "orderId", "recordedAt", true);

    static final String EVERYBODY = "storefront";

    private final Names names;

    public StorefrontDialect(Names names) {
        this.names = names;
    }

    /// Of a hub that knows of no people and no stores.
    public StorefrontDialect() {
        this(Names.NONE);
    }

    @Override
    public String name() {
        return "storefront";
    }

    @Override
    public Heard hear(String event, String json) {
        return switch (event) {
            case "register" -> Hearing.register(json);
            case "join:order" -> Hearing.order(json, "orderId", Heard.WatchOrder::new);
            case "leave:order" -> Hearing.order(json, "orderId", Heard.UnwatchOrder::new);
            case "join:delivery" -> Hearing.driver(json, "driverId", "deliveryId");
            case "delivery:location" -> Hearing.hear(json, POSITION::hear);
            case "order:place" -> new Heard.Place(json);
            case "sync" -> Hearing.sync(json);
            case "ping" -> new Heard.Ping();
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
        return "delivery:" + driver;
    }

    @Override
    public List<Said> tell(LogEntry entry) {
        return StorefrontNews.tell(entry, names);
    }

    @Override
    public Said tell(LivePosition live) {
        var rooms =
                new TreeSet<>(Set.of(orderRoom(live.order()), driverRoom(live.driver()), Rooms.ADMINS, Rooms.SUPPORT));
        if (live.customerOrNone() != null && live.viewers() != LivePosition.Viewers.STAFF) {
            rooms.add(Rooms.customer(live.customerOrNone()));
        }
        return Said.to(
                        rooms,
                        "delivery:location:update",
                        new Fields()
                                .put("orderId", live.order().toString())
                                .put("driverId", live.driver())
                                .put("location", location(live))
                                .put("heading", live.heading())
                                .put("speed", live.speed())
                                .put("recordedAt", live.recordedAt())
                                .put("ageMs", live.ageMs())
                                .json())
                .exceptAll(Rooms.except(live.viewers()));
    }

    @Override
    public Said tell(LiveEta eta) {
        var rooms = new TreeSet<>(Set.of(orderRoom(eta.order())));
        if (eta.customerOrNone() != null) {
            rooms.add(Rooms.customer(eta.customerOrNone()));
        }
        return Said.to(
                rooms,
                "order:eta:update",
                CamelCase.eta(new Fields().put("orderId", eta.order().toString()), eta)
                        .json());
    }

    @Override
    public Optional<Word> registered(Principal principal, String socketId) {
        return Optional.of(new Word(
                "registered",
                new Fields()
                        .put("userId", principal.id())
                        .put("role", principal.role().word())
                        .put("socketId", socketId)
                        .json()));
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
                .put("message", StorefrontNews.message(order.state()))
                .put("driverId", OrderFacts.driver(order))
                .put("location", live == null ? null : location(live))
                .put("eta", eta == null ? null : CamelCase.eta(new Fields(), eta))
                .put("eventId", order.version())
                .json();
    }

    /// Under both pairs of names: maps differ in which they take.
    private static Fields location(LivePosition live) {
        var position = live.position();
        return new Fields()
                .put("lat", position.latitude())
                .put("lng", position.longitude())
                .put("latitude", position.latitude())
                .put("longitude", position.longitude());
    }
}
