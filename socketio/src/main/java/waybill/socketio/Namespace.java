package waybill.socketio;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.Adapter;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.PacketLimits;
import waybill.socketio.packet.JsonWriter;
import waybill.socketio.packet.StandardParser;
import waybill.socketio.room.Rooms;

/// A part of the server with its own sockets, rooms and events, reached over the same connections. Thread-safe.
public final class Namespace implements Broadcaster {

    /// Hears one event of every socket of a namespace.
    @FunctionalInterface
    public interface SocketEventHandler {
        void handle(Socket socket, Args args, Ack ack);
    }

    /// Looks at an event of any socket of a namespace before it is handled.
    @FunctionalInterface
    public interface SocketEventFilter {

        /// False keeps the event from its handlers, and so does an exception.
        boolean passes(Socket socket, String event, Args args, Ack ack);
    }

    private final String name;
    private final Config config;
    private final PacketLimits limits;
    private final Adapter adapter;
    private final Rooms rooms;
    private final NamespaceHandlers behaviour;
    private final Broadcast allSockets = new Broadcast(this);
    private final Map<String, Socket> socketsById = new ConcurrentHashMap<>();
    private final Map<String, Socket> socketsByPid = new ConcurrentHashMap<>();
    private final AtomicInteger sockets = new AtomicInteger();
    private volatile boolean hasRecoverable;

    Namespace(String name, Config config, Adapter adapter, Rooms rooms, NamespaceHandlers behaviour) {
        this.name = name;
        this.config = config;
        this.limits = config.packetLimits();
        this.adapter = adapter;
        this.rooms = rooms;
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
        behaviour.on(event, handler);
        return this;
    }

    /// Removes a handler of an event.
    public Namespace off(String event, SocketEventHandler handler) {
        behaviour.off(event, handler);
        return this;
    }

    /// Decides about every event of every socket before it is handled: one filter for all, where [Socket#use]
    /// keeps one for each.
    public Namespace filter(SocketEventFilter filter) {
        behaviour.filters.add(filter);
        return this;
    }

    /// Hears that a socket is about to go, while it is still in its rooms.
    public Namespace onDisconnecting(BiConsumer<Socket, DisconnectReason> handler) {
        behaviour.onDisconnecting.add(handler);
        return this;
    }

    public Namespace onDisconnect(BiConsumer<Socket, DisconnectReason> handler) {
        behaviour.onDisconnect.add(handler);
        return this;
    }

    /// Hears each room that a socket of this node joins, on the socket's event loop. Not its
    /// own room, in which it is while it is connected.
    public Namespace onJoinRoom(BiConsumer<Socket, String> handler) {
        behaviour.onJoinRoom.add(handler);
        return this;
    }

    /// Hears each room that a socket of this node leaves, also those that it was in when it disconnects.
    public Namespace onLeaveRoom(BiConsumer<Socket, String> handler) {
        behaviour.onLeaveRoom.add(handler);
        return this;
    }

    @Override
    public Broadcast all() {
        return allSockets;
    }

    /// How many sockets this node has here, those among them that a middleware has yet to decide about.
    public int socketCount() {
        return sockets.get();
    }

    /// The connected socket of this node that has this id.
    public Optional<Socket> socket(String id) {
        return Optional.ofNullable(socketsById.get(id));
    }

    /// The connected sockets of this node by their ids: a view that changes as they come and go.
    public Map<String, Socket> sockets() {
        return Collections.unmodifiableMap(socketsById);
    }

    /// The names of all rooms that have a member, on any node, and the ids of all sockets, which are rooms of
    /// their own.
    public CompletionStage<Set<String>> allRooms() {
        return adapter.allRooms(false);
    }

    // ---- other nodes

    /// Sends an event to this namespace on every other node, where [#onServerSide] handles it. A single node has
    /// no other.
    public void serverSideEmit(String event, @Nullable Object... args) {
        adapter.serverSideEmit(eventPacket(Packet.NO_ACK, event, args), null);
    }

    /// The same, and gathers one answer of each other node.
    public CompletionStage<List<Args>> serverSideEmitWithAck(Duration timeout, String event, @Nullable Object... args) {
        var answers = new AckCollector(timeout);
        adapter.serverSideEmit(eventPacket(nextAckId(), event, args), answers);
        return answers.result();
    }

    /// Hears an event that another node has sent with [#serverSideEmit].
    public Namespace onServerSide(String event, EventHandler handler) {
        behaviour.onServerSide(event, handler);
        return this;
    }

    /// How many nodes have this namespace, this one among them.
    public CompletionStage<Integer> serverCount() {
        return adapter.serverCount();
    }

    // ---- what the other classes of this package need

    NamespaceHandlers handlers() {
        return behaviour;
    }

    Adapter adapter() {
        return adapter;
    }

    /// The sockets of this node by room.
    Rooms rooms() {
        return rooms;
    }

    Config config() {
        return config;
    }

    /// A packet to clients; refused where they would refuse it.
    Packet.Event eventPacket(long ackId, String event, @Nullable Object... args) {
        var packet = JsonWriter.event(name, ackId, EventNames.requireAllowed(event), requireArguments(args));
        requireFewAttachments(packet.attachments());
        return packet;
    }

    Packet.AckPacket ackPacket(long ackId, @Nullable Object... args) {
        var packet = JsonWriter.ack(name, ackId, requireArguments(args));
        requireFewAttachments(packet.attachments());
        return packet;
    }

    @SuppressWarnings("ConstantValue") // `emit("x", (Object[]) null)` compiles wherever nullness is not checked
    private static @Nullable Object[] requireArguments(@Nullable Object @Nullable [] args) {
        if (args == null) {
            throw new IllegalArgumentException(
                    "arguments: null (expected: an array; one argument that is null is `(Object) null`)");
        }
        return args;
    }

    private void requireFewAttachments(List<byte[]> attachments) {
        if (attachments.size() > limits.sentAttachmentsMax() && config.parser().equals(StandardParser.INSTANCE)) {
            throw new IllegalArgumentException(
                    "attachments: " + attachments.size() + " (expected: at most " + limits.sentAttachmentsMax()
                            + ", for clients refuse more; see sentAttachmentsMax of PacketLimits)");
        }
    }

    long nextAckId() {
        return adapter.nextAckId();
    }

    Map<String, Socket> socketsById() {
        return socketsById;
    }

    /// The sockets that are connected, by the secret with which they may recover.
    Map<String, Socket> socketsByPid() {
        return socketsByPid;
    }

    void onSocketEntered() {
        sockets.incrementAndGet();
    }

    /// True where no socket is left.
    boolean onSocketLeft() {
        return sockets.decrementAndGet() == 0;
    }

    boolean isEmpty() {
        return sockets.get() == 0;
    }

    /// A client disconnected that may recover.
    void markRecoverable() {
        hasRecoverable = true;
    }

    boolean hasRecoverable() {
        return hasRecoverable;
    }
}
