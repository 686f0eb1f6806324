package waybill.socketio;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.Adapter.RestoredSession;
import waybill.socketio.adapter.BroadcastOptions;
import waybill.socketio.adapter.SavedSession;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.engine.Session;
import waybill.socketio.packet.JsonArray;
import waybill.socketio.packet.JsonWriter;
import waybill.socketio.packet.Packet;
import waybill.socketio.packet.ProtocolException;
import waybill.socketio.room.Frame;
import waybill.socketio.room.Target;

/// One client in one namespace. Its state belongs to its connection's event loop; its methods may be called from any
/// thread, and what one thread emits arrives in that order.
public final class Socket {

    private final Namespace namespace;
    private final Connection connection;
    private final Handshake handshake;
    private String id; // changes once, before the socket is connected, if the client was here before
    private volatile @Nullable Object data;
    private volatile boolean connected;
    private volatile boolean
            disconnectRequested; // put out, though its loop has not come to it yet: nothing more is heard
    private boolean recovered;
    private boolean discardsRecovery;
    private boolean closing;
    private @Nullable Membership membership;
    private @Nullable SocketHandlers handlers;

    Socket(Namespace namespace, Connection connection, Handshake handshake, String id) {
        this.namespace = namespace;
        this.connection = connection;
        this.handshake = handshake;
        this.id = id;
    }

    /// The socket's public name, another one in each namespace, and never that of its connection.
    public String id() {
        return id;
    }

    public Namespace namespace() {
        return namespace;
    }

    public Handshake handshake() {
        return handshake;
    }

    public boolean connected() {
        return connected;
    }

    /// Whether this is a client that was away for a moment: its id, rooms and data are those it had, and what it
    /// missed has been sent.
    public boolean recovered() {
        return recovered;
    }

    /// Has a client that comes back start as a new one: its session ends, and it gets another id. For a middleware,
    /// which
    /// finds what the session had in [#data] and sees that the client is not the one that it was.
    public void discardRecovery() {
        data = null;
        discardsRecovery = true;
    }

    /// What the application has put on the socket.
    public @Nullable Object data() {
        return data;
    }

    public void data(@Nullable Object value) {
        data = value;
    }

    /// By what the client is reached: it may move from polling to a WebSocket.
    public Session.Transport transport() {
        return connection.engine().transport();
    }

    /// The event loop that runs this socket's callbacks.
    public EventExecutor loop() {
        return connection.engine().loop();
    }

    // ---- hearing

    /// Hears an event of this socket. Where all sockets of a namespace have the same handler, [Namespace#on] is
    /// lighter.
    public void on(String event, EventHandler handler) {
        handlers().on(EventNames.requireAllowed(event), handler, false);
    }

    /// Hears the next event of that name, and no other.
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

    /// Hears every event, before the handlers of that event do.
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

    /// Hears every event that is sent to this socket, to it alone or to many. What is sent to many it hears on the
    /// socket's event loop, all else where it is emitted.
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

    /// Hears that the socket is about to go, while it is still in its rooms.
    public void onDisconnecting(Consumer<DisconnectReason> handler) {
        handlers().disconnecting.add(handler);
    }

    public void onDisconnect(Consumer<DisconnectReason> handler) {
        handlers().disconnect.add(handler);
    }

    /// Decides about every event before it is handled: `true` lets it pass.
    public void use(EventFilter filter) {
        handlers().filters.add(filter);
    }

    /// Looks at an event before it is handled.
    @FunctionalInterface
    public interface EventFilter {

        /// False keeps the event from its handlers, and so does an exception.
        boolean passes(String event, Args args, Ack ack);
    }

    private synchronized SocketHandlers handlers() {
        var all = handlers;
        if (all == null) {
            all = new SocketHandlers();
            handlers = all;
        }
        return all;
    }

    // ---- speaking

    public void emit(String event, @Nullable Object... args) {
        emit(Frame.FrameOptions.RELIABLE, event, args);
    }

    /// Emits the event `message`.
    public void send(@Nullable Object... args) {
        emit(EventNames.MESSAGE, args);
    }

    /// Emits and waits for the client's answer, as long as the client stays.
    public CompletionStage<Args> emitWithAck(String event, @Nullable Object... args) {
        return emitWithTimeout(Duration.ZERO, event, args);
    }

