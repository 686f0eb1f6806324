package waybill.server.rest.order;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import waybill.journal.LogEntry;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.order.EmitTarget;
import waybill.order.Event;
import waybill.order.HubEvent;
import waybill.order.NodeEvent;
import waybill.order.Offer;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.Stop;
import waybill.server.dialect.caps.CapsDialect;
import waybill.server.dialect.caps.CapsEvents;
import waybill.server.rest.http.JsonWriter;

/// Renders an entry of the log.
public final class EventJson {

    /// The size of an entry without its payload.
    private static final long FIELDS_CHARS = 400;

    private EventJson() {}

    public static void fields(LogEntry entry, JsonGenerator json) throws IOException {
        json.writeNumberField("eventId", entry.sequence());
        json.writeStringField("event", eventName(entry.event()));
        JsonWriter.text(json, "store", store(entry));
        if (entry.orderOrNone() != null) {
            fields(entry.orderOrNone(), entry, json);
        }
        json.writeStringField("by", entry.actor().toString());
        json.writeStringField("occurredAt", JsonWriter.time(entry.occurredAt()));
        json.writeStringField("receivedAt", JsonWriter.time(entry.receivedAt()));
        switch (entry.event()) {
            case OrderEvent event -> {
                writeFields(event, json);
                var payload = entry.order().map(order -> payload(order, event)).orElse(OrderEvent.NO_DOCUMENT);
                if (!payload.equals(OrderEvent.NO_DOCUMENT)) {
                    JsonWriter.raw(json, "payload", payload);
                }
            }
            case HubEvent event -> writePayload(event, json);
            case NodeEvent event -> writePayload(event, json);
        }
    }

    /// The size of an entry in characters, approximately.
    public static long estimatedChars(LogEntry entry) {
        return FIELDS_CHARS
                + (entry.event() instanceof OrderEvent event
                        ? entry.order()
                                .map(order -> order.documentOf(event).length())
                                .orElse(0)
                        : 0)
                + (entry.event() instanceof HubEvent.BackendEmitted(var _, var _, var data) ? data.length() : 0);
    }

    private static Optional<String> store(LogEntry entry) {
        return switch (entry.event()) {
            case HubEvent.BusinessStatusChanged(var store, var _, var _) -> Optional.of(store);
            case HubEvent.BackendEmitted(EmitTarget.OrderParties parties, var _, var _) -> Optional.of(parties.store());
            case NodeEvent.EventConfirmed(var store, var _) -> Optional.of(store);
            case OrderEvent _, HubEvent _, NodeEvent _ -> entry.order().map(Order::store);
        };
    }

    private static void fields(Order order, LogEntry entry, JsonGenerator json) throws IOException {
        json.writeStringField("messageId", order.messageId());
        json.writeStringField("orderId", order.id().toString());
        json.writeStringField("status", order.state().wireName());
        if (!(entry.event() instanceof OrderEvent.Placed)) {
            json.writeStringField("previousStatus", entry.previousState().wireName());
        }
    }

