package waybill.socketio;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// What an application has said should happen with one socket. Thread-safe.
final class SocketHandlers {

    final List<BiConsumer<String, Args>> any = new CopyOnWriteArrayList<>();
    final List<BiConsumer<String, Args>> anyOutgoing = new CopyOnWriteArrayList<>();
    final List<Consumer<DisconnectReason>> disconnect = new CopyOnWriteArrayList<>();
    final List<Socket.EventFilter> filters = new CopyOnWriteArrayList<>();
    private final Map<String, List<EventHandler>> byEvent = new ConcurrentHashMap<>();

    void on(String event, EventHandler handler) {
        byEvent.computeIfAbsent(event, _ -> new CopyOnWriteArrayList<>()).add(handler);
    }

    /// Whether all filters let the event pass; the catch-all handlers have heard it then.
    boolean let(String event, Args args, Ack ack) {
        for (var filter : filters) {
            if (!filter.passes(event, args, ack)) {
                return false;
            }
        }
        any.forEach(handler -> handler.accept(event, args));
        return true;
    }

    void tell(String event, Consumer<EventHandler> telling) {
        byEvent.getOrDefault(event, List.of()).forEach(telling);
    }
}
