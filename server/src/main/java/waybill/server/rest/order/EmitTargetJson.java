package waybill.server.rest.order;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import waybill.order.EmitTarget;
import waybill.order.HubEvent;
import waybill.server.rest.http.JsonWriter;

/// Writes the clients that a backend's event goes to.
public final class EmitTargetJson {

    private EmitTargetJson() {}

    static void writePayload(HubEvent.BackendEmitted emitted, JsonGenerator json) throws IOException {
        write(emitted.to(), json);
        json.writeStringField("event", emitted.name());
        json.writeFieldName("data");
        json.writeRawValue(emitted.data());
    }

    /// Writes the field `to`.
    public static void write(EmitTarget to, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("to");
        switch (to) {
            case EmitTarget.User(var user) -> {
                json.writeObjectFieldStart("user");
                json.writeStringField("role", user.role().wireName());
                json.writeStringField("id", user.id());
                json.writeEndObject();
            }
            case EmitTarget.RoleMembers(var role) -> json.writeStringField("role", role.wireName());
            case EmitTarget.OrderParties parties -> {
                json.writeStringField("order", parties.order().toString());
                json.writeStringField("storeId", parties.store());
                JsonWriter.text(json, "customerId", parties.customer());
                JsonWriter.text(json, "driverId", parties.driver());
            }
            case EmitTarget.Room(var namespace, var room) -> {
                json.writeObjectFieldStart("room");
                json.writeStringField("namespace", namespace);
                json.writeStringField("name", room);
                json.writeEndObject();
            }
            case EmitTarget.AllUsers() -> json.writeBooleanField("all", true);
        }
        json.writeEndObject();
    }
}
