package waybill.server.rest.track;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.dispatch.DecisionQueries;
import waybill.dispatch.DispatchDecision.OrderChoice;
import waybill.dispatch.DispatchWeights;
import waybill.dispatch.StoredDecision;
import waybill.hub.dispatch.DispatchPreview;
import waybill.order.OrderId;
import waybill.order.OrderQueries;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.Cursor;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;

/// Reads which drivers could deliver an order, what each would cost, and which one the matching would choose; and
/// what was decided for it.
public final class DispatchReads implements OperationHandlers {

    private static final String DECISIONS = "decisions";

    private final DispatchPreview preview;
    private final OrderQueries orders;
    private final DecisionQueries decisions;
    private final BiFunction<StoredDecision, DispatchWeights, OrderChoice> replay;

    /// @param replay decides once more, with other weights
    public DispatchReads(
            DispatchPreview preview,
            OrderQueries orders,
            DecisionQueries decisions,
            BiFunction<StoredDecision, DispatchWeights, OrderChoice> replay) {
        this.preview = preview;
        this.orders = orders;
        this.decisions = decisions;
        this.replay = replay;
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
        var before = Cursor.number(call, DECISIONS, Long.MAX_VALUE);
        var limit = call.limit();
        return new RequestAction.Read(() -> {
            var order = orders.findOrder(id).orElseThrow(() -> Problem.notFound("order " + id + ": does not exist"));
            var choice = preview.choose(order, weights, call.receivedAt().toEpochMilli());
            var made = decisions.listDecisions(id, before, limit);
            return ApiResponse.ok(JsonWriter.object(json -> {
                write(id, choice, weights, call.receivedAt(), json);
                write(made, weights, limit, json);
            }));
        });
    }

    private static void write(
            OrderId id, Optional<OrderChoice> choice, DispatchWeights weights, Instant at, JsonGenerator json)
            throws IOException {
        json.writeStringField("orderId", id.toString());
        DecisionJson.write(choice, weights, at, json);
    }

    private void write(List<DecisionQueries.Saved> made, DispatchWeights weights, int limit, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart(DECISIONS);
        for (var saved : made) {
            json.writeStartObject();
            DecisionJson.write(saved.decision(), json);
            json.writeObjectFieldStart("replayed");
            DecisionJson.writeOutcome(replay.apply(saved.decision(), weights), json);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        if (made.size() == limit) {
            json.writeStringField("next", Cursor.after(DECISIONS, made.getLast().id()));
        }
    }
}
