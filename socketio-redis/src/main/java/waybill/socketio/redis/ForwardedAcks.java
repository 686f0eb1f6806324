package waybill.socketio.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import waybill.socketio.ValueCodec;
import waybill.socketio.adapter.AckSink;
import waybill.socketio.adapter.Packet;

/// Passes the acks of this node's sockets on to the node that asked for them. Thread-safe.
final class ForwardedAcks implements AckSink {

    private final String id;
    private final Consumer<NodeResponse> respond;
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private int expected = -1;
    private int settled;

    ForwardedAcks(String id, Consumer<NodeResponse> respond) {
        this.id = id;
        this.respond = respond;
    }

    /// When no ack is awaited any more.
    CompletionStage<@Nullable Void> done() {
        return done;
    }

    @Override
    public void expectAcks(int sockets) {
        respond.accept(new NodeResponse.ClientCount(id, sockets));
        boolean isLast;
        synchronized (this) {
            expected = sockets;
            isLast = isSettled();
        }
        finishIf(isLast);
    }

    @Override
    public void onAck(Packet.AckPacket answer) {
        var arguments = ValueCodec.values(answer);
        respond.accept(new NodeResponse.ClientAck(id, arguments.isEmpty() ? null : arguments.getFirst()));
        settle();
    }

    @Override
    public void failed(String reason) {
        settle();
    }

    private void settle() {
        boolean isLast;
        synchronized (this) {
            settled++;
            isLast = isSettled();
        }
        finishIf(isLast);
    }

    private boolean isSettled() {
        return expected >= 0 && settled >= expected;
    }

    private void finishIf(boolean isLast) {
        if (isLast) {
            done.complete(null);
        }
    }

    /// Waits no longer: sockets keep no packet for it.
    void end() {
        done.completeExceptionally(new TimeoutException());
    }

    @Override
    public boolean isDone() {
        return done.isDone();
    }

    @Override
    public void onFailure(Runnable action) {
        done.whenComplete((_, failure) -> {
            if (failure != null) {
                action.run();
            }
        });
    }
}
