package waybill.server.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import waybill.mailbox.Topic;
import waybill.order.EventLog;
import waybill.order.LogEntry;
import waybill.order.LogFilter;
import waybill.server.dialect.CapsDialect;

/// `GET /api/v1/log`: what has happened, by store and event, from a time or an event on.
final class LogRoutes {

    private final EventLog log;

    LogRoutes(EventLog log) {
        this.log = log;
    }

    Supplier<String> search(RoutingContext ctx) {
        var since = Asked.since(ctx);
        var filter = new LogFilter(
                Asked.text(ctx, "store").orElse(null),
                Asked.topic(ctx, "event").orElse(null),
                Math.max(since.after(), Asked.cursor(ctx)),
                since.time(),
                Asked.limit(ctx));
        return () -> json(log.search(filter), filter.max());
    }

    private static String json(List<LogEntry> entries, int limit) {
        return Json.object(json -> {
            json.writeArrayFieldStart("entries");
            for (var entry : entries) {
                write(entry, json);
            }
            json.writeEndArray();
            if (entries.size() == limit) {
                json.writeStringField("next", Long.toString(entries.getLast().position()));
            }
        });
    }

    private static void write(LogEntry entry, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("eventId", entry.position());
        json.writeStringField("event", CapsDialect.word(entry.event().topic().orElse(Topic.IN_TRANSIT)));
        json.writeStringField("store", entry.store());
        json.writeStringField("messageId", entry.messageId());
        json.writeStringField("orderId", entry.order().value().toString());
        json.writeStringField("by", entry.by().toString());
        json.writeStringField("occurredAt", Json.time(entry.occurredAt()));
        json.writeStringField("receivedAt", Json.time(entry.receivedAt()));
        Json.raw(json, "payload", entry.event().payload());
        json.writeEndObject();
    }
}
