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
/// runs out, or when all others have come and some never will. A monitor of a few lines.
final class GatheredAnswers implements Answers {

    private final CompletableFuture<List<Args>> whole = new CompletableFuture<>();
    private final List<Args> answers = new ArrayList<>(1);
    private int expected = -1;
    private int lost;
    private String lostBecause = "";
    private boolean one;

    /// Without a time limit where `timeout` is zero.
    GatheredAnswers(Duration timeout) {
        if (timeout.isPositive()) {
            var late =
                    new CompletableFuture<Boolean>().completeOnTimeout(true, timeout.toMillis(), TimeUnit.MILLISECONDS);
            late.thenAccept(isLate -> {
                if (isLate) {
                    CompletableFuture.runAsync(() -> fail("operation has timed out"));
                }
            });
            whole.whenComplete((_, _) -> late.complete(false)); // nor does the timer outlive the question
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
        synchronized (this) {
            lost++;
            lostBecause = reason;
        }
        completeIfWhole();
    }

    @Override
    public boolean isOver() {
        return whole.isDone();
    }

    @Override
    public void whenFailed(Runnable action) {
        whole.whenComplete((_, failure) -> {
            if (failure != null) {
                action.run();
            }
        });
    }

    private void completeIfWhole() {
        List<Args> all;
        String missing;
        synchronized (this) {
            if (expected < 0 || answers.size() + lost < expected) {
                return;
            }
            all = List.copyOf(answers);
            missing = lost == 0 ? "" : lostBecause;
        }
        if (missing.isEmpty()) {
            whole.complete(all);
        } else {
            whole.completeExceptionally(new AckException(missing, all));
        }
    }

    private void fail(String message) {
        List<Args> some;
        synchronized (this) {
            some = List.copyOf(answers);
        }
        whole.completeExceptionally(new AckException(message, some));
    }
}
