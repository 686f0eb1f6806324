package waybill.server.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import waybill.journal.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.outbound.OutboundJob;
import waybill.outbound.WebhookEndpoint;
import waybill.outbound.WebhookSecret;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.order.EventJson;
import waybill.server.rest.order.OrderJson;

/// What an endpoint is sent of a job: the same id and body with each attempt.
public final class WebhookMessage {

    private WebhookMessage() {}

    /// The header `webhook-id`, by which a receiver drops what it has. It has the time too, so that a hub that goes
    /// back
    /// to a backup never gives an id twice.
    public static String id(OutboundJob job) {
        return "msg_" + job.createdAt().toEpochMilli() + "_" + job.id();
    }

    static String body(OutboundJob job, LogEntry entry) {
        return JsonWriter.object(json -> {
            json.writeStringField("type", job.kind());
            json.writeStringField("timestamp", JsonWriter.time(entry.receivedAt()));
            json.writeObjectFieldStart("data");
            EventJson.fields(entry, json);
            JsonWriter.text(json, "orderNumber", entry.order().map(Order::number));
            if (entry.event() instanceof OrderEvent.Placed) {
                json.writeObjectFieldStart("order");
                OrderJson.fields(entry.order().orElseThrow(), json);
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    static String testBody(OutboundJob job) {
        return JsonWriter.object(json -> {
            json.writeStringField("type", job.kind());
            json.writeStringField("timestamp", JsonWriter.time(job.createdAt()));
            json.writeObjectFieldStart("data");
            json.writeStringField("webhookId", job.target());
            json.writeEndObject();
        });
    }

    /// Each attempt is signed anew, by the present secret and, for a while, by the one before.
    static Map<String, String> headers(WebhookEndpoint endpoint, OutboundJob job, String body, Instant now) {
        List<WebhookSecret> secrets = new ArrayList<>();
        secrets.add(endpoint.secret());
        endpoint.retired(now).ifPresent(retired -> secrets.add(retired.secret()));
        var id = id(job);
        return Map.of(
                "content-type",
                "application/json",
                "user-agent",
                "Waybill",
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(now.getEpochSecond()),
                "webhook-signature",
                WebhookSignature.of(secrets, id, now, body));
    }
}
