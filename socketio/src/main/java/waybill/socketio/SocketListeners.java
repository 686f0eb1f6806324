package waybill.socketio;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.JsonText;
import waybill.socketio.adapter.Packet;
import waybill.socketio.packet.JsonArray;
import waybill.socketio.packet.JsonWriter;

/// The handlers of one socket: how the application adds and removes them. A base class of [Socket], so that a
/// socket with its handlers is one object. Thread-safe.
abstract sealed class SocketListeners permits SocketLifecycle {

    final Namespace namespace;

    @Nullable
    SocketHandlers handlers; // made when first asked for

    SocketListeners(Namespace namespace) {
        this.namespace = namespace;
    }

    /// Handles an event of this socket. Where all sockets of a namespace have the same handler, [Namespace#on] is
    /// lighter.
    public void on(String event, EventHandler handler) {
        handlers().on(EventNames.requireAllowed(event), handler, false);
    }

    /// Handles the next event of that name, and no later one.
    public void once(String event, EventHandler handler) {
        handlers().on(EventNames.requireAllowed(event), handler, true);
    }

    /// Removes a handler of an event, where it was added more than once the last.
    public void off(String event, EventHandler handler) {
        handlers().off(event, handler);
    }

    /// Removes all handlers of an event.
    public void off(String event) {
        handlers().off(event);
    }

    /// Removes the handlers of all events, and of the disconnection; catch-all handlers and filters stay.
    public void removeAllListeners() {
        handlers().clear();
    }

    /// Runs for every event, before the handlers of that event.
    public void onAny(BiConsumer<String, Args> handler) {
        handlers().any.add(handler);
    }

    /// The same, ahead of those that were added before.
    public void prependAny(BiConsumer<String, Args> handler) {
        handlers().any.addFirst(handler);
    }

    public void offAny(BiConsumer<String, Args> handler) {
        handlers().any.remove(handler);
    }

    public void offAny() {
        handlers().any.clear();
    }

    /// Runs for every event that is sent to this socket, alone or in a broadcast: for a broadcast on the socket's
    /// event loop, for all else on the thread that emits.
    public void onAnyOutgoing(BiConsumer<String, Args> handler) {
        handlers().anyOutgoing.add(handler);
        namespace.handlers().outgoingHandlerCount.incrementAndGet();
    }

    /// The same, ahead of those that were added before.
    public void prependAnyOutgoing(BiConsumer<String, Args> handler) {
        handlers().anyOutgoing.addFirst(handler);
        namespace.handlers().outgoingHandlerCount.incrementAndGet();
    }

    public void offAnyOutgoing(BiConsumer<String, Args> handler) {
        if (handlers().anyOutgoing.remove(handler)) {
            namespace.handlers().outgoingHandlerCount.decrementAndGet();
        }
    }

    public void offAnyOutgoing() {
        handlers().anyOutgoing.forEach(this::offAnyOutgoing);
    }

    /// Runs when the socket is about to disconnect, while it is still in its rooms.
    public void onDisconnecting(Consumer<DisconnectReason> handler) {
        handlers().disconnecting.add(handler);
    }

    public void onDisconnect(Consumer<DisconnectReason> handler) {
        handlers().disconnect.add(handler);
    }

    /// Decides about every event before it is handled: `true` lets it pass.
    public void use(Socket.EventFilter filter) {
        handlers().filters.add(filter);
    }

    private synchronized SocketHandlers handlers() {
        var all = handlers;
        if (all == null) {
            all = new SocketHandlers();
            handlers = all;
        }
        return all;
    }

    void notifyOutgoing(Packet.Event packet) {
        var own = handlers;
        if (own != null && !own.anyOutgoing.isEmpty()) {
            var args = new Args(packet.data(), packet.attachments(), 1);
            var name = eventName(packet.data());
            own.anyOutgoing.forEach(handler -> HandlerInvoker.run(namespace, () -> handler.accept(name, args)));
        }
    }

    static String eventName(JsonText data) {
        var array = JsonArray.of(data);
        var plain = array.plainTextOrNone(0);
        if (plain != null) {
            return plain;
        }
        var name = array.value(0, List.of());
        return name instanceof String text ? text : JsonWriter.json(name); // a number, as JavaScript writes it
    }

    /// Runs a handler. An exception of it is logged and ends nothing else.
    final void invoke(Runnable handler) {
        HandlerInvoker.run(namespace, handler);
    }
}
