package waybill.socketio;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import waybill.socketio.adapter.AckSink;
import waybill.socketio.adapter.Adapter;
import waybill.socketio.adapter.BroadcastOptions;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.SavedSession;
import waybill.socketio.adapter.SocketDetails;
import waybill.socketio.adapter.Target;

/// An adapter around the local one, as one for many nodes is; records when it is closed.
record CloseRecordingAdapter(Adapter local, Runnable closed) implements Adapter {

    @Override
    public void broadcast(Packet.Event packet, BroadcastOptions delivery) {
        local.broadcast(packet, delivery);
    }

    @Override
    public long nextAckId() {
        return local.nextAckId();
    }

    @Override
    public void broadcastWithAck(Packet.Event packet, BroadcastOptions delivery, AckSink answers) {
        local.broadcastWithAck(packet, delivery, answers);
    }

    @Override
    public CompletionStage<List<SocketDetails>> fetchSockets(Target target, boolean onlyLocal) {
        return local.fetchSockets(target, onlyLocal);
    }

    @Override
    public CompletionStage<Set<String>> allRooms(boolean onlyLocal) {
        return local.allRooms(onlyLocal);
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
    public boolean supportsRecovery() {
        return local.supportsRecovery();
    }

    @Override
    public boolean storesPackets() {
        return local.storesPackets();
    }

    @Override
    public long recoveryOffset() {
        return local.recoveryOffset();
    }

    @Override
    public void persistSession(SavedSession session) {
        local.persistSession(session);
    }

    @Override
    public void restoreSession(String pid, String offset, Executor loop, Consumer<Optional<RestoredSession>> restored) {
        local.restoreSession(pid, offset, loop, restored);
    }

    @Override
    public void handleServerSide(Packet.Event packet, Consumer<Packet.AckPacket> reply) {
        local.handleServerSide(packet, reply);
    }

    @Override
    public void close() {
        local.close();
        closed.run();
    }
}
