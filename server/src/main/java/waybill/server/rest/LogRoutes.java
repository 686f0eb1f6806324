package waybill.server.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import waybill.order.Event;
import waybill.order.EventLog;
import waybill.order.HubEvent;
import waybill.order.LogEntry;
import waybill.order.LogFilter;
import waybill.order.OrderEvent;
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
        json.writeStringField("event", word(entry.event()));
        var order = entry.orderOrNone();
        if (order != null) {
            json.writeStringField("store", order.store());
            json.writeStringField("messageId", order.messageId());
            json.writeStringField("orderId", order.id().toString());
        }
        json.writeStringField("by", entry.by().toString());
        json.writeStringField("occurredAt", Json.time(entry.occurredAt()));
        json.writeStringField("receivedAt", Json.time(entry.receivedAt()));
        if (entry.event() instanceof OrderEvent event && !event.said().equals(OrderEvent.NOTHING_SAID)) {
            Json.raw(json, "payload", event.said());
        }
        json.writeEndObject();
    }

    /// A topic of `/caps` by its word there, the state that an order has come to by that of the state.
    private static String word(Event event) {
        return switch (event) {
            case OrderEvent about
            when about.topic().isPresent() -> CapsDialect.word(about.topic().get());
            case OrderEvent.Placed(var as, var _) -> as.word();
            case OrderEvent.Moved(var to, var _, var _) -> to.word();
            case OrderEvent.Paid _ -> "paid";
            case OrderEvent.Assigned _ -> "assigned";
            case OrderEvent.HandedOver _ -> "handed_over";
            case HubEvent.BusinessStatusChanged _ -> "business_status";
            case HubEvent.DriverStatusChanged _ -> "driver_status";
            case HubEvent.Notified _ -> "notification";
            case HubEvent.OfferMade _ -> "offer";
        };
    }
}
