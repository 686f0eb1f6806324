package waybill.socketio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import waybill.socketio.adapter.Answers;
import waybill.socketio.packet.Packet;

/// The answers to one packet, from one socket or many: whole when all have come that were expected, failed when time
/// runs out. A monitor of a few lines.
final class GatheredAnswers implements Answers {

    private final CompletableFuture<List<Args>> whole = new CompletableFuture<>();
    private final List<Args> answers = new ArrayList<>();
    private int expected = -1;
    private boolean one;

    /// Waits for ever where `timeout` is zero.
    GatheredAnswers(Duration timeout) {
        if (timeout.isPositive()) {
            CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> fail("operation has timed out"));
        }
    }

    /// The answer of a single socket, present or away, however many nodes say whom they have asked.
    static GatheredAnswers ofOne(Duration timeout) {
        var answers = new GatheredAnswers(timeout);
        answers.expect(1);
        answers.one = true;
        return answers;
    }

    CompletionStage<List<Args>> whole() {
        return whole;
    }

    @Override
    public void expect(int sockets) {
        synchronized (this) {
            expected = one ? 1 : Math.max(expected, 0) + sockets;
        }
        completeIfWhole();
    }

    @Override
    public void answered(Packet.Ack answer) {
        synchronized (this) {
            answers.add(new Args(answer.data(), answer.attachments(), 0));
        }
        completeIfWhole();
    }

    @Override
    public void lost(String reason) {
        if (one) {
            fail(reason);
        }
    }

    @Override
    public boolean isOver() {
        return whole.isDone();
    }

    private void completeIfWhole() {
        List<Args> all;
        synchronized (this) {
            if (expected < 0 || answers.size() < expected) {
                return;
            }
            all = List.copyOf(answers);
        }
        whole.complete(all);
    }

    void fail(String message) {
        List<Args> some;
        synchronized (this) {
            some = List.copyOf(answers);
        }
        whole.completeExceptionally(new AckException(message, some));
    }
}
