package waybill.server.live;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.AckSink;
import waybill.socketio.adapter.Adapter;
import waybill.socketio.adapter.BroadcastOptions;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.SavedSession;
import waybill.socketio.adapter.SocketDetails;
import waybill.socketio.adapter.Target;

/// The adapters of several servers in one process: a broadcast that is not local reaches the sockets of all of them.
public final class JoinedAdapters implements Adapter.Factory {

    private final Map<String, List<Adapter>> byNamespace = new ConcurrentHashMap<>();

    @Override
    public Adapter of(String namespace, Adapter local) {
        var all = byNamespace.computeIfAbsent(namespace, _ -> new CopyOnWriteArrayList<>());
        all.add(local);
        return new Joined(all, local);
    }

    private record Joined(List<Adapter> all, Adapter own) implements Adapter {

        private void forEach(boolean local, Consumer<Adapter> action) {
            (local ? List.of(own) : all).forEach(action);
        }

        @Override
        public void broadcast(Packet.Event packet, BroadcastOptions delivery) {
            forEach(delivery.local(), adapter -> adapter.broadcast(packet, delivery));
        }

        @Override
        public long nextAckId() {
            return own.nextAckId();
        }

        @Override
        public void broadcastWithAck(Packet.Event packet, BroadcastOptions delivery, AckSink answers) {
            own.broadcastWithAck(packet, delivery, answers);
        }

        @Override
        public CompletionStage<List<SocketDetails>> fetchSockets(Target target, boolean local) {
            return own.fetchSockets(target, local);
        }

        @Override
        public CompletionStage<Set<String>> allRooms(boolean local) {
            return own.allRooms(local);
        }

        @Override
        public void socketsJoin(Target target, Set<String> rooms, boolean local) {
            forEach(local, adapter -> adapter.socketsJoin(target, rooms, local));
        }

        @Override
        public void socketsLeave(Target target, Set<String> rooms, boolean local) {
            forEach(local, adapter -> adapter.socketsLeave(target, rooms, local));
        }

        @Override
        public void disconnectSockets(Target target, boolean close, boolean local) {
            forEach(local, adapter -> adapter.disconnectSockets(target, close, local));
        }

        @Override
        public boolean supportsRecovery() {
            return own.supportsRecovery();
        }

        @Override
        public boolean storesPackets() {
            return own.storesPackets();
        }

        @Override
        public long recoveryOffset() {
            return own.recoveryOffset();
        }

        @Override
        public void persistSession(SavedSession session) {
            own.persistSession(session);
        }

        @Override
        public void restoreSession(
                String pid, String offset, Executor loop, Consumer<Optional<RestoredSession>> restored) {
            own.restoreSession(pid, offset, loop, restored);
        }

        @Override
        public void serverSideEmit(Packet.Event packet, @Nullable AckSink answers) {
            all.stream()
                    .filter(adapter -> !adapter.equals(own))
                    .forEach(adapter -> adapter.handleServerSide(packet, _ -> {}));
        }

        @Override
        public void handleServerSide(Packet.Event packet, Consumer<Packet.AckPacket> reply) {
            own.handleServerSide(packet, reply);
        }

        @Override
        public void close() {
            own.close();
        }
    }
}
