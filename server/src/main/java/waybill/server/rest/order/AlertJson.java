package waybill.server.rest.order;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import waybill.order.OrderId;
import waybill.order.SystemAlert;
import waybill.server.rest.http.JsonWriter;

/// Writes an alert.
public final class AlertJson {

    private AlertJson() {}

    public static void writeFields(SystemAlert alert, JsonGenerator json) throws IOException {
        json.writeStringField("id", alert.id().toString());
        json.writeStringField("kind", alert.kind().wireName());
        json.writeStringField("severity", alert.severity().wireName());
        json.writeStringField("subject", alert.subject());
        json.writeStringField("message", alert.message());
        json.writeStringField("since", JsonWriter.time(alert.since()));
        JsonWriter.text(json, "orderId", alert.order().map(OrderId::toString));
        JsonWriter.text(json, "driverId", alert.driver());
    }
}
