package waybill.server.rest.track;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.Business;
import waybill.directory.Directory;
import waybill.directory.Person;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.hub.position.EtaEstimator;
import waybill.journal.EventLog;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.order.NodeEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderQueries;
import waybill.order.OrderState;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.order.OrderReads;
import waybill.tracking.DriverPositions;
import waybill.tracking.DriverTrackState;
import waybill.tracking.PositionVisibility;
import waybill.tracking.SignalPolicy;

/// `GET /orders/{id}/tracking`: the data of a tracking screen, in one response.
public final class OrderTracking implements OperationHandlers {

    private final OrderQueries orderQueries;
    private final EventLog log;
    private final Directory directory;
    private final DriverPositions driverPositions;
    private final EtaEstimator etas;
    private final Function<Order, PositionVisibility.Precision> precision;
    private final SignalPolicy signals;

    public OrderTracking(
            OrderQueries orderQueries,
            EventLog log,
            Directory directory,
            DriverPositions driverPositions,
            EtaEstimator etas,
            Function<Order, PositionVisibility.Precision> precision,
            SignalPolicy signals) {
        this.orderQueries = orderQueries;
        this.log = log;
        this.directory = directory;
        this.driverPositions = driverPositions;
        this.etas = etas;
        this.precision = precision;
        this.signals = signals;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of("trackOrder", this::track);
    }

    public RequestAction track(ApiRequest call) {
        var id = call.order();
        return new RequestAction.Read(() -> {
            var order = OrderReads.requireVisible(orderQueries, call, id);
            var business = directory.findBusiness(order.store()).orElse(Business.withDefaults(order.store()));
            var history = log.listHistory(id);
            return ApiResponse.ok(JsonWriter.object(json -> {
                json.writeStringField("orderId", id.toString());
                json.writeStringField("orderNumber", order.number());
                json.writeStringField("status", order.state().wireName());
                writePickupAndDropoff(call.principal(), order, business, history, json);
                writeDriver(order, json);
                writePositionOf(order, visibleSinceMs(call, order, history), call, json);
                writeHistory(history, json);
                writeTimes(order, history, json);
            }));
        });
    }

    private void writePickupAndDropoff(
            Principal by, Order order, Business business, List<LogEntry> history, JsonGenerator json)
            throws IOException {
        var details = order.details();
        json.writeStringField("customerName", customerName(by, order, history));
        json.writeStringField("deliveryAddress", details.dropoff().text());
        writePosition(json, "delivery", details.dropoff().position());
        json.writeStringField("chefName", business.owner().orElse(business.name()));
        json.writeStringField("chefBusinessName", business.name());
        json.writeStringField("chefAddress", pickup(order, business).text());
        writePosition(json, "chef", pickup(order, business).position());
    }

    /// A store that names a customer in an order that it places does not receive that customer's recorded name. The
    /// customer, administrators and support do, and so do all viewers of an order that the customer has placed.
    private String customerName(Principal by, Order order, List<LogEntry> history) {
        var customer = order.details().customer().map(id -> new UserId(Role.CUSTOMER, id));
        return Optional.of(order.details().customerName())
                .filter(name -> !name.isEmpty())
                .or(() -> customer.filter(user -> by.role() == Role.ADMIN
                                || by.role() == Role.SUPPORT
                                || by.user().equals(user)
                                || hasPlaced(user, history))
                        .flatMap(directory::findPerson)
                        .flatMap(Person::name))
                .orElse("");
    }

    private static boolean hasPlaced(UserId user, List<LogEntry> history) {
        return history.stream()
                .filter(entry -> entry.event() instanceof OrderEvent.Placed)
                .anyMatch(entry -> entry.actor().equals(new Actor(Actor.Kind.CUSTOMER, user.id())));
    }

    private static Address pickup(Order order, Business business) {
        var own = order.details().pickup();
        return own.equals(Address.UNKNOWN) ? business.address() : own;
    }

    /// The fields are present even without a position.
    private static void writePosition(JsonGenerator json, String whose, Optional<Position> position)
            throws IOException {
        if (position.isPresent()) {
            json.writeNumberField(whose + "Latitude", position.get().latitude());
            json.writeNumberField(whose + "Longitude", position.get().longitude());
        } else {
            json.writeNullField(whose + "Latitude");
            json.writeNullField(whose + "Longitude");
        }
    }

    private void writeDriver(Order order, JsonGenerator json) throws IOException {
        json.writeBooleanField("driverAssigned", order.driver().isPresent());
        var driver = order.driver()
                .filter(actor -> actor.kind() == Actor.Kind.DRIVER)
                .map(Actor::id);
        var person = driver.map(id -> new UserId(Role.DRIVER, id)).flatMap(directory::findPerson);
        JsonWriter.text(json, "driverName", person.flatMap(Person::name));
        JsonWriter.text(json, "driverPhone", person.flatMap(Person::phone));
    }

