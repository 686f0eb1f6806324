package waybill.socketio;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.Adapter;
import waybill.socketio.adapter.Adapter.Restored;
import waybill.socketio.adapter.Answers;
import waybill.socketio.adapter.LocalSocket;
import waybill.socketio.adapter.SavedSession;
import waybill.socketio.adapter.SavedSession.Asked;
import waybill.socketio.adapter.SocketDetails;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.packet.Packet;
import waybill.socketio.room.Frame;
import waybill.socketio.room.Member;
import waybill.socketio.room.RoomShard;

/// A socket's place in its namespace while it is connected: its rooms, the acks that it owes, and by what it may come
/// back. Belongs to the socket's event loop.
final class Seat implements LocalSocket {

    private final Socket socket;
    private final Connection connection;
    private final Namespace namespace;
    private final Member member;
    private final @Nullable String pid; // the secret by which the client may come back
    private long mark;
    private long askedMark;
    private @Nullable Map<Long, Asked> unanswered;

    private Seat(Socket socket, Connection connection, @Nullable String pid, long mark) {
        this.socket = socket;
        this.connection = connection;
        this.namespace = socket.namespace();
        this.pid = pid;
        this.mark = mark;
        this.member = new Member(socket.id(), connection.engine().line(), socket.loop(), this);
    }

    /// Greets the client and seats it: with its rooms and all that it missed, if it was here before.
    static Seat take(Socket socket, Connection connection, Optional<Restored> restored) {
        var adapter = socket.namespace().adapter();
        var greeting = "{\"sid\":\"" + socket.id() + "\"";
        var pid = adapter.isRecovering() ? secret(connection, restored) : null;
        if (pid != null) {
            socket.namespace().byPid().put(pid, socket);
            greeting += ",\"pid\":\"" + pid + "\"";
        }
        connection.send(new Packet.Connect(socket.namespace().name(), greeting + "}"), Frame.Options.RELIABLE);
        connection.engine().standApart(); // a client may begin to listen for events once it has this
        var seat = new Seat(socket, connection, pid, adapter.recoveryMark());
        seat.shard().add(seat.member);
        restored.ifPresent(seat::takeUp);
        return seat;
    }

    /// A client takes itself for recovered when it is told the secret that it has.
    private static String secret(Connection connection, Optional<Restored> restored) {
        return restored.map(found -> found.session().pid()).orElseGet(connection::newSecret);
    }

    private void takeUp(Restored restored) {
        var session = restored.session();
        mark = session.mark();
        askedMark = session.askedMark();
        join(session.rooms());
        for (var missed : restored.missed()) {
            var answers = missed.answers();
            if (answers == null) {
                connection.send(missed.packet(), Frame.Options.RELIABLE);
            } else {
                ask(missed.packet(), missed.number(), answers);
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
    void send(Packet packet, Frame.Options options) {
        shard().settleFor(member);
        connection.send(packet, options);
    }

    @Override
    public void ask(Packet.Event packet, long number, Answers answers) {
        var owed = unanswered;
        if (owed == null) {
            owed = new HashMap<>();
            unanswered = owed;
        }
        int most = namespace.config().unansweredMax();
        if (owed.size() >= most) {
            answers.lost("unanswered: " + owed.size() + " (expected: fewer than " + most + ")");
            return;
        }
        owed.put(packet.ackId(), new Asked(packet, number, answers));
        answers.whenFailed(() -> connection.engine().onLoop(() -> forget(packet.ackId(), answers)));
        askedMark = Math.max(askedMark, number);
        send(packet, Frame.Options.RELIABLE);
    }

    /// Completes `received` when the client has received all that was sent so far, also to its rooms.
    void received(CompletableFuture<Void> received) {
        shard().settleFor(member);
        connection.engine().received().thenAccept(received::complete);
    }

    /// That answer is not waited for any more, so its question need not be kept.
    private void forget(long ackId, Answers answers) {
        var owed = unanswered;
        var asked = owed == null ? null : owed.get(ackId);
        if (owed != null && asked != null && answers.equals(asked.answers())) {
            owed.remove(ackId);
        }
    }

    void answered(Packet.Ack ack) {
        var asked = unanswered == null ? null : unanswered.remove(ack.ackId());
        if (asked != null && asked.answers() != null) {
            asked.answers().answered(ack);
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
            send(new Packet.Disconnect(namespace.name()), Frame.Options.RELIABLE);
            socket.over(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
        }
    }

    @Override
    public SocketDetails details() {
        return new SocketDetails(socket.id(), Set.copyOf(socket.rooms()), socket.data());
    }

    @Override
    public void sent(Packet.Event packet) {
        socket.tellOutgoing(packet);
    }

    /// How many questions are kept because their answers are still waited for.
    int owedCount() {
        return unanswered == null ? 0 : unanswered.size();
    }

    List<String> roomNames() {
        return member.roomNames();
    }

    /// Gives the seat up; what the socket was is kept for a while where it may come back.
    void leave(DisconnectReason reason) {
        var remembersPackets = adapter().remembersPackets();
        if (pid != null && reason.isRecoverable()) {
            namespace.expectReturn();
            adapter()
                    .persist(new SavedSession(
                            pid,
                            socket.id(),
                            remembersPackets ? roomNames() : List.of(),
                            socket.data(),
                            mark,
                            askedMark,
                            remembersPackets ? owed() : List.of(),
                            this::neverAnswered));
        }
        if (pid == null || !reason.isRecoverable() || !remembersPackets) {
            neverAnswered();
        }
        if (pid != null) {
            namespace.byPid().remove(pid, socket);
        }
        shard().remove(member);
    }

    private List<Asked> owed() {
        if (unanswered == null) {
            return List.of();
        }
        return unanswered.values().stream()
                .filter(asked -> asked.answers() != null && !asked.answers().isOver())
                .toList();
    }

    private void neverAnswered() {
        connection.engine().onLoop(() -> {
            for (var asked : owed()) {
                if (asked.answers() != null) {
                    asked.answers().lost("disconnected");
                }
            }
        });
    }
}
