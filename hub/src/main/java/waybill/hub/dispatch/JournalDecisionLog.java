package waybill.hub.dispatch;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import waybill.dispatch.DecisionCodec;
import waybill.dispatch.DecisionLog;
import waybill.dispatch.StoredDecision;
import waybill.journal.Journal;
import waybill.journal.Transaction;

/// Stores decisions through the journal, which commits them with what it commits anyway: no order waits for one.
public final class JournalDecisionLog implements DecisionLog {

    /// Decisions that wait for the journal. One more is dropped.
    static final int PENDING_MAX = 256;

    /// Of one decision. A larger one is stored without its rivals, and dropped if it is larger still.
    static final int BYTES_MAX = 64 << 10;

    private final Journal journal;
    private final AtomicInteger pending = new AtomicInteger();
    private final LongAdder dropped = new LongAdder();

    public JournalDecisionLog(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void append(StoredDecision decision) {
        if (pending.incrementAndGet() > PENDING_MAX) {
            pending.decrementAndGet();
            dropped.increment();
            return;
        }
        encoded(decision).ifPresentOrElse(bytes -> submit(decision, bytes), () -> {
            pending.decrementAndGet();
            dropped.increment();
        });
    }

    private static Optional<byte[]> encoded(StoredDecision decision) {
        var whole = DecisionCodec.encode(decision);
        if (whole.length <= BYTES_MAX) {
            return Optional.of(whole);
        }
        return Optional.of(DecisionCodec.encode(decision.withoutRivals())).filter(bytes -> bytes.length <= BYTES_MAX);
    }

    private void submit(StoredDecision decision, byte[] bytes) {
        var transaction = new Transaction<>(
                List.of(),
                work -> {
                    work.saveDecision(decision.order(), decision.decidedAtMs(), bytes);
                    return _ -> true;
                },
                bytes.length,
                true);
        journal.submit(transaction).whenComplete((_, thrown) -> {
            pending.decrementAndGet();
            if (thrown != null) {
                dropped.increment();
            }
        });
    }

    @Override
    public long dropped() {
        return dropped.sum();
    }
}
