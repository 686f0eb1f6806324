package waybill.server.rest.track;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.dispatch.DispatchDecision.OrderChoice;
import waybill.dispatch.DispatchWeights;
import waybill.dispatch.Trip;
import waybill.hub.dispatch.DispatchPreview;
import waybill.order.OrderId;
import waybill.order.OrderQueries;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;

/// Reads which drivers could deliver an order, what each would cost, and which one the matching would choose.
public final class DispatchReads implements OperationHandlers {

    private static final String NOT_WAITING = "not_waiting";
    private static final double TENTHS = 10;

    private final DispatchPreview preview;
    private final OrderQueries orders;

    public DispatchReads(DispatchPreview preview, OrderQueries orders) {
        this.preview = preview;
        this.orders = orders;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of("previewDispatch", this::read);
    }

    private RequestAction read(ApiRequest call) {
        Authorization.require(call.principal(), Action.VIEW_DRIVERS, Relation.NONE, "all drivers");
        var id = call.order();
        var weights = DispatchWeights.defaults()
                .withDriving(call.decimal("emptyDriving"))
                .withWaiting(call.decimal("waiting"));
        return new RequestAction.Read(() -> {
            var order = orders.findOrder(id).orElseThrow(() -> Problem.notFound("order " + id + ": does not exist"));
            var choice = preview.choose(order, weights, call.receivedAt().toEpochMilli());
            return ApiResponse.ok(JsonWriter.object(json -> write(id, choice, weights, call.receivedAt(), json)));
        });
    }

    private static void write(
            OrderId id, Optional<OrderChoice> choice, DispatchWeights weights, Instant at, JsonGenerator json)
            throws IOException {
        json.writeStringField("orderId", id.toString());
        json.writeStringField("decidedAt", JsonWriter.time(at));
        json.writeStringField(
                "reason",
                choice.map(made -> made.reason().name().toLowerCase(Locale.ROOT))
                        .orElse(NOT_WAITING));
        var trip = choice.flatMap(OrderChoice::trip);
        if (trip.isPresent()) {
            json.writeStringField("driverId", trip.get().driver().id());
            json.writeArrayFieldStart("orders");
            for (var order : trip.get().orders()) {
                json.writeString(order.id().toString());
            }
            json.writeEndArray();
        }
        json.writeObjectFieldStart("weights");
        json.writeNumberField("emptyDriving", weights.emptyDriving());
        json.writeNumberField("waiting", weights.waiting());
        json.writeEndObject();
        json.writeArrayFieldStart("candidates");
        if (choice.isPresent()) {
            for (var candidate : choice.get().candidates()) {
                json.writeStartObject();
                candidate(candidate, weights, json);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void candidate(Trip trip, DispatchWeights weights, JsonGenerator json) throws IOException {
        json.writeStringField("driverId", trip.driver().id());
        json.writeStringField("freeAt", JsonWriter.time(Instant.ofEpochMilli(trip.startAtMs())));
        json.writeStringField("pickupAt", JsonWriter.time(Instant.ofEpochMilli(trip.pickupAtMs())));
        json.writeStringField(
                "deliveredAt",
                JsonWriter.time(Instant.ofEpochMilli(trip.deliveredAtMs().getLast())));
        json.writeNumberField("cost", inTenths(trip.cost().total(weights)));
        json.writeNumberField("delay", inTenths(trip.cost().delay()));
        json.writeNumberField("emptyDriving", inTenths(trip.cost().empty()));
        json.writeNumberField("waiting", inTenths(trip.cost().waiting()));
    }

    private static double inTenths(double minutes) {
        return Math.round(minutes * TENTHS) / TENTHS;
    }
}
