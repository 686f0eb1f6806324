package waybill.socketio;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.AckSink;
import waybill.socketio.adapter.Adapter;
import waybill.socketio.adapter.Adapter.RestoredSession;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.SavedSession;
import waybill.socketio.adapter.SavedSession.PendingAck;
import waybill.socketio.adapter.SocketDetails;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.local.LocalSocket;
import waybill.socketio.room.Member;
import waybill.socketio.room.RoomShard;

/// A socket's place in its namespace while it is connected: its rooms, the acks that it has not sent yet, and the
/// secret for recovery. Belongs to the socket's event loop.
final class Membership implements LocalSocket {

    private final Socket socket;
    private final Connection connection;
    private final Namespace namespace;
    private final Member member;
    private final @Nullable String pid; // the secret with which the client may recover
    private long offset;
    private long ackOffset;
    private @Nullable Map<Long, PendingAck> pendingAcks;

    private Membership(Socket socket, Connection connection, @Nullable String pid, long recoveryOffset) {
        this.socket = socket;
        this.connection = connection;
        this.namespace = socket.namespace();
        this.pid = pid;
        this.offset = recoveryOffset;
        this.member = new Member(socket.id(), connection.engine().frameSink(), socket.loop(), this);
    }

    /// Answers CONNECT and adds the socket to the namespace: with its rooms and all that it missed, if its
    /// session is restored.
    static Membership create(Socket socket, Connection connection, Optional<RestoredSession> restored) {
        var adapter = socket.namespace().adapter();
        var answer = "{\"sid\":\"" + socket.id() + "\"";
        var pid = adapter.supportsRecovery() ? recoverySecret(connection, restored) : null;
        if (pid != null) {
            socket.namespace().socketsByPid().put(pid, socket);
            answer += ",\"pid\":\"" + pid + "\"";
        }
        connection.send(new Packet.Connect(socket.namespace().name(), answer + "}"), FrameOptions.RELIABLE);
        connection.engine().delayNext(); // a client may add its listeners when it has this
        var membership = new Membership(socket, connection, pid, adapter.recoveryOffset());
        membership.shard().add(membership.member);
        restored.ifPresent(membership::restore);
        return membership;
    }

    /// A client counts as recovered when it is sent the secret that it already has.
    private static String recoverySecret(Connection connection, Optional<RestoredSession> restored) {
        return restored.map(found -> found.session().pid()).orElseGet(connection::newRecoverySecret);
    }

    private void restore(RestoredSession restored) {
        var session = restored.session();
        offset = session.offset();
        ackOffset = session.ackOffset();
        join(session.rooms());
        for (var missed : restored.missedPackets()) {
            var answers = missed.acks();
            if (answers == null) {
                connection.send(missed.packet(), FrameOptions.RELIABLE);
            } else {
                emitWithAck(missed.packet(), missed.sequence(), answers);
            }
        }
    }

    Socket socket() {
        return socket;
    }

    private Adapter adapter() {
        return namespace.adapter();
    }

    private RoomShard shard() {
        return namespace.rooms().shard(member.loop());
    }

    /// Sends to this socket alone, behind all that was sent to its rooms before.
    void send(Packet packet, FrameOptions options) {
        shard().flushFor(member);
        connection.send(packet, options);
    }

    @Override
    public void emitWithAck(Packet.Event packet, long number, AckSink answers) {
        var pending = pendingAcks;
        if (pending == null) {
            pending = new HashMap<>();
            pendingAcks = pending;
        }
        int most = namespace.config().pendingAcksMax();
        if (pending.size() >= most) {
            answers.failed("pendingAcks: " + pending.size() + " (expected: fewer than " + most + ")");
            return;
        }
        pending.put(packet.ackId(), new PendingAck(packet, number, answers));
        answers.onFailure(() -> connection.engine().onLoop(() -> removePendingAck(packet.ackId(), answers)));
        ackOffset = Math.max(ackOffset, number);
        send(packet, FrameOptions.RELIABLE);
    }

