package waybill.server.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A push service or a mail server of others. While the world is faulty it fails, rejects, answers late or twice, gets
/// a
/// message twice from the network, and has taken messages of which its answer is lost. It outlives the hub's processes.
final class MessageService {

    private static final long LATENCY_MAX_NANOS = 50_000_000;
    private static final long LATE_MAX_NANOS = 6_000_000_000L;
    private static final long TIMEOUT_NANOS = 4_000_000_000L;

    /// After an answer a hub that lives, and whose commits succeed, has stored within this time what came of the
    /// message.
    private static final long STORED_WITHIN_NANOS = 2_000_000_000L;

    private final World world;
    private final String label;
    private final SplittableRandom random;
    private final LongSupplier lastFaultNanos;
    private final SenderChecks senders;
    private final Map<String, Message> messages = new HashMap<>();
    private boolean isFaulty;

    /// What the hub learns about an attempt.
    enum Verdict {
        TAKEN,
        FAILED,
        REJECTED,
        NO_ANSWER
    }

    private static final class Message {
        private int taken;
        private int failed;
        private boolean isRejected;
        private boolean isStored; // as taken, by the hub
        private @Nullable SimulatedProcess sender; // until it has an answer
    }

    MessageService(
            World world, String label, SplittableRandom random, LongSupplier lastFaultNanos, SenderChecks senders) {
        this.senders = senders;
        this.world = world;
        this.label = label;
        this.random = random;
        this.lastFaultNanos = lastFaultNanos;
    }

    void setFaulty(boolean value) {
        isFaulty = value;
    }

    boolean hasTaken(String id) {
        return message(id).taken > 0;
    }

    boolean hasRejected(String id) {
        return message(id).isRejected;
    }

    /// Whether the hub has learnt of an attempt that did not succeed.
    boolean hasFailed(String id) {
        return message(id).failed > 0;
    }

    private Message message(String id) {
        return messages.computeIfAbsent(id, _ -> new Message());
    }

    /// A process of the hub sends a message, and gets one answer.
    void send(SimulatedProcess process, String id, Consumer<Verdict> onAnswer) {
        senders.onSent(label, process);
        var message = message(id);
        if (message.isStored) {
            fail(id + " was sent again after it was taken (expected: once, as the hub had the time to store that)");
        }
        var before = message.sender;
        if (before != null && before.isAlive() && (before.equals(process) || isUndisturbed())) {
            fail(id + " was sent twice at a time, by " + (before.equals(process) ? "one process" : "two nodes"));
        }
        message.sender = process;
        var attempt = new Attempt(process, message, onAnswer);
        process.run(label, TIMEOUT_NANOS, () -> attempt.answer(Verdict.NO_ANSWER));
        attempt.travel(isFaulty ? random.nextInt(12) : -1);
    }

    /// Whether one node sends the messages of all: after a fault another may have taken that over.
    private boolean isUndisturbed() {
        return lastFaultNanos.getAsLong() < world.events().nowNanos();
    }

    /// Thrown by the queue of events, since the hub would catch it.
    private void fail(String what) {
        world.events().after(0, label, () -> {
            throw new InvariantViolation(label + ": " + what);
        });
    }

    private final class Attempt {

        private final SimulatedProcess process;
        private final Message message;
        private final Consumer<Verdict> onAnswer;
        private boolean isAnswered;

        Attempt(SimulatedProcess process, Message message, Consumer<Verdict> onAnswer) {
            this.process = process;
            this.message = message;
            this.onAnswer = onAnswer;
        }

        void travel(int fault) {
            switch (fault) {
                case 0 -> {} // lost
                case 1 -> arrive(random.nextLong(LATE_MAX_NANOS), Verdict.TAKEN, false);
                case 2, 3 -> arrive(0, Verdict.FAILED, false);
                case 4 -> arrive(0, Verdict.TAKEN, true);
                case 5 -> {
                    arrive(0, Verdict.TAKEN, false);
                    arrive(random.nextLong(LATE_MAX_NANOS), Verdict.TAKEN, false);
                }
                case 6 -> arrive(0, random.nextInt(4) == 0 ? Verdict.REJECTED : Verdict.TAKEN, false);
                default -> arrive(0, Verdict.TAKEN, false);
            }
        }

        private void arrive(long lateNanos, Verdict verdict, boolean isAnswerLost) {
            world.events().after(random.nextLong(LATENCY_MAX_NANOS) + lateNanos, label, () -> {
                message.taken += verdict == Verdict.TAKEN ? 1 : 0;
                message.isRejected |= verdict == Verdict.REJECTED;
                if (!isAnswerLost) {
                    process.run(label, random.nextLong(LATENCY_MAX_NANOS), () -> answer(verdict));
                }
            });
        }

        void answer(Verdict verdict) {
            if (isAnswered) {
                return;
            }
            isAnswered = true;
            message.sender = null;
            if (verdict == Verdict.TAKEN) {
                awaitStored();
            } else {
                message.failed++;
            }
            onAnswer.accept(verdict);
        }

        private void awaitStored() {
            var answeredNanos = world.events().nowNanos();
            world.events().after(STORED_WITHIN_NANOS, label, () -> {
                var isHealthy = lastFaultNanos.getAsLong() < answeredNanos - STORED_WITHIN_NANOS;
                message.isStored |= process.isAlive() && isHealthy;
            });
        }
    }
}
