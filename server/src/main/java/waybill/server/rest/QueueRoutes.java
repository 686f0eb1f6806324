package waybill.server.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import waybill.mailbox.Depth;
import waybill.mailbox.Letter;
import waybill.mailbox.Mailboxes;
import waybill.mailbox.Queue;
import waybill.mailbox.Subscriptions;
import waybill.server.dialect.CapsDialect;

/// `GET /api/v1/queues`: which queues hold how much, and who listens; and what is in one of them.
final class QueueRoutes {

    private final Mailboxes mailboxes;
    private final Subscriptions subscriptions;

    QueueRoutes(Mailboxes mailboxes, Subscriptions subscriptions) {
        this.mailboxes = mailboxes;
        this.subscriptions = subscriptions;
    }

    Supplier<String> all(RoutingContext ctx) {
        return () -> {
            var depths = new TreeMap<Queue, @Nullable Depth>(
                    Comparator.comparing(Queue::store).thenComparing(Queue::topic));
            subscriptions.queues().forEach(queue -> depths.put(queue, null));
            mailboxes.depths().forEach(depth -> depths.put(depth.queue(), depth));
            return Json.object(json -> {
                json.writeArrayFieldStart("queues");
                for (var entry : depths.entrySet()) {
                    write(entry.getKey(), entry.getValue(), json);
                }
                json.writeEndArray();
            });
        };
    }

    Supplier<String> one(RoutingContext ctx) {
        var store = Asked.inPath(ctx, "store");
        var word = Asked.inPath(ctx, "event");
        var topic =
                CapsDialect.topic(word).orElseThrow(() -> Problem.invalid("event", Asked.unknownEvent("event", word)));
        var after = Asked.cursor(ctx);
        var limit = Asked.limit(ctx);
        return () -> json(mailboxes.page(new Queue(store, topic), after, Long.MAX_VALUE, limit), limit);
    }

    private void write(Queue queue, @Nullable Depth depth, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("store", queue.store());
        json.writeStringField("event", CapsDialect.word(queue.topic()));
        json.writeNumberField("depth", depth == null ? 0 : depth.letters());
        if (depth != null) {
            json.writeStringField("oldest", Json.time(depth.oldest()));
        }
        json.writeArrayFieldStart("subscribers");
        for (var subscriber : subscriptions.of(queue)) {
            json.writeString(subscriber);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String json(List<Letter> letters, int limit) {
        return Json.object(json -> {
            json.writeArrayFieldStart("messages");
            for (var letter : letters) {
                json.writeStartObject();
                json.writeNumberField("eventId", letter.eventId());
                json.writeStringField("event", CapsDialect.word(letter.queue().topic()));
                json.writeStringField("messageId", letter.messageId());
                json.writeStringField("clientId", letter.queue().store());
                json.writeStringField("receivedAt", Json.time(letter.receivedAt()));
                Json.raw(json, "order", letter.payload());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (letters.size() == limit) {
                json.writeStringField("next", Long.toString(letters.getLast().eventId()));
            }
        });
    }
}
