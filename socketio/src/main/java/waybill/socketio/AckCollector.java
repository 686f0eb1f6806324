package waybill.socketio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import waybill.socketio.adapter.AckSink;
import waybill.socketio.adapter.Packet;

/// The answers to one packet, from one socket or many: whole when all have come that were expected, failed when
/// time runs out, or when all others have come and some never will. A monitor of a few lines.
final class AckCollector implements AckSink {

    private final CompletableFuture<List<Args>> result = new CompletableFuture<>();
    private final List<Args> acks = new ArrayList<>(1);
    private int expected = -1;
    private int failedCount;
    private String failureReason = "";
    private boolean singleAck;

    /// Without a time limit where `timeout` is zero.
    AckCollector(Duration timeout) {
        if (timeout.isPositive()) {
            var late =
                    new CompletableFuture<Boolean>().completeOnTimeout(true, timeout.toMillis(), TimeUnit.MILLISECONDS);
            late.thenAccept(isLate -> {
                if (isLate) {
                    CompletableFuture.runAsync(() -> fail("operation has timed out"));
                }
            });
            result.whenComplete((_, _) -> late.complete(false)); // nor does the timer outlive the question
        }
    }

    /// The ack of a single socket, connected or not, whatever the number of nodes that report how many sockets
    /// they sent it to.
    static AckCollector ofSingle(Duration timeout) {
        var answers = new AckCollector(timeout);
        answers.expectAcks(1);
        answers.singleAck = true;
        return answers;
    }

    CompletionStage<List<Args>> result() {
        return result;
    }

    @Override
    public void expectAcks(int sockets) {
        synchronized (this) {
            expected = singleAck ? 1 : Math.max(expected, 0) + sockets;
        }
        completeIfDone();
    }

    @Override
    public void onAck(Packet.AckPacket answer) {
        synchronized (this) {
            acks.add(new Args(answer.data(), answer.attachments(), 0));
        }
        completeIfDone();
    }

    @Override
    public void failed(String reason) {
        synchronized (this) {
            failedCount++;
            failureReason = reason;
        }
        completeIfDone();
    }

    @Override
    public boolean isDone() {
        return result.isDone();
    }

    @Override
    public void onFailure(Runnable action) {
        result.whenComplete((_, failure) -> {
            if (failure != null) {
                action.run();
            }
        });
    }

    private void completeIfDone() {
        List<Args> all;
        String missing;
        synchronized (this) {
            if (expected < 0 || acks.size() + failedCount < expected) {
                return;
            }
            all = List.copyOf(acks);
            missing = failedCount == 0 ? "" : failureReason;
        }
        if (missing.isEmpty()) {
            result.complete(all);
        } else {
            result.completeExceptionally(new AckException(missing, all));
        }
    }

    private void fail(String message) {
        List<Args> some;
        synchronized (this) {
            some = List.copyOf(acks);
        }
        result.completeExceptionally(new AckException(message, some));
    }
}
