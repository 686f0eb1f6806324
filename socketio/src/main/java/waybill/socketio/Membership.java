package waybill.socketio;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.AckSink;
import waybill.socketio.adapter.Adapter;
import waybill.socketio.adapter.Adapter.RestoredSession;
import waybill.socketio.adapter.LocalSocket;
import waybill.socketio.adapter.SavedSession;
import waybill.socketio.adapter.SavedSession.PendingAck;
import waybill.socketio.adapter.SocketDetails;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.packet.Packet;
import waybill.socketio.room.Frame;
import waybill.socketio.room.Member;
import waybill.socketio.room.RoomShard;

/// A socket's place in its namespace while it is connected: its rooms, the acks that it owes, and by what it may
/// come back. Belongs to the socket's event loop.
final class Membership implements LocalSocket {

    private final Socket socket;
    private final Connection connection;
    private final Namespace namespace;
    private final Member member;
    private final @Nullable String pid; // the secret by which the client may come back
    private long offset;
    private long ackOffset;
    private @Nullable Map<Long, PendingAck> pendingAcks;

    private Membership(Socket socket, Connection connection, @Nullable String pid, long mark) {
        this.socket = socket;
        this.connection = connection;
        this.namespace = socket.namespace();
        this.pid = pid;
        this.offset = mark;
        this.member = new Member(socket.id(), connection.engine().frameSink(), socket.loop(), this);
    }

    /// Greets the client and seats it: with its rooms and all that it missed, if it was here before.
    static Membership create(Socket socket, Connection connection, Optional<RestoredSession> restored) {
        var adapter = socket.namespace().adapter();
        var greeting = "{\"sid\":\"" + socket.id() + "\"";
        var pid = adapter.supportsRecovery() ? recoverySecret(connection, restored) : null;
        if (pid != null) {
            socket.namespace().socketsByPid().put(pid, socket);
            greeting += ",\"pid\":\"" + pid + "\"";
        }
        connection.send(new Packet.Connect(socket.namespace().name(), greeting + "}"), Frame.FrameOptions.RELIABLE);
        connection.engine().delayNext(); // a client may add its listeners when it has this
        var seat = new Membership(socket, connection, pid, adapter.recoveryOffset());
        seat.shard().add(seat.member);
        restored.ifPresent(seat::restore);
        return seat;
    }

    /// A client takes itself for recovered when it is told the secret that it has.
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
                connection.send(missed.packet(), Frame.FrameOptions.RELIABLE);
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
        return adapter().rooms().shard(member.loop());
    }

    /// Sends to this socket alone, behind all that was said to its rooms before.
    void send(Packet packet, Frame.FrameOptions options) {
        shard().flushFor(member);
        connection.send(packet, options);
    }

    @Override
    public void emitWithAck(Packet.Event packet, long number, AckSink answers) {
        var owed = pendingAcks;
        if (owed == null) {
            owed = new HashMap<>();
            pendingAcks = owed;
        }
        int most = namespace.config().pendingAcksMax();
        if (owed.size() >= most) {
            answers.failed("unanswered: " + owed.size() + " (expected: fewer than " + most + ")");
            return;
        }
        owed.put(packet.ackId(), new PendingAck(packet, number, answers));
        answers.onFailure(() -> connection.engine().onLoop(() -> removePendingAck(packet.ackId(), answers)));
        ackOffset = Math.max(ackOffset, number);
        send(packet, Frame.FrameOptions.RELIABLE);
    }

    /// Completes `received` when the client has received all that was sent so far, also to its rooms.
    void whenReceived(CompletableFuture<Void> received) {
        shard().flushFor(member);
        connection.engine().whenReceived().thenAccept(received::complete);
    }

    /// That answer is not waited for any more, so its question need not be kept.
    private void removePendingAck(long ackId, AckSink answers) {
        var owed = pendingAcks;
        var asked = owed == null ? null : owed.get(ackId);
        if (owed != null && asked != null && answers.equals(asked.acks())) {
            owed.remove(ackId);
        }
    }

    void onAck(Packet.AckPacket ack) {
        var asked = pendingAcks == null ? null : pendingAcks.remove(ack.ackId());
        if (asked != null && asked.acks() != null) {
            asked.acks().onAck(ack);
        }
    }

    @Override
    public void join(Iterable<String> rooms) {
        int most = namespace.config().roomsMax();
        for (var room : rooms) {
            boolean full = member.roomCount() > most; // one of them holds everyone
            if (full && !roomNames().contains(room)) {
                throw new IllegalStateException("rooms: more than " + most + " for one socket");
            }
            shard().join(room, member);
        }
    }

    @Override
    public void leave(Iterable<String> rooms) {
        rooms.forEach(room -> shard().leave(room, member));
    }

    @Override
    public void disconnect(boolean close) {
        if (close) {
            connection.engine().close(CloseReason.FORCED_CLOSE);
        } else {
            send(new Packet.Disconnect(namespace.name()), Frame.FrameOptions.RELIABLE);
            socket.closed(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
        }
    }

    @Override
    public SocketDetails details() {
        return new SocketDetails(socket.id(), Set.copyOf(socket.rooms()), socket.data());
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

    /// Gives the seat up; what the socket was is kept for a while where it may come back.
    void leave(DisconnectReason reason) {
        var remembersPackets = adapter().storesPackets();
        if (pid != null && reason.isRecoverable()) {
            namespace.markRecoverable();
            adapter()
                    .persistSession(new SavedSession(
                            pid,
                            socket.id(),
                            remembersPackets ? roomNames() : List.of(),
                            socket.data(),
                            offset,
                            ackOffset,
                            remembersPackets ? pendingAcks() : List.of(),
                            this::failPendingAcks));
        }
        if (pid == null || !reason.isRecoverable() || !remembersPackets) {
            failPendingAcks();
        }
        if (pid != null) {
            namespace.socketsByPid().remove(pid, socket);
        }
        shard().remove(member);
    }

    private List<PendingAck> pendingAcks() {
        if (pendingAcks == null) {
            return List.of();
        }
        return pendingAcks.values().stream()
                .filter(asked -> asked.acks() != null && !asked.acks().isDone())
                .toList();
    }

    private void failPendingAcks() {
        connection.engine().onLoop(() -> {
            for (var asked : pendingAcks()) {
                if (asked.acks() != null) {
                    asked.acks().failed("disconnected");
                }
            }
        });
    }
}
