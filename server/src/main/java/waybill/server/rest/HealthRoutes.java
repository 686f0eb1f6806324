package waybill.server.rest;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/// `GET /health`: whether the hub lives, and whether it can do its work.
final class HealthRoutes {

    private final BooleanSupplier writable;
    private final IntSupplier connections;

    HealthRoutes(BooleanSupplier writable, IntSupplier connections) {
        this.writable = writable;
        this.connections = connections;
    }

    /// It answers, so it lives.
    void live(RoutingContext ctx) {
        Answers.json(ctx, new JsonObject().put("status", "up").encode());
    }

    void ready(RoutingContext ctx) {
        answer(ctx, new JsonObject());
    }

    void health(RoutingContext ctx) {
        answer(ctx, new JsonObject().put("connections", connections.getAsInt()));
    }

    private void answer(RoutingContext ctx, JsonObject body) {
        var ready = writable.getAsBoolean();
        body.put("status", ready ? "up" : "down").put("ready", ready).put("store", ready ? "writable" : "not writable");
        ctx.response().setStatusCode(ready ? 200 : 503);
        Answers.json(ctx, body.encode());
    }
}