    public SocketEmitter timeout(Duration value) {
        return new SocketEmitter(this).timeout(value);
    }

    public SocketEmitter volatile_() {
        return new SocketEmitter(this).volatile_();
    }

    public SocketEmitter latest(String key) {
        return new SocketEmitter(this).latest(key);
    }

    public SocketEmitter compress(boolean value) {
        return new SocketEmitter(this).compress(value);
    }

    /// To everyone in the namespace but this socket.
    public Broadcast broadcast() {
        return namespace.all().except(id);
    }

    /// To the members of these rooms but this socket.
    public Broadcast to(String... rooms) {
        return broadcast().to(rooms);
    }

    public Broadcast in(String... rooms) {
        return to(rooms);
    }

    /// To everyone but this socket and the members of these rooms.
    public Broadcast except(String... rooms) {
        return broadcast().except(rooms);
    }

    /// To everyone on this node but this socket.
    public Broadcast local() {
        return broadcast().local();
    }

    /// Done when all that was emitted so far has been handed to the network, or the socket is gone. Who has much to
    /// say waits for it from time to time, so that no more piles up for a slow client than it may.
    public CompletionStage<Void> whenDrained() {
        return connection.engine().whenDrained();
    }

    /// Done when the client has received all that was emitted so far, as far as its transport confirms it: its
    /// WebSocket
    /// answers a ping frame behind it, or it comes with its next poll. Never done when the client goes before.
    public CompletionStage<Void> whenReceived() {
        var received = new CompletableFuture<Void>();
        runInOrder(() -> withMembership(mine -> mine.whenReceived(received)));
        return received;
    }

    void emit(Frame.FrameOptions options, String event, @Nullable Object... args) {
        var packet = namespace.eventPacket(Packet.NO_ACK, event, args);
        if (namespace.adapter().storesPackets() && options.kind() == Frame.FrameKind.RELIABLE) {
            namespace.adapter().broadcast(packet, toThisSocket(options));
        } else {
            notifyOutgoing(packet);
            runInOrder(() -> send(packet, options));
        }
    }

    CompletionStage<Args> emitWithTimeout(Duration timeout, String event, @Nullable Object... args) {
        var packet = namespace.eventPacket(namespace.nextAckId(), event, args);
        var answer = AckCollector.ofSingle(timeout);
        if (namespace.adapter().storesPackets()) {
            namespace.adapter().broadcastWithAck(packet, toThisSocket(Frame.FrameOptions.RELIABLE), answer);
        } else {
            notifyOutgoing(packet);
            runInOrder(() -> {
                var mine = membership;
                if (mine == null) {
                    answer.failed("disconnected");
                } else {
                    mine.emitWithAck(packet, 0, answer);
                }
            });
        }
        return answer.result().thenApply(List::getFirst);
    }

    private BroadcastOptions toThisSocket(Frame.FrameOptions options) {
        return new BroadcastOptions(new Target(Set.of(id), Set.of()), options, true);
    }

    void notifyOutgoing(Packet.Event packet) {
        var own = handlers;
        if (own != null && !own.anyOutgoing.isEmpty()) {
            var args = new Args(packet.data(), packet.attachments(), 1);
            var name = eventName(packet.data());
            own.anyOutgoing.forEach(handler -> HandlerInvoker.run(namespace, () -> handler.accept(name, args)));
        }
    }

    /// On the loop; where packets are remembered always as a task, so as to fall in line with what is broadcast.
    private void runInOrder(Runnable action) {
        if (namespace.adapter().storesPackets()) {
            loop().execute(action);
        } else {
            connection.engine().onLoop(action);
        }
    }

    private void send(Packet packet, Frame.FrameOptions options) {
        var mine = membership;
        if (mine != null) {
            mine.send(packet, options);
        }
    }

    private void withMembership(Consumer<Membership> action) {
        var mine = membership;
        if (mine != null) {
            action.accept(mine);
        }
    }

    // ---- rooms

    /// Enters rooms. Done when it is so; fails where that would be more rooms than a socket may be in.
    public CompletionStage<Void> join(String... rooms) {
        return completeAfter(() -> withMembership(mine -> mine.join(List.of(rooms))));
    }

    public CompletionStage<Void> leave(String... rooms) {
        return completeAfter(() -> withMembership(mine -> mine.leave(List.of(rooms))));
    }

