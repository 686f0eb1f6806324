package waybill.server.dialect;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.UserId;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderId;

/// The dialect of `/marketplace`: `merchant:new_order` and `delivery:new_request`, fields in snake_case.
public final class MarketplaceDialect implements Dialect {

    static final String NEW_ORDER = "merchant:new_order";
    static final String NEW_REQUEST = "delivery:new_request";

    private static final PositionWords POSITION = new PositionWords("lat", "lng", "order_id", "recorded_at", false);

    static final String EVERYBODY = "marketplace";
    static final String ADMINS = "admin_updates";
    static final String DRIVERS = "drivers";
    static final String CUSTOMERS = "customers";

    private final Names names;

    public MarketplaceDialect(Names names) {
        this.names = names;
    }

    /// Of a hub that knows of no people and no stores.
    public MarketplaceDialect() {
        this(Names.NONE);
    }

    @Override
    public String name() {
        return "marketplace";
    }

    @Override
    public Heard hear(String event, String json) {
        return switch (event) {
            case "driver:location_update" -> Hearing.hear(json, POSITION::hear);
            case "merchant:accept" -> Hearing.order(json, "order_id", Heard.Accept::new);
            case "merchant:decline" -> Hearing.orderWithReason(json, "order_id", Heard.Decline::new);
            case "delivery:accept" -> Hearing.order(json, "order_id", Heard.Claim::new);
            case "delivery:decline" -> Hearing.orderWithReason(json, "order_id", Heard.Pass::new);
            case "order:subscribe" -> Hearing.order(json, "order_id", Heard.WatchOrder::new);
            case "order:unsubscribe" -> Hearing.order(json, "order_id", Heard.UnwatchOrder::new);
            case "order:place" -> SnakeCase.place(json);
            case "sync" -> Hearing.sync(json);
            default -> new Heard.Unknown(event);
        };
    }

    @Override
    public Optional<Heard> answered(String event, OrderId order, String json) {
        var answer = Answer.read(json);
        return switch (event) {
            case NEW_ORDER ->
                answer.map(said -> said.accepted ? new Heard.Accept(order) : new Heard.Decline(order, said.reason));
            case NEW_REQUEST ->
                answer.map(said -> said.accepted ? new Heard.Claim(order) : new Heard.Pass(order, said.reason));
            default -> Optional.empty();
        };
    }

    /// What a store or a driver answers who does more than to confirm that it has heard.
    private record Answer(boolean accepted, String reason) {

        static Optional<Answer> read(String json) {
            try (var reading = new Reading(json)) {
                @Nullable Boolean accepted = null;
                @Nullable String reason = null;
                reading.open();
                for (var name = reading.next(); name != null; name = reading.next()) {
                    switch (name) {
                        case "accepted" -> accepted = reading.truth();
                        case "reason" -> reason = reading.text(0, Hearing.REASON_MAX);
                        default -> reading.skip();
                    }
                }
                return accepted == null
                        ? Optional.empty()
                        : Optional.of(new Answer(accepted, reason == null ? "" : reason));
            } catch (IOException | NotUnderstood _) {
                return Optional.empty();
            }
        }
    }

    @Override
    public String everybody() {
        return EVERYBODY;
    }

    @Override
    public Set<String> rooms(Principal principal) {
        var own = user(principal.user());
        return switch (principal.role()) {
            case CUSTOMER -> Set.of(own, CUSTOMERS);
            case MERCHANT -> Set.of(own, merchant(principal.store().orElse(principal.id())));
            case DRIVER -> Set.of(own, DRIVERS);
            case ADMIN, SUPPORT -> Set.of(own, ADMINS);
        };
    }

    @Override
    public String orderRoom(OrderId order) {
        return watchers(order);
    }

    @Override
    public String driverRoom(String driver) {
        return "watch_" + driver;
    }

    @Override
    public List<Said> tell(LogEntry entry) {
        return MarketplaceNews.tell(entry, names);
    }

    @Override
    public Said tell(LivePosition live) {
        return Said.to(
                        List.of(orderRoom(live.order()), ADMINS),
                        "order:driver_location",
                        place(live)
                                .put("order_id", live.order().toString())
                                .put("driver_id", live.driver())
                                .json())
                .exceptAll(except(live));
    }

    private static Set<String> except(LivePosition live) {
        return switch (live.viewers()) {
            case ALL -> Set.of();
            case STAFF -> Set.of(CUSTOMERS, merchant(live.store()));
            case PARTIES -> Set.of(ADMINS, DRIVERS);
        };
    }

    @Override
    public Said tell(LiveEta eta) {
        return Said.to(
                Set.of(orderRoom(eta.order())),
                "order:eta_update",
                eta(new Fields().put("order_id", eta.order().toString()), eta).json());
    }

    @Override
    public String placed(Order order, boolean again) {
        return SnakeCase.of(OrderFacts.placed(order, again));
    }

    @Override
    public String field(String name) {
        return SnakeCase.word(name);
    }

    @Override
    public String snapshot(Snapshot snapshot) {
        var order = snapshot.order();
        var live = snapshot.positionOrNone();
        var eta = snapshot.etaOrNone();
        return new Fields()
                .put("ok", true)
                .put("order_id", order.id().toString())
                .put("order_number", order.number())
                .put("status", order.state().word())
                .put("driver_id", OrderFacts.driver(order))
                .put("driver_location", live == null ? null : place(live))
                .put("eta", eta == null ? null : eta(new Fields(), eta))
                .put("event_id", order.version())
                .json();
    }

    private static Fields place(LivePosition live) {
        return new Fields()
                .put("lat", live.position().latitude())
                .put("lng", live.position().longitude())
                .put("heading", live.heading())
                .put("speed", live.speed())
                .put("recorded_at", live.recordedAt())
                .put("age_ms", live.ageMs());
    }

    private static Fields eta(Fields fields, LiveEta eta) {
        return fields.put("eta_minutes", eta.minutes())
                .put("estimated_delivery_time", eta.estimatedDeliveryTime())
                .put("low", eta.low())
                .put("high", eta.high());
    }

    static String watchers(OrderId order) {
        return "order_" + order;
    }

    /// Where one user alone is: customers and drivers have rooms of their own kind anyway.
    static String user(UserId user) {
        return switch (user.role()) {
            case CUSTOMER -> customer(user.id());
            case DRIVER -> driver(user.id());
            case MERCHANT, ADMIN, SUPPORT -> "user_" + user.role().word() + "_" + user.id();
        };
    }

    static String customer(String id) {
        return "customer_" + id;
    }

    static String merchant(String store) {
        return "merchant_" + store;
    }

    static String driver(String id) {
        return "driver_" + id;
    }
}
