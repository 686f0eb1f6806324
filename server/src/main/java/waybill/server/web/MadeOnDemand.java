package waybill.server.web;

import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/// What requests are answered with, by its name. Each is made by a worker thread when a request first needs it, and
/// stays in memory: a hub that starts makes none, and no event loop waits. Thread-safe.
///
/// @param <T> immutable
public final class MadeOnDemand<T> {

    private final Map<String, T> made = new ConcurrentHashMap<>();
    private final Function<String, T> maker;

    /// @param maker called with names of the program, never with one that a client has chosen
    public MadeOnDemand(Function<String, T> maker) {
        this.maker = maker;
    }

    /// Passes it on, on the event loop of the request.
    public void pass(RoutingContext ctx, String name, Consumer<T> consumer) {
        var ready = made.get(name);
        if (ready != null) {
            consumer.accept(ready);
            return;
        }
        ctx.vertx()
                .executeBlocking(() -> made.computeIfAbsent(name, maker), false)
                .onSuccess(consumer::accept)
                .onFailure(ctx::fail);
    }
}
