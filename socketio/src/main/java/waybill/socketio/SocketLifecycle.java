package waybill.socketio;

import io.netty.util.concurrent.EventExecutor;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.Adapter.RestoredSession;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.adapter.SavedSession;
import waybill.socketio.engine.CloseReason;

/// What its connection does with a socket: connects it, hands it packets, closes it. A base class of [Socket], so
/// that a socket is one object. Its methods run on the socket's event loop.
abstract sealed class SocketLifecycle extends SocketListeners permits Socket {

    final Connection connection;
    String id; // changes once, before the socket is connected, if its session is restored
    volatile @Nullable Object data;
    volatile boolean connected;
    volatile boolean disconnectRequested; // from then on the client's events are ignored
    boolean recovered;
    boolean discardsRecovery;
    private boolean closing;

    @Nullable
    Membership membership;

    SocketLifecycle(Namespace namespace, Connection connection, String id) {
        super(namespace);
        this.connection = connection;
        this.id = id;
    }

    abstract Socket self();

    /// The event loop that runs this socket's callbacks.
    public EventExecutor loop() {
        return connection.engine().loop();
    }

    boolean discardsRecovery() {
        return discardsRecovery;
    }

    /// The client starts as a new one.
    void resetId(String freshId) {
        id = freshId;
    }

    /// The client was connected before, as that session.
    void restore(SavedSession session) {
        id = session.id();
        data = session.data();
    }

    /// The client is back on another connection, although this one is not known to be broken.
    void replaced(Runnable then) {
        connection.engine().onLoop(() -> {
            connection.engine().close(CloseReason.TRANSPORT_CLOSE);
            then.run();
        });
    }

    void connect(Optional<RestoredSession> restored) {
        recovered = restored.isPresent();
        membership = Membership.create(self(), connection, restored);
        connected = true;
        namespace.socketsById().put(id, self());
        namespace.handlers().onConnection.forEach(handler -> invoke(() -> handler.accept(self())));
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
        var ack = event.wantsAck() ? new SocketAck(self(), event.ackId()) : SocketAck.NONE;
        var own = handlers;
        if (!namespace.handlers().passes(self(), name, args, ack)
                || (own != null && !own.passes(namespace, name, args, ack))) {
            return;
        }
        var shared = namespace.handlers().handlers(name);
        if (shared != null) {
            for (var handler : shared) {
                invoke(() -> handler.handle(self(), args, ack));
            }
        }
        if (own != null) {
            own.dispatch(name, handler -> invoke(() -> handler.handle(args, ack)));
        }
    }

    /// How many acks the client has not sent yet.
    int pendingAckCount() {
        var mine = membership;
        return mine == null ? 0 : mine.pendingAckCount();
    }

    void onAck(Packet.AckPacket ack) {
        withMembership(mine -> mine.onAck(ack));
    }

    void sendAck(Packet.AckPacket packet) {
        runInOrder(() -> send(packet, FrameOptions.RELIABLE));
    }

    /// The socket is disconnected, for whatever reason.
    void closed(DisconnectReason reason) {
        var mine = membership;
        if (mine == null) {
            connection.removeSocket(self());
            return;
        }
        if (closing) {
            return; // a handler that runs because of the end asks for it
        }
        closing = true;
        disconnectRequested = true;
        var shared = namespace.handlers();
        var own = handlers;
        shared.onDisconnecting.forEach(handler -> invoke(() -> handler.accept(self(), reason)));
        if (own != null) {
            own.disconnecting.forEach(handler -> invoke(() -> handler.accept(reason)));
        }
        connected = false;
        mine.leave(reason);
        namespace.socketsById().remove(id, this);
        membership = null;
        connection.removeSocket(self());
        shared.onDisconnect.forEach(handler -> invoke(() -> handler.accept(self(), reason)));
        if (own != null) {
            own.disconnect.forEach(handler -> invoke(() -> handler.accept(reason)));
            shared.outgoingHandlerCount.addAndGet(-own.anyOutgoing.size());
            own.anyOutgoing.clear();
        }
    }

    /// Runs on the loop; where packets are stored always as a task, so that the order with broadcasts holds.
    final void runInOrder(Runnable action) {
        if (namespace.adapter().storesPackets()) {
            loop().execute(action);
        } else {
            connection.engine().onLoop(action);
        }
    }

    final void send(Packet packet, FrameOptions options) {
        var mine = membership;
        if (mine != null) {
            mine.send(packet, options);
        }
    }

    final void withMembership(Consumer<Membership> action) {
        var mine = membership;
        if (mine != null) {
            action.accept(mine);
        }
    }
}
