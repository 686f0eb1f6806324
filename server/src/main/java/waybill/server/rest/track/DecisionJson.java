package waybill.server.rest.track;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import waybill.dispatch.DispatchDecision.OrderChoice;
import waybill.dispatch.DispatchDecision.Reason;
import waybill.dispatch.DispatchWeights;
import waybill.dispatch.StoredDecision;
import waybill.dispatch.TripCost;
import waybill.dispatch.WaitingOrder;
import waybill.order.OrderId;
import waybill.server.rest.http.JsonWriter;

/// The fields of a decision of dispatch in a response.
final class DecisionJson {

    private static final String NOT_WAITING = "not_waiting";
    private static final double TENTHS = 10;

    private DecisionJson() {}

    /// What would be decided now.
    static void write(Optional<OrderChoice> choice, DispatchWeights weights, Instant at, JsonGenerator json)
            throws IOException {
        json.writeStringField("decidedAt", JsonWriter.time(at));
        json.writeStringField("reason", choice.map(made -> name(made.reason())).orElse(NOT_WAITING));
        var trip = choice.flatMap(OrderChoice::trip);
        if (trip.isPresent()) {
            json.writeStringField("driverId", trip.get().driver().id());
            writeOrders(trip.get().orders().stream().map(WaitingOrder::id).toList(), json);
        }
        writeWeights(weights, json);
        json.writeArrayFieldStart("candidates");
        if (choice.isPresent()) {
            for (var candidate : choice.get().candidates()) {
                writeCandidate(StoredDecision.Candidate.of(candidate), weights, json);
            }
        }
        json.writeEndArray();
    }

    /// What was decided.
    static void write(StoredDecision decision, JsonGenerator json) throws IOException {
        json.writeStringField("decidedAt", time(decision.decidedAtMs()));
        json.writeStringField("reason", name(decision.reason()));
        JsonWriter.text(json, "driverId", decision.driver());
        if (!decision.trip().isEmpty()) {
            writeOrders(decision.trip(), json);
        }
        writeWeights(decision.weights(), json);
        json.writeArrayFieldStart("candidates");
        for (var candidate : decision.candidates()) {
            writeCandidate(candidate, decision.weights(), json);
        }
        json.writeEndArray();
    }

    static void writeOutcome(OrderChoice choice, JsonGenerator json) throws IOException {
        json.writeStringField("reason", name(choice.reason()));
        JsonWriter.text(
                json, "driverId", choice.trip().map(trip -> trip.driver().id()));
    }

    private static String name(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    private static void writeOrders(List<OrderId> orders, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("orders");
        for (var order : orders) {
            json.writeString(order.toString());
        }
        json.writeEndArray();
    }

    private static void writeWeights(DispatchWeights weights, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("weights");
        json.writeNumberField("emptyDriving", weights.emptyDriving());
        json.writeNumberField("waiting", weights.waiting());
        json.writeEndObject();
    }

    private static void writeCandidate(StoredDecision.Candidate candidate, DispatchWeights weights, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("driverId", candidate.driver());
        json.writeStringField("freeAt", time(candidate.startAtMs()));
        json.writeStringField("pickupAt", time(candidate.pickupAtMs()));
        json.writeStringField("deliveredAt", time(candidate.deliveredAtMs()));
        writeCost(candidate.cost(), weights, json);
        json.writeEndObject();
    }

    private static void writeCost(TripCost cost, DispatchWeights weights, JsonGenerator json) throws IOException {
        json.writeNumberField("cost", inTenths(cost.total(weights)));
        json.writeNumberField("delay", inTenths(cost.delay()));
        json.writeNumberField("emptyDriving", inTenths(cost.empty()));
        json.writeNumberField("waiting", inTenths(cost.waiting()));
    }

    private static String time(long ms) {
        return JsonWriter.time(Instant.ofEpochMilli(ms));
    }

    private static double inTenths(double minutes) {
        return Math.round(minutes * TENTHS) / TENTHS;
    }
}
