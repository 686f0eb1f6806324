package waybill.server.dialect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderId;

/// The dialect of `/storefront`, and of the namespaces for one role each: `register`, and `order:status:update` with a
/// sentence to show.
public final class StorefrontDialect implements Dialect {

    private static final PositionWords POSITION =
            new PositionWords("latitude", "longitude", "orderId", "recordedAt", true);

    static final String EVERYBODY = "storefront";
    static final String ADMINS = "role:admin";
    static final String SUPPORT = "role:support";

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
    public Optional<Heard> answered(String event, OrderId order, String json) {
        return Optional.empty();
    }

    @Override
    public String everybody() {
        return EVERYBODY;
    }

    @Override
    public Set<String> rooms(Principal principal) {
        var rooms = new TreeSet<String>();
        rooms.add(user(principal.id()));
        rooms.add("role:" + principal.role().word());
        principal.store().map(StorefrontDialect::store).ifPresent(rooms::add);
        return rooms;
    }

    @Override
    public String orderRoom(OrderId order) {
        return watchers(order);
    }

    @Override
    public String driverRoom(String driver) {
        return "delivery:" + driver;
    }

    @Override
    public List<Said> tell(LogEntry entry) {
        return StorefrontNews.tell(entry);
    }

    @Override
    public Said tell(LivePosition live) {
        var rooms = new TreeSet<>(Set.of(orderRoom(live.order()), driverRoom(live.driver()), ADMINS, SUPPORT));
        if (live.customerOrNone() != null) {
            rooms.add(user(live.customerOrNone()));
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
                        .json());
    }

    @Override
    public Said tell(LiveEta eta) {
        var rooms = new TreeSet<>(Set.of(orderRoom(eta.order())));
        if (eta.customerOrNone() != null) {
            rooms.add(user(eta.customerOrNone()));
        }
        return Said.to(
                rooms,
                "order:eta:update",
                eta(new Fields().put("orderId", eta.order().toString()), eta).json());
    }

    @Override
    public Optional<Word> connected(Principal principal, String socketId, Instant now) {
        return Optional.empty();
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
    public Optional<Word> received(@Nullable OrderId order, Instant receivedAt) {
        return Optional.empty();
    }

    @Override
    public String placed(Order order, boolean again) {
        return OrderFacts.placed(order, again);
    }

    @Override
    public String field(String name) {
        return name;
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
                .put("eta", eta == null ? null : eta(new Fields(), eta))
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

    private static Fields eta(Fields fields, LiveEta eta) {
        return fields.put("etaMinutes", eta.minutes())
                .put("estimatedDeliveryTime", eta.estimatedDeliveryTime())
                .put("low", eta.low())
                .put("high", eta.high());
    }

    static String watchers(OrderId order) {
        return "order:" + order;
    }

    static String user(String id) {
        return "user:" + id;
    }

    static String store(String id) {
        return "store:" + id;
    }
}