    /// Completes `received` when the client has received all that was sent so far, also to its rooms.
    void whenReceived(CompletableFuture<Void> received) {
        shard().flushFor(member);
        connection.engine().whenReceived().thenAccept(received::complete);
    }

    /// The ack is not awaited any more, so its packet need not be stored.
    private void removePendingAck(long ackId, AckSink answers) {
        var pending = pendingAcks;
        var ack = pending == null ? null : pending.get(ackId);
        if (pending != null && ack != null && answers.equals(ack.acks())) {
            pending.remove(ackId);
        }
    }

    void onAck(Packet.AckPacket ack) {
        var awaited = pendingAcks == null ? null : pendingAcks.remove(ack.ackId());
        if (awaited != null && awaited.acks() != null) {
            awaited.acks().onAck(ack);
        }
    }

    @Override
    public void join(Iterable<String> rooms) {
        int most = namespace.config().roomsMax();
        for (var room : rooms) {
            boolean full = member.roomCount() > most; // one of them is the room of all members
            if (full && !roomNames().contains(room)) {
                throw new IllegalStateException("rooms: more than " + most + " for one socket");
            }
            if (shard().join(room, member)) {
                notifyRoom(namespace.handlers().onJoinRoom, room);
            }
        }
    }

    @Override
    public void leave(Iterable<String> rooms) {
        for (var room : rooms) {
            if (shard().leave(room, member)) {
                notifyRoom(namespace.handlers().onLeaveRoom, room);
            }
        }
    }

    private void notifyRoom(List<BiConsumer<Socket, String>> handlers, String room) {
        for (var handler : handlers) {
            HandlerInvoker.run(namespace, () -> handler.accept(socket, room));
        }
    }

    @Override
    public void disconnect(boolean close) {
        if (close) {
            connection.engine().close(CloseReason.FORCED_CLOSE);
        } else {
            send(new Packet.Disconnect(namespace.name()), FrameOptions.RELIABLE);
            socket.closed(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
        }
    }

    @Override
    public SocketDetails details() {
        return new SocketDetails(
                socket.id(),
                Set.copyOf(socket.rooms()),
                socket.data(),
                socket.handshake().toMap());
    }

    @Override
    public void onSent(Packet.Event packet) {
        socket.notifyOutgoing(packet);
    }

    /// How many questions are kept because their answers are still waited for.
    int pendingAckCount() {
        return pendingAcks == null ? 0 : pendingAcks.size();
    }

    List<String> roomNames() {
        return member.roomNames();
    }

    /// Leaves the namespace; the session is stored for a while where it may be recovered.
    void leave(DisconnectReason reason) {
        var storesPackets = adapter().storesPackets();
        if (pid != null && reason.isRecoverable()) {
            namespace.markRecoverable();
            adapter()
                    .persistSession(new SavedSession(
                            pid,
                            socket.id(),
                            storesPackets ? roomNames() : List.of(),
                            socket.data(),
                            offset,
                            ackOffset,
                            storesPackets ? pendingAcks() : List.of(),
                            this::failPendingAcks));
        }
        if (pid == null || !reason.isRecoverable() || !storesPackets) {
            failPendingAcks();
        }
        if (pid != null) {
            namespace.socketsByPid().remove(pid, socket);
        }
        var handlers = namespace.handlers().onLeaveRoom;
        var left = handlers.isEmpty() ? List.<String>of() : roomNames();
        shard().remove(member);
        left.forEach(room -> notifyRoom(handlers, room));
    }

    private List<PendingAck> pendingAcks() {
        if (pendingAcks == null) {
            return List.of();
        }
        return pendingAcks.values().stream()
                .filter(ack -> ack.acks() != null && !ack.acks().isDone())
                .toList();
    }

    private void failPendingAcks() {
        connection.engine().onLoop(() -> {
            for (var ack : pendingAcks()) {
                if (ack.acks() != null) {
                    ack.acks().failed("disconnected");
                }
            }
        });
    }
}
