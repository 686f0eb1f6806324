package waybill.socketio;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The handlers of an application for a namespace, or for each of those that are created from a pattern.
/// Thread-safe.
final class NamespaceHandlers {

    final List<Middleware> middlewares = new CopyOnWriteArrayList<>();
    final List<Consumer<Socket>> onConnection = new CopyOnWriteArrayList<>();
    final List<BiConsumer<Socket, DisconnectReason>> onDisconnecting = new CopyOnWriteArrayList<>();
    final List<BiConsumer<Socket, DisconnectReason>> onDisconnect = new CopyOnWriteArrayList<>();
    final List<BiConsumer<Socket, String>> onJoinRoom = new CopyOnWriteArrayList<>();
    final List<BiConsumer<Socket, String>> onLeaveRoom = new CopyOnWriteArrayList<>();
    final List<Namespace.SocketEventFilter> filters = new CopyOnWriteArrayList<>();

    /// How many sockets' handlers for outgoing events there are: while there are none, broadcasts need not look
    /// for them.
    final AtomicInteger outgoingHandlerCount = new AtomicInteger();

    private final Map<String, List<Namespace.SocketEventHandler>> handlers = new ConcurrentHashMap<>();
    private final Map<String, List<EventHandler>> serverSide = new ConcurrentHashMap<>();

    void on(String event, Namespace.SocketEventHandler handler) {
        handlers.computeIfAbsent(EventNames.requireAllowed(event), _ -> new CopyOnWriteArrayList<>())
                .add(handler);
    }

    void off(String event, Namespace.SocketEventHandler handler) {
        var found = handlers.get(event);
        if (found != null) {
            found.remove(handler);
        }
    }

    void onServerSide(String event, EventHandler handler) {
        serverSide
                .computeIfAbsent(EventNames.requireAllowed(event), _ -> new CopyOnWriteArrayList<>())
                .add(handler);
    }

    /// Whether all filters let the event pass.
    boolean passes(Socket socket, String event, Args args, Ack ack) {
        for (var filter : filters) {
            if (!HandlerInvoker.passes(filter, socket, event, args, ack)) {
                return false;
            }
        }
        return true;
    }

    @Nullable
    List<Namespace.SocketEventHandler> handlers(String event) {
        return handlers.get(event);
    }

    List<EventHandler> serverSideHandlers(String event) {
        return serverSide.getOrDefault(event, List.of());
    }
}