    /// The time from which the caller may see the driver.
    private static long visibleSinceMs(ApiRequest call, Order order, List<LogEntry> history) {
        return PositionVisibility.seesAllPositions(call.principal().role())
                        && order.state().isActive()
                ? 0
                : PositionVisibility.visibleSinceMs(history);
    }

    private void writePositionOf(Order order, long sinceMs, ApiRequest call, JsonGenerator json) throws IOException {
        var track = order.driver()
                .filter(actor ->
                        actor.kind() == Actor.Kind.DRIVER && order.state().isActive())
                .map(Actor::id)
                .flatMap(driverPositions::find);
        if (track.isPresent()) {
            var fix = track.get().newest();
            var position = seen(fix.position(), order, call.principal());
            if (fix.recordedAtMs() >= sinceMs && position.isPresent()) {
                writePosition(json, "driver", position);
                json.writeStringField("lastLocationUpdate", JsonWriter.time(Instant.ofEpochMilli(fix.recordedAtMs())));
                var ageMs = call.receivedAt().toEpochMilli() - fix.recordedAtMs();
                json.writeStringField("signal", signals.of(ageMs).wireName());
            }
        }
        writeEta(order, track.orElse(null), call, json);
    }

    private void writeEta(Order order, @Nullable DriverTrackState trackOrNone, ApiRequest call, JsonGenerator json)
            throws IOException {
        etas.load(order);
        var eta = etas.estimate(order, trackOrNone, call.receivedAt().toEpochMilli());
        if (eta.isPresent()) {
            json.writeStringField(
                    "estimatedDeliveryTime",
                    JsonWriter.time(Instant.ofEpochMilli(eta.get().estimatedDeliveryTimeMs())));
            json.writeNumberField("etaMinutes", eta.get().minutes());
            json.writeStringField("etaSource", eta.get().source().wireName());
        }
        JsonWriter.text(json, "promisedAt", order.details().promisedAt().map(JsonWriter::time));
        if (order.times().missedPromise().isPresent()) {
            json.writeBooleanField("delayed", true);
        }
    }

    private Optional<Position> seen(Position position, Order order, Principal by) {
        return switch (PositionVisibility.seesAllPositions(by.role())
                ? PositionVisibility.Precision.EXACT
                : precision.apply(order)) {
            case EXACT -> Optional.of(position);
            case ROUNDED -> Optional.of(position.rounded());
            case HIDDEN -> Optional.empty();
        };
    }

    private static void writeHistory(List<LogEntry> history, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("statusHistory");
        for (var entry : history) {
            var state = state(entry);
            if (state.isPresent()) {
                json.writeStartObject();
                json.writeStringField("status", state.get().wireName());
                json.writeStringField("timestamp", JsonWriter.time(entry.occurredAt()));
                json.writeStringField("changedBy", entry.actor().toString());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    /// The new state of the order, if the event is a change of state.
    private static Optional<OrderState> state(LogEntry entry) {
        return switch (entry.event()) {
            case OrderEvent.Placed(var as) -> Optional.of(as);
            case OrderEvent.StateChanged(var to, var _, var _) -> Optional.of(to);
            case OrderEvent.Paid _,
                    OrderEvent.Assigned _,
                    OrderEvent.HandedBack _,
                    OrderEvent.DriverTakenOver _,
                    OrderEvent.DriverArriving _,
                    OrderEvent.DriverArrived _,
                    OrderEvent.ArrivalCorrected _,
                    OrderEvent.Offered _,
                    OrderEvent.OfferDeclined _,
                    OrderEvent.OfferClosed _,
                    OrderEvent.ProofRecorded _,
                    OrderEvent.OfTimes _,
                    OrderEvent.OfLinks _ -> Optional.empty();
            case HubEvent _, NodeEvent _ -> Optional.empty();
        };
    }

    private static void writeTimes(Order order, List<LogEntry> history, JsonGenerator json) throws IOException {
        json.writeStringField("createdAt", JsonWriter.time(order.placedAt()));
        writeTime(
                json,
                "paymentConfirmedAt",
                history,
                entry -> order.isPaid() && entry.event() instanceof OrderEvent.Paid);
        writeTime(json, "acceptedAt", history, entry -> reached(entry, OrderState.ACCEPTED));
        writeTime(json, "readyAt", history, entry -> reached(entry, OrderState.READY_FOR_PICKUP));
        writeTime(json, "assignedAt", history, entry -> entry.event() instanceof OrderEvent.Assigned);
        writeTime(json, "pickedUpAt", history, entry -> reached(entry, OrderState.PICKED_UP));
        writeTime(json, "deliveredAt", history, entry -> reached(entry, OrderState.DELIVERED));
    }

    private static boolean reached(LogEntry entry, OrderState state) {
        return state(entry).filter(state::equals).isPresent();
    }

    /// The time of the last such event.
    private static void writeTime(JsonGenerator json, String name, List<LogEntry> history, Predicate<LogEntry> happened)
            throws IOException {
        JsonWriter.text(
                json,
                name,
                history.reversed().stream()
                        .filter(happened)
                        .findFirst()
                        .map(entry -> JsonWriter.time(entry.occurredAt())));
    }
}
