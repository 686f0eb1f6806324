package waybill.hub.relay;

import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.concurrent.LoopThread;
import waybill.concurrent.Threads;
import waybill.hub.schedule.ThreadHealth;
import waybill.journal.EventLog;
import waybill.journal.Journal;

/// Runs one relay on its own thread: woken by every commit, it retries when the listener fails and saves its
/// checkpoint. After a crash it repeats at most the events since the last checkpoint.
public final class RelayRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RelayRunner.class);

    /// How often the checkpoint is saved while events arrive, and how long to wait after a failure.
    private static final long CHECKPOINT_EVERY_MS = 1_000;

    private final String name;
    private final Relay relay;
    private final Relay.EventListener listener;
    private final EventLog log;
    private final Journal journal;
    private final InstantSource clock;
    private final WakeUpSignal wakeUpSignal;
    private final ThreadHealth health;
    private final LoopThread thread;
    private long savedSequence;
    private long savedAtMs;
    private volatile boolean closing;

    /// Continues at the checkpoint of the relay with that name. `wakeUpSignal` is signalled when there may be events.
    public RelayRunner(
            String name,
            EventLog log,
            Journal journal,
            Relay.EventListener listener,
            WakeUpSignal wakeUpSignal,
            InstantSource clock) {
        this(
                NodeCheckpoint.named(name, log),
                log,
                journal,
                listener,
                wakeUpSignal,
                clock,
                new ThreadHealth(),
                Threads.ofPlatform());
    }

    public RelayRunner(
            NodeCheckpoint checkpoint,
            EventLog log,
            Journal journal,
            Relay.EventListener listener,
            WakeUpSignal wakeUpSignal,
            InstantSource clock,
            ThreadHealth health,
            Threads threads) {
        name = checkpoint.name();
        this.health = health;
        this.wakeUpSignal = wakeUpSignal;
        this.log = log;
        this.journal = journal;
        this.clock = clock;
        savedSequence = checkpoint.savedSequence();
        this.listener = listener;
        relay = new Relay(log, listener, checkpoint.startSequence());
        thread = threads.loop("waybill-relay-" + name, Duration.ofMillis(CHECKPOINT_EVERY_MS), this::runRound);
        wakeUpSignal.onSignal(thread::wake);
    }

    /// Saves first where a new node begins. The journal keeps the order, so no event that is committed from now on is
    /// on the disk without that: a node that dies continues there, and not at the end of the log.
    public void start() {
        saveCheckpoint();
        thread.start();
    }

    /// How many events are not published yet.
    public long lag() {
        return log.lastSequence() - relay.lastSequence();
    }

    /// Publishes the remaining events and saves the checkpoint.
    @Override
    public void close() {
        closing = true;
        wakeUpSignal.signal();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean runRound(Duration waitMax) {
        var isLast = closing;
        pollAll();
        if (isLast) {
            runGuarded(this::saveCheckpoint);
            return false;
        }
        runGuarded(this::saveCheckpointIfDue);
        await(waitMax);
        return true;
    }

    private void pollAll() {
        try {
            while (relay.poll() > 0) {
                saveCheckpointIfDue();
            }
            listener.onIdle();
        } catch (RuntimeException e) {
            LOG.warn("event {} could not be published; it is retried", relay.lastSequence() + 1, e);
        } catch (Error e) {
            health.failed("publishing event " + (relay.lastSequence() + 1) + ", which it retries", e);
        }
    }

    private void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("relay checkpoint could not be saved; it is retried", e);
        } catch (Error e) {
            health.failed("saving the relay checkpoint", e);
        }
    }

    private void await(Duration waitMax) {
        try {
            wakeUpSignal.await(waitMax.toMillis());
        } catch (InterruptedException _) {
            closing = true; // this thread is interrupted only to stop it
        }
    }

    private void saveCheckpointIfDue() {
        if (clock.millis() - savedAtMs >= CHECKPOINT_EVERY_MS) {
            saveCheckpoint();
        }
    }

    private void saveCheckpoint() {
        var sequence = relay.lastSequence();
        if (sequence == savedSequence) {
            return;
        }
        savedAtMs = clock.millis();
        savedSequence = sequence;
        journal.submit(work -> {
            work.saveRelayCheckpoint(name, sequence);
            return true;
        });
    }
}
