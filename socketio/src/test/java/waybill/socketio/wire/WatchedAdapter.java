package waybill.socketio.wire;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import waybill.socketio.adapter.Adapter;
import waybill.socketio.adapter.Answers;
import waybill.socketio.adapter.Delivery;
import waybill.socketio.adapter.SavedSession;
import waybill.socketio.adapter.SocketDetails;
import waybill.socketio.packet.Packet;
import waybill.socketio.room.Rooms;
import waybill.socketio.room.Target;

/// An adapter around the local one, as one for many nodes is; says when it is closed.
record WatchedAdapter(Adapter local, Runnable closed) implements Adapter {

    @Override
    public Rooms rooms() {
        return local.rooms();
    }

    @Override
    public void broadcast(Packet.Event packet, Delivery delivery) {
        local.broadcast(packet, delivery);
    }

    @Override
    public void broadcastWithAck(Packet.Event packet, Delivery delivery, Answers answers) {
        local.broadcastWithAck(packet, delivery, answers);
    }

    @Override
    public CompletionStage<List<SocketDetails>> fetchSockets(Target target, boolean onlyLocal) {
        return local.fetchSockets(target, onlyLocal);
    }

    @Override
    public void socketsJoin(Target target, Set<String> rooms, boolean onlyLocal) {
        local.socketsJoin(target, rooms, onlyLocal);
    }

    @Override
    public void socketsLeave(Target target, Set<String> rooms, boolean onlyLocal) {
        local.socketsLeave(target, rooms, onlyLocal);
    }

    @Override
    public void disconnectSockets(Target target, boolean close, boolean onlyLocal) {
        local.disconnectSockets(target, close, onlyLocal);
    }

    @Override
    public boolean isRecovering() {
        return local.isRecovering();
    }

    @Override
    public boolean remembersPackets() {
        return local.remembersPackets();
    }

    @Override
    public long recoveryMark() {
        return local.recoveryMark();
    }

    @Override
    public void persist(SavedSession session) {
        local.persist(session);
    }

    @Override
    public void restore(String pid, String offset, EventLoop loop, Consumer<Optional<Restored>> restored) {
        local.restore(pid, offset, loop, restored);
    }

    @Override
    public void deliverServerSide(Packet.Event packet, Consumer<Packet.Ack> reply) {
        local.deliverServerSide(packet, reply);
    }

    @Override
    public void close() {
        local.close();
        closed.run();
    }
}
