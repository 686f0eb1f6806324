package waybill.server.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.server.metrics.Meters;
import waybill.tracking.TrackLog;

/// Whether the hub lives and can do its work, who is connected, and what was sent.
final class Figures {

    /// Users that are named in one answer.
    private static final int USERS_MAX = 1_000;

    private final RestServices services;
    private final Instant startedAt;

    Figures(RestServices services) {
        this.services = services;
        startedAt = services.clock().instant();
    }

    /// It answers, so it lives.
    Doing live(Call call) {
        return new Doing.Said(Reply.ok(new JsonObject().put("status", "up").encode()));
    }

    Doing ready(Call call) {
        return healthy(new JsonObject());
    }

    Doing health(Call call) {
        return healthy(new JsonObject().put("connections", services.connected().connections()));
    }

    private Doing healthy(JsonObject body) {
        var writable = services.writable().getAsBoolean();
        var failed = services.failedThreads().get();
        var ready = writable && failed.isEmpty();
        body.put("status", ready ? "up" : "down")
                .put("ready", ready)
                .put("store", writable ? "writable" : "not writable");
        if (!failed.isEmpty()) {
            body.put("failedThreads", List.copyOf(failed));
        }
        return new Doing.Said(Reply.json(ready ? 200 : 503, body.encode()));
    }

    Doing status(Call call) {
        Permit.require(call.by(), Action.VIEW_SOCKETS, Relation.NONE, "connections");
        var connected = services.connected();
        return new Doing.Said(Reply.ok(Json.object(json -> {
            json.writeArrayFieldStart("connectedUsers");
            for (var user : connected.someUsers(USERS_MAX)) {
                json.writeString(user);
            }
            json.writeEndArray();
            json.writeNumberField("totalConnections", connected.connections());
        })));
    }

    Doing metrics(Call call) {
        Permit.require(call.by(), Action.VIEW_SOCKETS, Relation.NONE, "connections");
        var connected = services.connected();
        var uptime = Duration.between(startedAt, call.receivedAt());
        return new Doing.Said(Reply.ok(Json.object(json -> {
            json.writeNumberField("connectedUsers", connected.users());
            json.writeNumberField("totalConnections", connected.connections());
            json.writeObjectFieldStart("eventMetrics");
            for (var count : new TreeMap<>(connected.eventsSent()).entrySet()) {
                json.writeNumberField(count.getKey(), count.getValue());
            }
            json.writeEndObject();
            writeTracks(services.tracks().figures(), json);
            json.writeNumberField("uptime", uptime.toMillis() / 1_000.0);
        })));
    }

    private static void writeTracks(TrackLog.Figures figures, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("trackPoints");
        json.writeNumberField("kept", figures.kept());
        json.writeNumberField("lost", figures.lost());
        json.writeNumberField("waiting", figures.waiting());
        json.writeBooleanField("writable", figures.isWritable());
        json.writeEndObject();
    }

    /// Put together away from the event loops, for it takes a while, and away from the readers, for it is asked for
    /// most when those are busy.
    Doing exposition(Call call) {
        Permit.require(call.by(), Action.VIEW_METRICS, Relation.NONE, "metrics");
        return new Doing.Awaiting(CompletableFuture.supplyAsync(
                () -> new Reply(200, Meters.CONTENT_TYPE, services.meters().exposition(), Map.of()),
                Thread::startVirtualThread));
    }
}
