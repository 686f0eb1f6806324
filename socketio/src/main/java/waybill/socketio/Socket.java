package waybill.socketio;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.BroadcastOptions;
import waybill.socketio.adapter.FrameKind;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.Target;

/// One client in one namespace. Its state belongs to its connection's event loop; its methods may be called from
/// any thread, and what one thread emits arrives in that order.
public final class Socket extends SocketLifecycle {

    private final Handshake handshake;

    Socket(Namespace namespace, Connection connection, Handshake handshake, String id) {
        super(namespace, connection, id);
        this.handshake = handshake;
    }

    @Override
    Socket self() {
        return this;
    }

    /// The socket's public name, another one in each namespace, and never that of its connection.
    public String id() {
        return id;
    }

    /// A public name of the connection, which all sockets of a client share that are on it.
    public String connectionId() {
        return connection.publicId();
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

    /// Whether the client's earlier session was restored: its id, rooms and data are those it had, and the packets
    /// that it missed have been sent.
    public boolean recovered() {
        return recovered;
    }

    /// Starts a new session for a client that reconnects: its earlier session ends, and it gets another id. For a
    /// middleware that finds in [#data] what the session had, and that the client is now another user.
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

    /// The transport in use: the client may move from polling to a WebSocket.
    public Transport transport() {
        return Transport.of(connection.engine().transport());
    }

    /// Decides about an event before it is handled.
    @FunctionalInterface
    public interface EventFilter {

        /// False keeps the event from its handlers, and so does an exception.
        boolean passes(String event, Args args, Ack ack);
    }

    // ---- emitting

    public void emit(String event, @Nullable Object... args) {
        emit(FrameOptions.RELIABLE, event, args);
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

    /// To all sockets in the namespace but this one.
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

    /// To all sockets but this one and the members of these rooms.
    public Broadcast except(String... rooms) {
        return broadcast().except(rooms);
    }

    /// To all sockets on this node but this one.
    public Broadcast local() {
        return broadcast().local();
    }

    /// Done when all that was emitted so far has been handed to the network, or the socket is disconnected. A
    /// sender of many events waits for it from time to time, so that a slow client's outbox does not overflow.
    public CompletionStage<Void> whenDrained() {
        return connection.engine().whenDrained();
    }

    /// Done when the client has received all that was emitted so far, as far as its transport confirms it: its
    /// WebSocket answers a ping frame sent after it, or its next poll arrives. Never done when the client
    /// disconnects before.
    public CompletionStage<Void> whenReceived() {
        var received = new CompletableFuture<Void>();
        runInOrder(() -> withMembership(mine -> mine.whenReceived(received)));
        return received;
    }

    void emit(FrameOptions options, String event, @Nullable Object... args) {
        var packet = namespace.eventPacket(Packet.NO_ACK, event, args);
        if (namespace.adapter().storesPackets() && options.kind() == FrameKind.RELIABLE) {
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
            namespace.adapter().broadcastWithAck(packet, toThisSocket(FrameOptions.RELIABLE), answer);
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

    private BroadcastOptions toThisSocket(FrameOptions options) {
        return new BroadcastOptions(new Target(Set.of(id), Set.of()), options, true);
    }

    // ---- rooms

    /// Joins rooms. Done when the socket has joined; fails where that would be more rooms than a socket may be in.
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

    /// Disconnects the client from this namespace, or closes its connection.
    public void disconnect(boolean close) {
        disconnectRequested = connected;
        runInOrder(() -> withMembership(mine -> mine.disconnect(close)));
    }
}
