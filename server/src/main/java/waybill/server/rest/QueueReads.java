package waybill.server.rest;

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
import waybill.mailbox.Depth;
import waybill.mailbox.Letter;
import waybill.mailbox.LetterPage;
import waybill.mailbox.Queue;
import waybill.mailbox.Receipt;
import waybill.order.Actor;
import waybill.server.dialect.CapsDialect;

/// What waits for whom: the queues of `/caps`, who listens to them, and what stores have yet to say that they have.
final class QueueReads {

    private static final String MESSAGES = "messages";
    private static final String RECEIPTS = "receipts";

    /// Characters of orders in one answer, but for the order with which it becomes too long: a page may end before its
    /// `limit`.
    private static final int PAGE_CHARACTERS = 4 << 20;

    private final RestServices services;

    QueueReads(RestServices services) {
        this.services = services;
    }

    Doing all(Call call) {
        var store = storeOf(call);
        return new Doing.Reading(() -> {
            var depths = new TreeMap<Queue, @Nullable Depth>(
                    Comparator.comparing(Queue::store).thenComparing(Queue::topic));
            services.subscriptions().queues().stream()
                    .filter(queue -> store.isEmpty() || store.get().equals(queue.store()))
                    .forEach(queue -> depths.put(queue, null));
            store.map(services.mailboxes()::depths)
                    .orElseGet(services.mailboxes()::depths)
                    .forEach(depth -> depths.put(depth.queue(), depth));
            return Reply.ok(Json.page("queues", List.copyOf(depths.entrySet()), this::write, Optional.empty()));
        });
    }

    private void write(Map.Entry<Queue, @Nullable Depth> row, JsonGenerator json) throws IOException {
        var queue = row.getKey();
        var depth = Optional.ofNullable(row.getValue());
        json.writeStringField("store", queue.store());
        json.writeStringField("event", CapsDialect.word(queue.topic()));
        json.writeNumberField("depth", depth.map(Depth::letters).orElse(0L));
        Json.text(json, "oldest", depth.map(one -> Json.time(one.oldest())));
        json.writeArrayFieldStart("subscribers");
        for (var subscriber : services.subscriptions().of(queue)) {
            json.writeString(subscriber);
        }
        json.writeEndArray();
    }

    Doing one(Call call) {
        var store = call.text("store");
        Permit.requireStore(call.by(), Action.VIEW_QUEUES, Optional.of(store));
        var topic = CapsDialect.topic(call.text("event")).orElseThrow();
        var reader = Actor.of(call.by()).toString();
        var after = Cursor.number(call, MESSAGES, 0);
        var limit = new LetterPage.Limit(call.limit(), PAGE_CHARACTERS);
        return new Doing.Reading(() -> {
            var page = services.mailboxes().page(new Queue(store, topic), reader, after, Long.MAX_VALUE, limit);
            var next = page.hasMore() || page.letters().size() == limit.letters()
                    ? Optional.of(
                            Cursor.after(MESSAGES, page.letters().getLast().eventId()))
                    : Optional.<String>empty();
            return Reply.ok(Json.page(MESSAGES, page.letters(), QueueReads::write, next));
        });
    }

    private static void write(Letter letter, JsonGenerator json) throws IOException {
        json.writeNumberField("eventId", letter.eventId());
        json.writeStringField("event", CapsDialect.word(letter.queue().topic()));
        json.writeStringField("messageId", letter.messageId());
        json.writeStringField("clientId", letter.queue().store());
        json.writeStringField("receivedAt", Json.time(letter.receivedAt()));
        Json.raw(json, "order", letter.payload());
    }

    Doing receipts(Call call) {
        var store = storeOf(call);
        var state = call.find("state").map(word -> Receipt.State.valueOf(word.toUpperCase(Locale.ROOT)));
        var after = Cursor.number(call, RECEIPTS, 0);
        var limit = call.limit();
        return new Doing.Reading(() -> {
            List<Receipt> receipts = services.receipts().search(store, state, after, limit);
            var next = receipts.size() < limit
                    ? Optional.<String>empty()
                    : Optional.of(Cursor.after(RECEIPTS, receipts.getLast().eventId()));
            return Reply.ok(Json.page(RECEIPTS, receipts, QueueReads::write, next));
        });
    }

    private static void write(Receipt receipt, JsonGenerator json) throws IOException {
        json.writeNumberField("eventId", receipt.eventId());
        json.writeStringField("store", receipt.store());
        json.writeStringField("state", receipt.state().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("attempts", receipt.attempts());
        json.writeStringField("askedAt", Json.time(receipt.askedAt()));
        Json.text(json, "sentAt", receipt.sentAt().map(Json::time));
        Json.text(json, "acknowledgedAt", receipt.acknowledgedAt().map(Json::time));
    }

    private static Optional<String> storeOf(Call call) {
        var store = Permit.store(call, call.find("store"));
        Permit.requireStore(call.by(), Action.VIEW_QUEUES, store);
        return store;
    }
}
