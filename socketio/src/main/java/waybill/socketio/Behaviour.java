package waybill.socketio;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What an application has said should happen in a namespace, or in each of those that are made from a pattern.
/// Thread-safe.
final class Behaviour {

    final List<Middleware> middlewares = new CopyOnWriteArrayList<>();
    final List<Consumer<Socket>> onConnection = new CopyOnWriteArrayList<>();
    final List<BiConsumer<Socket, DisconnectReason>> onDisconnect = new CopyOnWriteArrayList<>();
    private final List<Namespace.SocketEventFilter> filters = new CopyOnWriteArrayList<>();
    private final Map<String, List<Namespace.SocketEventHandler>> handlers = new ConcurrentHashMap<>();

    void on(String event, Namespace.SocketEventHandler handler) {
        handlers.computeIfAbsent(event, _ -> new CopyOnWriteArrayList<>()).add(handler);
    }

    void filter(Namespace.SocketEventFilter filter) {
        filters.add(filter);
    }

    /// Whether all filters let the event pass.
    boolean let(Socket socket, String event, Args args, Ack ack) {
        for (var filter : filters) {
            if (!filter.passes(socket, event, args, ack)) {
                return false;
            }
        }
        return true;
    }

    @Nullable
    List<Namespace.SocketEventHandler> handlers(String event) {
        return handlers.get(event);
    }
}
