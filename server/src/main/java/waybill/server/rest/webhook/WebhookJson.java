package waybill.server.rest.webhook;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import waybill.outbound.JobState;
import waybill.outbound.OutboundJob;
import waybill.outbound.WebhookEndpoint;
import waybill.server.rest.http.JsonWriter;
import waybill.server.webhook.WebhookMessage;

/// Renders endpoints of webhooks without their secrets, and deliveries.
final class WebhookJson {

    private WebhookJson() {}

    static String of(WebhookEndpoint endpoint) {
        return JsonWriter.object(json -> write(endpoint, json));
    }

    static void write(WebhookEndpoint endpoint, JsonGenerator json) throws IOException {
        json.writeStringField("webhookId", endpoint.id());
        json.writeStringField("url", endpoint.url());
        json.writeArrayFieldStart("events");
        for (var event : endpoint.events().isEmpty() ? List.of("*") : new TreeSet<>(endpoint.events())) {
            json.writeString(event);
        }
        json.writeEndArray();
        JsonWriter.text(json, "storeId", Optional.ofNullable(endpoint.storeOrNone()));
        json.writeStringField("description", endpoint.description());
        json.writeStringField("createdAt", JsonWriter.time(endpoint.createdAt()));
        json.writeStringField("state", endpoint.isEnabled() ? "enabled" : "disabled");
        var disabled = endpoint.disabledOrNone();
        if (disabled != null) {
            json.writeStringField("disabledAt", JsonWriter.time(disabled.at()));
            json.writeStringField("disabledReason", disabled.reason());
        }
        JsonWriter.text(json, "failingSince", endpoint.failingSince().map(JsonWriter::time));
        var retired = endpoint.retiredOrNone();
        if (retired != null) {
            json.writeStringField("oldSecretUntil", JsonWriter.time(retired.until()));
        }
    }

    static void write(OutboundJob job, JsonGenerator json) throws IOException {
        json.writeNumberField("deliveryId", job.id());
        json.writeStringField("messageId", WebhookMessage.id(job));
        json.writeStringField("type", job.kind());
        JsonWriter.eventId(json, job.sequence());
        json.writeStringField("createdAt", JsonWriter.time(job.createdAt()));
        json.writeStringField("state", job.state().wireName());
        json.writeNumberField("attempts", job.attempts());
        JsonWriter.text(json, "outcome", Optional.of(job.detail()).filter(detail -> !detail.isEmpty()));
        if (job.state() == JobState.PENDING) {
            json.writeStringField("nextAttemptAt", JsonWriter.time(job.dueAt()));
        }
    }
}