    private static void writeFields(OrderEvent event, JsonGenerator json) throws IOException {
        switch (event) {
            case OrderEvent.Placed _ -> {}
            case OrderEvent.Paid(var amount, var method) -> {
                JsonWriter.amounts(json, "amount", "amountMinor", Optional.of(amount));
                json.writeStringField("currency", amount.currency());
                json.writeStringField("paymentMethod", method);
            }
            case OrderEvent.Assigned assigned -> {
                json.writeStringField("driverId", assigned.driver().id());
                JsonWriter.text(
                        json, "formerDriverId", assigned.previousDriver().map(Actor::id));
            }
            case OrderEvent.StateChanged(var _, var reason, var _) ->
                JsonWriter.text(json, "reason", Optional.of(reason).filter(text -> !text.isEmpty()));
            case OrderEvent.DriverArriving(var stop, var _, var etaMinutes) -> {
                json.writeStringField("stop", stop.wireName());
                if (etaMinutes != null) {
                    json.writeNumberField("etaMinutes", etaMinutes);
                }
            }
            case OrderEvent.DriverArrived(var stop, var at) -> writeArrival(stop, at, json);
            case OrderEvent.ArrivalCorrected(var stop, var at) -> writeArrival(stop, at, json);
            case OrderEvent.ProofRecorded(var proof) -> ProofOutput.fields(proof, json);
            case OrderEvent.OfTimes ofTimes -> writeTimes(ofTimes, json);
            case OrderEvent.OfLinks ofLinks -> writeLinks(ofLinks, json);
            case OrderEvent.DriverTakenOver(var driver, var _) -> json.writeStringField("driverId", driver.id());
            case OrderEvent.Offered(var offer) -> writeOffer(offer, json);
            case OrderEvent.HandedBack(var driver, var reason) -> {
                json.writeStringField("driverId", driver.id());
                json.writeStringField("reason", reason);
            }
            case OrderEvent.OfferDeclined(var driver, var reason) -> {
                json.writeStringField("driverId", driver.id());
                JsonWriter.text(json, "reason", Optional.of(reason).filter(text -> !text.isEmpty()));
            }
            case OrderEvent.OfferClosed(var round, var reason) -> {
                json.writeNumberField("round", round);
                json.writeStringField("reason", reason.wireName());
            }
        }
    }

    private static void writeTimes(OrderEvent.OfTimes event, JsonGenerator json) throws IOException {
        switch (event) {
            case OrderEvent.TimesSet(var delivery, var readyAt) -> {
                JsonWriter.text(
                        json,
                        "estimatedDeliveryTime",
                        Optional.ofNullable(delivery).map(JsonWriter::time));
                JsonWriter.text(json, "readyAt", Optional.ofNullable(readyAt).map(JsonWriter::time));
            }
            case OrderEvent.Delayed delayed -> {
                json.writeStringField("promisedAt", JsonWriter.time(delayed.promisedAt()));
                json.writeStringField("estimatedDeliveryTime", JsonWriter.time(delayed.expectedAt()));
                json.writeNumberField("delayMinutes", delayed.delayMinutes());
            }
            case OrderEvent.DelayEnded(var promisedAt, var expectedAt) -> {
                json.writeStringField("promisedAt", JsonWriter.time(promisedAt));
                json.writeStringField("estimatedDeliveryTime", JsonWriter.time(expectedAt));
            }
        }
    }

    private static void writeLinks(OrderEvent.OfLinks event, JsonGenerator json) throws IOException {
        switch (event) {
            case OrderEvent.LinkShared(var link, var expiresAt, var replaced) -> {
                json.writeStringField("linkId", link.toString());
                json.writeStringField("linkExpiresAt", JsonWriter.time(expiresAt));
                if (!replaced.isEmpty()) {
                    writeLinkIds("revokedLinkIds", replaced, json);
                }
            }
            case OrderEvent.LinksRevoked(var links) -> writeLinkIds("revokedLinkIds", links, json);
        }
    }

    private static void writeLinkIds(String name, List<UUID> links, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (var link : links) {
            json.writeString(link.toString());
        }
        json.writeEndArray();
    }

    private static void writeArrival(Stop stop, Instant at, JsonGenerator json) throws IOException {
        json.writeStringField("stop", stop.wireName());
        json.writeStringField("arrivedAt", JsonWriter.time(at));
    }

    /// It names none of the asked drivers: the customer reads it too.
    private static void writeOffer(Offer offer, JsonGenerator json) throws IOException {
        json.writeNumberField("round", offer.round());
        json.writeBooleanField("toAllDrivers", offer.isToAll());
        JsonWriter.text(json, "expiresAt", offer.expiresAt().map(JsonWriter::time));
    }

    /// The parcel of an event with a topic of `/caps`, as it is sent there; of another, the sender's document.
    private static String payload(Order order, OrderEvent event) {
        if (Topic.of(event).isPresent()) {
            return CapsEvents.document(order, event);
        }
        return event instanceof OrderEvent.Placed ? order.details().document() : event.document();
    }

