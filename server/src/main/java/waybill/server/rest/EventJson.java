package waybill.server.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;
import waybill.order.Actor;
import waybill.order.Event;
import waybill.order.HubEvent;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.server.dialect.CapsDialect;

/// How an entry of the log is shown.
final class EventJson {

    /// What an entry takes without its payload.
    private static final long FIELDS_CHARS = 400;

    private EventJson() {}

    static void fields(LogEntry entry, JsonGenerator json) throws IOException {
        json.writeNumberField("eventId", entry.position());
        json.writeStringField("event", word(entry.event()));
        Json.text(json, "store", store(entry));
        if (entry.orderOrNone() != null) {
            fields(entry.orderOrNone(), entry, json);
        }
        json.writeStringField("by", entry.by().toString());
        json.writeStringField("occurredAt", Json.time(entry.occurredAt()));
        json.writeStringField("receivedAt", Json.time(entry.receivedAt()));
        switch (entry.event()) {
            case OrderEvent event -> said(event, json);
            case HubEvent event -> said(event, json);
        }
    }

    /// How many characters an entry takes, about.
    static long weight(LogEntry entry) {
        return FIELDS_CHARS
                + (entry.event() instanceof OrderEvent event ? event.said().length() : 0);
    }

    private static Optional<String> store(LogEntry entry) {
        return entry.event() instanceof HubEvent.BusinessStatusChanged business
                ? Optional.of(business.store())
                : entry.order().map(Order::store);
    }

    private static void fields(Order order, LogEntry entry, JsonGenerator json) throws IOException {
        json.writeStringField("messageId", order.messageId());
        json.writeStringField("orderId", order.id().toString());
        json.writeStringField("status", order.state().word());
        if (!(entry.event() instanceof OrderEvent.Placed)) {
            json.writeStringField("previousStatus", entry.before().word());
        }
    }

    private static void said(OrderEvent event, JsonGenerator json) throws IOException {
        switch (event) {
            case OrderEvent.Placed _ -> {}
            case OrderEvent.Paid(var amount, var method) -> {
                Json.amounts(json, "amount", "amountMinor", Optional.of(amount));
                json.writeStringField("currency", amount.currency());
                json.writeStringField("paymentMethod", method);
            }
            case OrderEvent.Assigned assigned -> {
                json.writeStringField("driverId", assigned.driver().id());
                Json.text(json, "formerDriverId", assigned.former().map(Actor::id));
            }
            case OrderEvent.Moved(var _, var reason, var _) ->
                Json.text(json, "reason", Optional.of(reason).filter(text -> !text.isEmpty()));
            case OrderEvent.HandedOver(var driver, var _) -> json.writeStringField("driverId", driver.id());
        }
        if (!event.said().equals(OrderEvent.NOTHING_SAID)) {
            Json.raw(json, "payload", event.said());
        }
    }

    private static void said(HubEvent event, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("payload");
        switch (event) {
            case HubEvent.BusinessStatusChanged(var _, var name, var isOpen) -> {
                json.writeStringField("businessName", name);
                json.writeBooleanField("isOpen", isOpen);
            }
            case HubEvent.DriverStatusChanged(var driver, var status, var order) -> {
                json.writeStringField("driverId", driver);
                json.writeStringField("status", status.word());
                Json.text(json, "currentOrder", Optional.ofNullable(order).map(Object::toString));
            }
            case HubEvent.Notified(var id, var user, var title, var message, var type) -> {
                json.writeStringField("id", id.toString());
                json.writeStringField("userId", user.id());
                json.writeStringField("role", user.role().word());
                json.writeStringField("title", title);
                json.writeStringField("message", message);
                json.writeStringField("type", type);
            }
            case HubEvent.OfferMade(var code, var description, var discountValue) -> {
                json.writeStringField("code", code);
                json.writeStringField("description", description);
                json.writeNumberField("discountValue", discountValue);
            }
        }
        json.writeEndObject();
    }

    /// A topic of `/caps` by its word there, another state that an order has come to by the word of that state.
    private static String word(Event event) {
        return switch (event) {
            case OrderEvent about
            when about.topic().isPresent() -> CapsDialect.word(about.topic().get());
            case OrderEvent.Placed _ -> "placed";
            case OrderEvent.Moved(var to, var _, var _) -> to.word();
            case OrderEvent.Paid _ -> "paid";
            case OrderEvent.Assigned _ -> "assigned";
            case OrderEvent.HandedOver _ -> "handed_over";
            case HubEvent.BusinessStatusChanged _ -> "business";
            case HubEvent.DriverStatusChanged _ -> "driver";
            case HubEvent.Notified _ -> "notification";
            case HubEvent.OfferMade _ -> "offer";
        };
    }
}
