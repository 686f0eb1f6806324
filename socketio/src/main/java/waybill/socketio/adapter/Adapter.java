package waybill.socketio.adapter;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reaches the sockets of one namespace. Every method may be called from any thread.
public interface Adapter extends RoomListener {

    /// Makes the adapter of a namespace; `local` is the node's own, which a cluster's adapter wraps.
    @FunctionalInterface
    interface Factory {
        Adapter of(String namespace, Adapter local);
    }

    void broadcast(Packet.Event packet, BroadcastOptions delivery);

    /// An ack id that no other packet of this namespace has on this node: also that of a broadcast is no other
    /// packet's.
    long nextAckId();

    /// The packet carries a [#nextAckId].
    void broadcastWithAck(Packet.Event packet, BroadcastOptions delivery, AckSink answers);

    CompletionStage<List<SocketDetails>> fetchSockets(Target target, boolean local);

    /// The names of all rooms that have a member, and the ids of all sockets, which are rooms of their own.
    CompletionStage<Set<String>> allRooms(boolean local);

    void socketsJoin(Target target, Set<String> rooms, boolean local);

    void socketsLeave(Target target, Set<String> rooms, boolean local);

    void disconnectSockets(Target target, boolean close, boolean local);

    /// Whether connection state recovery is on: broadcasts are stored for a while.
    boolean supportsRecovery();

    /// Whether packets are stored too, or sessions alone.
    default boolean storesPackets() {
        return supportsRecovery();
    }

    /// Where in the stored packets a socket that connects now begins.
    long recoveryOffset();

    /// Stores a socket that disconnected and may recover.
    void persistSession(SavedSession session);

    /// Finds what a recovering socket missed, and hands it to `restored` on `loop`, the event loop of the socket: after
    /// all that was sent
    /// before, and before anything that will be. Empty is handed over where there is nothing to find.
    void restoreSession(String pid, String offset, Executor loop, Consumer<Optional<RestoredSession>> restored);

    /// Sends an event to the same namespace on every other node. `answers` gathers one answer of each of them and
    /// may be left out. A single node has no other.
    default void serverSideEmit(Packet.Event packet, @Nullable AckSink answers) {
        if (answers != null) {
            answers.expectAcks(0);
        }
    }

    /// Hands an event that another node sent to this node's application.
    void handleServerSide(Packet.Event packet, Consumer<Packet.AckPacket> reply);

    /// How many nodes there are, this one among them.
    default CompletionStage<Integer> serverCount() {
        return CompletableFuture.completedFuture(1);
    }

    /// The namespace is no more: acks that are still awaited fail.
    void close();

    /// A session that was found again: what it was, and the packets that it missed, in order.
    record RestoredSession(SavedSession session, List<SavedSession.PendingAck> missedPackets) {}
}
