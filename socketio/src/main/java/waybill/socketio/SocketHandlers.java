package waybill.socketio;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// The handlers of an application for one socket. Thread-safe.
final class SocketHandlers {

    final List<BiConsumer<String, Args>> any = new CopyOnWriteArrayList<>();
    final List<BiConsumer<String, Args>> anyOutgoing = new CopyOnWriteArrayList<>();
    final List<Consumer<DisconnectReason>> disconnecting = new CopyOnWriteArrayList<>();
    final List<Consumer<DisconnectReason>> disconnect = new CopyOnWriteArrayList<>();
    final List<Socket.EventFilter> filters = new CopyOnWriteArrayList<>();
    private final Map<String, List<RegisteredHandler>> byEvent = new ConcurrentHashMap<>();

    private record RegisteredHandler(EventHandler handler, boolean once) {}

    /// Whether all filters let the event pass; the catch-all handlers have run then.
    boolean passes(Namespace namespace, String event, Args args, Ack ack) {
        for (var filter : filters) {
            if (!HandlerInvoker.passes(filter, namespace, event, args, ack)) {
                return false;
            }
        }
        any.forEach(handler -> HandlerInvoker.run(namespace, () -> handler.accept(event, args)));
        return true;
    }

    void on(String event, EventHandler handler, boolean once) {
        byEvent.compute(event, (_, found) -> {
            var all = found == null ? new CopyOnWriteArrayList<RegisteredHandler>() : found;
            all.add(new RegisteredHandler(handler, once));
            return all;
        });
    }

    /// Removes the handler where it was added last.
    void off(String event, EventHandler handler) {
        byEvent.computeIfPresent(event, (_, found) -> {
            for (int i = found.size() - 1; i >= 0; i--) {
                if (found.get(i).handler().equals(handler)) {
                    found.remove(i);
                    break;
                }
            }
            return found.isEmpty() ? null : found;
        });
    }

    void off(String event) {
        byEvent.remove(event);
    }

    void clear() {
        byEvent.clear();
        disconnecting.clear();
        disconnect.clear();
    }

    /// Runs the handlers of an event, in their order; those that are for once are removed before.
    void dispatch(String event, Consumer<EventHandler> invoker) {
        var found = byEvent.get(event);
        if (found != null) {
            for (var one : found) {
                if (!one.once() || remove(event, one)) {
                    invoker.accept(one.handler());
                }
            }
        }
    }

    private boolean remove(String event, RegisteredHandler one) {
        var removed = new boolean[1];
        byEvent.computeIfPresent(event, (_, found) -> {
            removed[0] = found.remove(one);
            return found.isEmpty() ? null : found;
        });
        return removed[0];
    }
}
