package waybill.socketio.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import waybill.socketio.ValueCodec;
import waybill.socketio.adapter.AckSink;
import waybill.socketio.adapter.Packet;

/// The acks of one broadcast of this node: those of its own sockets, and those that other nodes pass on. Thread-safe.
///
/// How many are expected is known when each node has said how many sockets it has sent the broadcast to.
final class RemoteAcks implements AckSink, PendingRequests.Pending {

    private final AckSink acks;
    private final Packet.Event packet;
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private final Gathering<Integer> counts = new Gathering<>();
    private final CompletableFuture<Integer> localCount = new CompletableFuture<>();
    private int outstanding; // acks of other nodes: below zero while more have come than were announced
    private boolean counted;
    private boolean ended;

    RemoteAcks(AckSink acks, Packet.Event packet) {
        this.acks = acks;
        this.packet = packet;
        acks.onFailure(() -> done.complete(null));
        localCount.thenAcceptBoth(counts.result(), this::expectAll);
    }

    /// When no ack of another node is awaited any more.
    CompletionStage<@Nullable Void> done() {
        return done;
    }

    private void expectAll(int local, Gathering.Answers<Integer> remote) {
        int sockets = remote.items().stream().mapToInt(Integer::intValue).sum();
        acks.expectAcks(local + sockets + remote.missing());
        for (int i = 0; i < remote.missing(); i++) {
            acks.failed("a node did not answer");
        }
        boolean isLast;
        synchronized (this) {
            outstanding += sockets;
            counted = true;
            isLast = outstanding <= 0;
        }
        if (isLast) {
            done.complete(null);
        }
    }

    /// So many nodes have received the broadcast, this one among them if it hears itself.
    void expectNodes(int nodes) {
        counts.expect(nodes);
    }

    /// Waits no longer for nodes that have not said how many sockets they have.
    void endCounts() {
        counts.end();
    }

    /// Waits no longer for acks of other nodes.
    void end() {
        counts.end();
        int missing;
        synchronized (this) {
            missing = ended ? 0 : outstanding;
            ended = true;
        }
        for (int i = 0; i < missing; i++) {
            acks.failed("a socket of another node did not answer");
        }
        done.complete(null);
    }

    @Override
    public void onEcho() {
        counts.add(List.of());
    }

    @Override
    public void onResponse(NodeResponse response) {
        switch (response) {
            case NodeResponse.ClientCount(var _, int sockets) -> counts.add(List.of(sockets));
            case NodeResponse.ClientAck(var _, var argument) -> {
                var arguments = new ArrayList<@Nullable Object>();
                arguments.add(argument);
                onRemoteAck(ValueCodec.ack(packet.namespace(), packet.ackId(), arguments));
            }
            case NodeResponse.SocketIds _,
                    NodeResponse.Rooms _,
                    NodeResponse.Sockets _,
                    NodeResponse.Emitted _,
                    NodeResponse.Done _ -> {}
        }
    }

    private void onRemoteAck(Packet.AckPacket ack) {
        boolean isLast;
        synchronized (this) {
            if (ended) {
                return;
            }
            outstanding--;
            isLast = counted && outstanding <= 0;
        }
        acks.onAck(ack);
        if (isLast) {
            done.complete(null);
        }
    }

    // ---- of the sockets of this node

    @Override
    public void expectAcks(int sockets) {
        localCount.complete(sockets);
    }

    @Override
    public void onAck(Packet.AckPacket answer) {
        acks.onAck(answer);
    }

    @Override
    public void failed(String reason) {
        acks.failed(reason);
    }

    @Override
    public boolean isDone() {
        return acks.isDone();
    }

    @Override
    public void onFailure(Runnable action) {
        acks.onFailure(action);
    }
}
