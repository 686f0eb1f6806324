package waybill.server.rest.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import waybill.access.Action;
import waybill.messaging.Confirmation;
import waybill.messaging.Confirmations;
import waybill.messaging.MessagePage;
import waybill.messaging.MessageQueues;
import waybill.messaging.Queue;
import waybill.messaging.QueueDepth;
import waybill.messaging.QueueSubscriptions;
import waybill.messaging.QueuedMessage;
import waybill.order.Actor;
import waybill.server.dialect.caps.CapsDialect;
import waybill.server.dialect.caps.CapsEvents;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.Cursor;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;

/// The queues of `/caps`, their subscribers, and the confirmations of stores.
public final class QueueReads implements OperationHandlers {

    private static final String MESSAGES = "messages";
    private static final String RECEIPTS = "receipts";

    /// Characters of orders in one response, plus the order that exceeds it: a page may end before its `limit`.
    private static final int PAGE_CHARACTERS = 4 << 20;

    private final MessageQueues messageQueues;
    private final Confirmations confirmations;
    private final QueueSubscriptions subscriptions;

    public QueueReads(MessageQueues messageQueues, Confirmations confirmations, QueueSubscriptions subscriptions) {
        this.messageQueues = messageQueues;
        this.confirmations = confirmations;
        this.subscriptions = subscriptions;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of(
                "listQueues", this::list,
                "readQueue", this::read,
                "listReceipts", this::confirmations);
    }

    public RequestAction list(ApiRequest call) {
        var store = requireStore(call);
        return new RequestAction.Read(() -> {
            var depths = new TreeMap<Queue, @Nullable QueueDepth>(
                    Comparator.comparing(Queue::store).thenComparing(Queue::topic));
            subscriptions.subscribedQueues().stream()
                    .filter(queue -> store.isEmpty() || store.get().equals(queue.store()))
                    .forEach(queue -> depths.put(queue, null));
            store.map(messageQueues::listDepths)
                    .orElseGet(messageQueues::listDepths)
                    .forEach(depth -> depths.put(depth.queue(), depth));
            return ApiResponse.ok(
                    JsonWriter.page("queues", List.copyOf(depths.entrySet()), this::write, Optional.empty()));
        });
    }

    private void write(Map.Entry<Queue, @Nullable QueueDepth> row, JsonGenerator json) throws IOException {
        var queue = row.getKey();
        var depth = Optional.ofNullable(row.getValue());
        json.writeStringField("store", queue.store());
        json.writeStringField("event", CapsDialect.eventName(queue.topic()));
        json.writeNumberField("depth", depth.map(QueueDepth::messages).orElse(0L));
        JsonWriter.text(json, "oldest", depth.map(one -> JsonWriter.time(one.oldest())));
        json.writeArrayFieldStart("subscribers");
        for (var subscriber : subscriptions.subscribersOf(queue)) {
            json.writeString(subscriber);
        }
        json.writeEndArray();
    }

    public RequestAction read(ApiRequest call) {
        var store = call.text("store");
        Authorization.requireStore(call.principal(), Action.VIEW_QUEUES, Optional.of(store));
        var topic = CapsDialect.topic(call.text("event")).orElseThrow();
        var reader = Actor.of(call.principal()).toString();
        var after = Cursor.number(call, MESSAGES, 0);
        var limit = new MessagePage.PageLimit(call.limit(), PAGE_CHARACTERS);
        return new RequestAction.Read(() -> {
            var page = messageQueues.listMessages(new Queue(store, topic), reader, after, Long.MAX_VALUE, limit);
            var next = page.hasMore() || page.messages().size() == limit.messagesMax()
                    ? Optional.of(
                            Cursor.after(MESSAGES, page.messages().getLast().eventId()))
                    : Optional.<String>empty();
            return ApiResponse.ok(JsonWriter.page(MESSAGES, page.messages(), QueueReads::write, next));
        });
    }

    private static void write(QueuedMessage message, JsonGenerator json) throws IOException {
        json.writeNumberField("eventId", message.eventId());
        json.writeStringField("event", CapsDialect.eventName(message.queue().topic()));
        json.writeStringField("messageId", message.messageId());
        json.writeStringField("clientId", message.queue().store());
        json.writeStringField("receivedAt", JsonWriter.time(message.receivedAt()));
        JsonWriter.raw(json, "order", CapsEvents.document(message.order(), message.event()));
    }

    public RequestAction confirmations(ApiRequest call) {
        var store = requireStore(call);
        var state = call.find("state").map(name -> Confirmation.State.valueOf(name.toUpperCase(Locale.ROOT)));
        var after = Cursor.number(call, RECEIPTS, 0);
        var limit = call.limit();
        return new RequestAction.Read(() -> {
            List<Confirmation> page = confirmations.search(store, state, after, limit);
            var next = page.size() < limit
                    ? Optional.<String>empty()
                    : Optional.of(Cursor.after(RECEIPTS, page.getLast().eventId()));
            return ApiResponse.ok(JsonWriter.page(RECEIPTS, page, QueueReads::write, next));
        });
    }

    private static void write(Confirmation confirmation, JsonGenerator json) throws IOException {
        json.writeNumberField("eventId", confirmation.eventId());
        json.writeStringField("store", confirmation.store());
        json.writeStringField("state", confirmation.state().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("attempts", confirmation.attempts());
        json.writeStringField("askedAt", JsonWriter.time(confirmation.requestedAt()));
        JsonWriter.text(json, "sentAt", confirmation.sentAt().map(JsonWriter::time));
        JsonWriter.text(json, "acknowledgedAt", confirmation.acknowledgedAt().map(JsonWriter::time));
    }

    private static Optional<String> requireStore(ApiRequest call) {
        var store = Authorization.store(call, call.find("store"));
        Authorization.requireStore(call.principal(), Action.VIEW_QUEUES, store);
        return store;
    }
}
