package waybill.server.rest.admin;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.hub.presence.UserConnections;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;

/// Whether a user is connected, on what and since when.
public final class PresenceReads implements OperationHandlers {

    private final UserConnections connections;

    public PresenceReads(UserConnections connections) {
        this.connections = connections;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of("readPresence", this::presence);
    }

    public RequestAction presence(ApiRequest call) {
        Authorization.require(call.principal(), Action.VIEW_PRESENCE, Relation.NONE, "presence");
        var id = call.text("id");
        var roles = call.find("role").flatMap(Role::parse).map(Set::of).orElse(EnumSet.allOf(Role.class));
        return new RequestAction.Read(() -> ApiResponse.ok(JsonWriter.object(json -> {
            json.writeStringField("userId", id);
            json.writeArrayFieldStart("connections");
            var isConnected = false;
            for (var role : roles) {
                for (var connection : connections.of(new UserId(role, id))) {
                    isConnected = true;
                    json.writeStartObject();
                    json.writeStringField("role", role.wireName());
                    json.writeStringField("namespace", connection.namespace());
                    json.writeStringField("transport", connection.transport());
                    json.writeStringField("socketId", connection.socketId());
                    json.writeStringField("connectedAt", JsonWriter.time(connection.connectedAt()));
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
            json.writeBooleanField("connected", isConnected);
        })));
    }
}
