package waybill.hub.eta;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.eta.EtaModel;
import waybill.eta.EtaModelStore;
import waybill.hub.refusal.Failures;
import waybill.hub.schedule.Leases;
import waybill.journal.EventLog;
import waybill.journal.Journal;
import waybill.journal.Transaction;

/// Saves what the hub has learnt about times, now and then, in one row. Of several nodes one saves it; all of them have
/// learnt from the same log. What is not saved yet is learnt again from the log after a restart.
public final class EtaModelSaver implements AutoCloseable {

    static final Duration EVERY = Duration.ofMinutes(2);

    private static final String TASK = "eta-model";

    private static final Logger LOG = LoggerFactory.getLogger(EtaModelSaver.class);

    private final EtaLearner learner;
    private final Journal journal;
    private final Executor blockingExecutor;
    private final LongSupplier elapsedMs;
    private final Leases leases;
    private long dueMs;
    private volatile long savedSequence;

    /// `elapsedMs` counts elapsed time, independent of the clock.
    ///
    /// @param savedSequence the newest event of the saved model
    public EtaModelSaver(
            EtaLearner learner,
            Journal journal,
            Executor blockingExecutor,
            LongSupplier elapsedMs,
            Leases leases,
            long savedSequence) {
        this.learner = learner;
        this.journal = leases.fence(TASK, journal);
        this.blockingExecutor = blockingExecutor;
        this.elapsedMs = elapsedMs;
        this.leases = leases;
        this.savedSequence = savedSequence;
        dueMs = elapsedMs.getAsLong() + EVERY.toMillis();
    }

    /// The saved model, or one that has learnt nothing if there is none or it cannot be read.
    public static Restored restore(EtaModelStore store) {
        var saved = store.findEtaModel();
        if (saved.isPresent()) {
            try {
                return new Restored(
                        EtaModel.decode(saved.get().state()), saved.get().sequence());
            } catch (IOException e) {
                LOG.warn(
                        "what was learnt about times cannot be read: {}; the hub learns anew from the newest events of the log",
                        e.getMessage());
            }
        }
        return new Restored(EtaModel.create(), 0);
    }

    /// A model that was read.
    ///
    /// @param sequence the newest event that the model has learnt from
    public record Restored(EtaModel model, long sequence) {

        /// Has the learner of this model learn the newer events.
        public void learnNewer(EtaLearner learner, EventLog log) {
            learner.replay(log, sequence);
        }
    }

    /// Called often; cheap until something is due.
    public void runDue() {
        if (elapsedMs.getAsLong() < dueMs || !leases.acquire(TASK)) {
            return;
        }
        dueMs = elapsedMs.getAsLong() + EVERY.toMillis();
        if (learner.learntThrough() == savedSequence) {
            return;
        }
        try {
            blockingExecutor.execute(this::save);
        } catch (RejectedExecutionException _) {
            LOG.debug("what was learnt about times is saved later: too many reads wait");
        }
    }

    /// Saves the rest, so that a start has nothing to learn again. The journal is closed later, and writes it.
    @Override
    public void close() {
        if (learner.learntThrough() != savedSequence && leases.acquire(TASK)) {
            save();
        }
    }

    private void save() {
        var snapshot = learner.snapshot();
        journal.submit(new Transaction<>(
                        List.of(),
                        work -> {
                            work.saveEtaModel(snapshot.sequence(), snapshot.state());
                            return _ -> true;
                        },
                        snapshot.state().length,
                        true))
                .whenComplete((_, failure) -> {
                    if (failure == null) {
                        savedSequence = snapshot.sequence();
                    } else {
                        LOG.warn(
                                "what was learnt about times could not be saved; it is tried again in {} s: {}",
                                EVERY.toSeconds(),
                                Failures.cause(failure).getMessage());
                    }
                });
    }
}
