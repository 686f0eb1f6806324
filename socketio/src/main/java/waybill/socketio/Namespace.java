package waybill.socketio;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import waybill.socketio.adapter.Adapter;
import waybill.socketio.packet.Packet;

/// A part of the server with its own sockets, rooms and events, reached over the same connections. Thread-safe.
public final class Namespace implements Broadcasts {

    /// Hears one event of every socket of a namespace.
    @FunctionalInterface
    public interface SocketEventHandler {
        void on(Socket socket, Args args, Ack ack);
    }

    /// Looks at an event of any socket of a namespace before it is handled.
    @FunctionalInterface
    public interface SocketEventFilter {

        /// False keeps the event from its handlers.
        boolean passes(Socket socket, String event, Args args, Ack ack);
    }

    private final String name;
    private final Config config;
    private final Adapter adapter;
    private final Behaviour behaviour;
    private final Broadcast everyone = new Broadcast(this);
    private final AtomicLong ackIds = new AtomicLong();
    private final Map<String, Socket> byPid = new ConcurrentHashMap<>();
    private final AtomicInteger sockets = new AtomicInteger();

    Namespace(String name, Config config, Adapter adapter, Behaviour behaviour) {
        this.name = name;
        this.config = config;
        this.adapter = adapter;
        this.behaviour = behaviour;
    }

    public String name() {
        return name;
    }

    /// Asked, in the order they were given, before a socket connects.
    public Namespace use(Middleware middleware) {
        behaviour.middlewares.add(middleware);
        return this;
    }

    public Namespace onConnection(Consumer<Socket> handler) {
        behaviour.onConnection.add(handler);
        return this;
    }

    /// Hears an event of every socket: one handler for all, where [Socket#on] keeps one for each.
    public Namespace on(String event, SocketEventHandler handler) {
        behaviour.on(Events.checked(event), handler);
        return this;
    }

    /// Decides about every event of every socket before it is handled: one filter for all, where [Socket#use] keeps one
    /// for each.
    public Namespace filter(SocketEventFilter filter) {
        behaviour.filter(filter);
        return this;
    }

    public Namespace onDisconnect(BiConsumer<Socket, DisconnectReason> handler) {
        behaviour.onDisconnect.add(handler);
        return this;
    }

    @Override
    public Broadcast all() {
        return everyone;
    }

    /// How many sockets this node has here.
    public int socketCount() {
        return sockets.get();
    }

    Behaviour behaviour() {
        return behaviour;
    }

    Adapter adapter() {
        return adapter;
    }

    Config config() {
        return config;
    }

    /// Acks are told apart by number throughout the namespace, so that a broadcast's is nobody else's.
    long nextAckId() {
        return ackIds.getAndIncrement() & Packet.ACK_ID_MAX;
    }

    /// The sockets that are connected, by the secret with which they may come back.
    Map<String, Socket> byPid() {
        return byPid;
    }

    void entered() {
        sockets.incrementAndGet();
    }

    /// True where nobody is left.
    boolean left() {
        return sockets.decrementAndGet() == 0;
    }
}
