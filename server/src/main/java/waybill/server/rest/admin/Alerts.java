package waybill.server.rest.admin;

import java.util.List;
import java.util.Map;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.hub.HubCommands;
import waybill.journal.OpenAlerts;
import waybill.journal.UnitOfWork;
import waybill.order.Actor;
import waybill.order.SystemAlert;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.WriteResponse;
import waybill.server.rest.order.AlertJson;

/// The open alerts.
public final class Alerts implements OperationHandlers {

    private final OpenAlerts openAlerts;

    public Alerts(OpenAlerts openAlerts) {
        this.openAlerts = openAlerts;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of("listAlerts", this::list, "clearAlert", this::clear);
    }

    private RequestAction list(ApiRequest call) {
        Authorization.require(call.principal(), Action.VIEW_ALERTS, Relation.NONE, "alerts");
        return new RequestAction.Read(() -> ApiResponse.ok(JsonWriter.object(json -> {
            json.writeArrayFieldStart("alerts");
            for (var alert : openAlerts.list()) {
                json.writeStartObject();
                AlertJson.writeFields(alert, json);
                json.writeEndObject();
            }
            json.writeEndArray();
        })));
    }

    /// One whose condition lasts is opened again soon.
    private RequestAction clear(ApiRequest call) {
        Authorization.require(call.principal(), Action.VIEW_ALERTS, Relation.NONE, "alerts");
        var id = call.text("id");
        return new RequestAction.ReadThenWrite(() -> {
            var alert = openAlerts.list().stream()
                    .filter(one -> one.id().toString().equals(id))
                    .findFirst();
            return new RequestAction.Write(
                    List.of(),
                    work -> alert.filter(one -> isCleared(work, one, call))
                            .map(_ -> WriteResponse.of(ApiResponse.noContent()))
                            .orElseGet(() -> WriteResponse.of(
                                    ApiResponse.of(Problem.notFound("alert: not open (expected: an open one)")))));
        });
    }

    private static boolean isCleared(UnitOfWork work, SystemAlert alert, ApiRequest call) {
        var by = Actor.of(call.principal());
        return HubCommands.clearAlert(work, alert.kind(), alert.subject(), by, call.receivedAt()) != 0;
    }
}