    private static void writePayload(NodeEvent event, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("payload");
        switch (event) {
            case NodeEvent.TokensRevoked(var user, var until) -> {
                json.writeStringField("userId", user.id());
                json.writeStringField("role", user.role().wireName());
                json.writeStringField("revokedUntil", JsonWriter.time(until));
            }
            case NodeEvent.EventConfirmed(var _, var sequence) -> json.writeNumberField("eventId", sequence);
        }
        json.writeEndObject();
    }

    private static void writePayload(HubEvent event, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("payload");
        switch (event) {
            case HubEvent.BusinessStatusChanged(var _, var name, var isOpen) -> {
                json.writeStringField("businessName", name);
                json.writeBooleanField("isOpen", isOpen);
            }
            case HubEvent.DriverStatusChanged(var driver, var status, var order, var shift) -> {
                json.writeStringField("driverId", driver);
                json.writeStringField("status", status.wireName());
                JsonWriter.text(json, "currentOrder", Optional.ofNullable(order).map(Object::toString));
                ShiftJson.write(shift, json);
            }
            case HubEvent.UserNotified(var id, var user, var title, var message, var type) -> {
                json.writeStringField("id", id.toString());
                json.writeStringField("userId", user.id());
                json.writeStringField("role", user.role().wireName());
                json.writeStringField("title", title);
                json.writeStringField("message", message);
                json.writeStringField("type", type);
            }
            case HubEvent.CouponCreated(var code, var description, var discountValue) -> {
                json.writeStringField("code", code);
                json.writeStringField("description", description);
                json.writeNumberField("discountValue", discountValue);
            }
            case HubEvent.BackendEmitted emitted -> EmitTargetJson.writePayload(emitted, json);
            case HubEvent.AlertOpened(var alert) -> AlertJson.writeFields(alert, json);
            case HubEvent.AlertCleared(var alert) -> AlertJson.writeFields(alert, json);
        }
        json.writeEndObject();
    }

    /// A topic of `/caps` by its name there, another state by its wire name.
    private static String eventName(Event event) {
        return switch (event) {
            case OrderEvent.Placed placed -> topicName(placed).orElse("placed");
            case OrderEvent.StateChanged changed ->
                topicName(changed).orElse(changed.state().wireName());
            case OrderEvent.Paid _ -> "paid";
            case OrderEvent.Assigned _ -> "assigned";
            case OrderEvent.HandedBack _ -> "handed_back";
            case OrderEvent.DriverTakenOver _ -> "handed_over";
            case OrderEvent.DriverArriving _ -> "driver_arriving";
            case OrderEvent.DriverArrived _ -> "driver_arrived";
            case OrderEvent.ArrivalCorrected _ -> "arrival_corrected";
            case OrderEvent.Offered _ -> "offered";
            case OrderEvent.OfferDeclined _ -> "offer_declined";
            case OrderEvent.OfferClosed _ -> "offer_closed";
            case OrderEvent.ProofRecorded _ -> "proof";
            case OrderEvent.TimesSet _ -> "times_set";
            case OrderEvent.Delayed _ -> "delayed";
            case OrderEvent.DelayEnded _ -> "delay_ended";
            case OrderEvent.LinkShared _ -> "link_shared";
            case OrderEvent.LinksRevoked _ -> "links_revoked";
            case HubEvent.BusinessStatusChanged _ -> "business";
            case HubEvent.DriverStatusChanged _ -> "driver";
            case HubEvent.UserNotified _ -> "notification";
            case HubEvent.CouponCreated _ -> "offer";
            case HubEvent.BackendEmitted _ -> "emit";
            case HubEvent.AlertOpened _ -> "alert";
            case HubEvent.AlertCleared _ -> "alert_cleared";
            case NodeEvent.TokensRevoked _ -> "revocation";
            case NodeEvent.EventConfirmed _ -> "confirmation";
        };
    }

    private static Optional<String> topicName(OrderEvent event) {
        return Topic.of(event).map(CapsDialect::eventName);
    }
}