    private CompletionStage<Void> completeAfter(Runnable action) {
        var done = new CompletableFuture<Void>();
        runInOrder(() -> {
            try {
                action.run();
                done.complete(null);
            } catch (IllegalStateException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /// The rooms that the socket is in, its own among them. On the socket's event loop.
    public Set<String> rooms() {
        var names = new HashSet<String>();
        withMembership(mine -> {
            names.add(id);
            names.addAll(mine.roomNames());
        });
        return names;
    }

    // ---- the end

    /// Puts the client out of this namespace, or closes its connection.
    public void disconnect(boolean close) {
        disconnectRequested = connected;
        runInOrder(() -> withMembership(mine -> mine.disconnect(close)));
    }

    /// It is over, for whatever reason. On the loop.
    void closed(DisconnectReason reason) {
        var mine = membership;
        if (mine == null) {
            connection.removeSocket(this);
            return;
        }
        if (closing) {
            return; // a handler that is told of the end asks for it
        }
        closing = true;
        disconnectRequested = true;
        var shared = namespace.handlers();
        var own = handlers;
        shared.onDisconnecting.forEach(handler -> invoke(() -> handler.accept(this, reason)));
        if (own != null) {
            own.disconnecting.forEach(handler -> invoke(() -> handler.accept(reason)));
        }
        connected = false;
        mine.leave(reason);
        namespace.socketsById().remove(id, this);
        membership = null;
        connection.removeSocket(this);
        shared.onDisconnect.forEach(handler -> invoke(() -> handler.accept(this, reason)));
        if (own != null) {
            own.disconnect.forEach(handler -> invoke(() -> handler.accept(reason)));
            shared.outgoingHandlerCount.addAndGet(-own.anyOutgoing.size());
            own.anyOutgoing.clear();
        }
    }

    // ---- what the connection says. On the loop.

    boolean discardsRecovery() {
        return discardsRecovery;
    }

    /// The client is a new one after all.
    void resetId(String freshId) {
        id = freshId;
    }

    /// This client was here before, as that session.
    void restore(SavedSession session) {
        id = session.id();
        data = session.data();
    }

    /// The client is back on another connection, although this one has not been seen to break.
    void replaced(Runnable then) {
        connection.engine().onLoop(() -> {
            connection.engine().close(CloseReason.TRANSPORT_CLOSE);
            then.run();
        });
    }

    void connect(Optional<RestoredSession> restored) {
        recovered = restored.isPresent();
        membership = Membership.create(this, connection, restored);
        connected = true;
        namespace.socketsById().put(id, this);
        namespace.handlers().onConnection.forEach(handler -> invoke(() -> handler.accept(this)));
    }

    void onEvent(Packet.Event event) throws ProtocolException {
        if (disconnectRequested) {
            return;
        }
        var name = eventName(event.data());
        if (EventNames.isReserved(name)) {
            throw new ProtocolException("event: \"" + name + "\" (expected: a name that is not reserved)");
        }
        var args = new Args(event.data(), event.attachments(), 1);
        var ack = event.wantsAck() ? new SocketAck(this, event.ackId()) : SocketAck.NONE;
        var own = handlers;
        if (!namespace.handlers().passes(this, name, args, ack)
                || (own != null && !own.passes(namespace, name, args, ack))) {
            return;
        }
        var shared = namespace.handlers().handlers(name);
        if (shared != null) {
            for (var handler : shared) {
                invoke(() -> handler.handle(this, args, ack));
            }
        }
        if (own != null) {
            own.dispatch(name, handler -> invoke(() -> handler.handle(args, ack)));
        }
    }

    /// How many questions are kept because their answers are still waited for. On the loop.
    int pendingAckCount() {
        var mine = membership;
        return mine == null ? 0 : mine.pendingAckCount();
    }

    void onAck(Packet.AckPacket ack) {
        withMembership(mine -> mine.onAck(ack));
    }

    void sendAck(Packet.AckPacket packet) {
        runInOrder(() -> send(packet, Frame.FrameOptions.RELIABLE));
    }

    private static String eventName(JsonArray data) {
        var name = data.value(0, List.of());
        return name instanceof String text ? text : JsonWriter.json(name); // a number, as JavaScript writes it
    }

    /// A handler that fails harms nobody but itself.
    private void invoke(Runnable handler) {
        HandlerInvoker.run(namespace, handler);
    }
}
