package waybill.hub.relay;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.schedule.ThreadHealth;
import waybill.journal.EventLog;
import waybill.journal.Journal;

/// Runs one relay on a thread of its own: woken by every commit, patient with a world that fails, and
/// remembering how far it has come. After a crash it repeats at most what was told since it last remembered.
public final class RelayRunner implements AutoCloseable {

    /// The name under which the relay of a hub remembers its place.
    public static final String RELAY = "world";

    private static final Logger LOG = LoggerFactory.getLogger(RelayRunner.class);

    /// How often the place is remembered while there is news, and how long to wait after a failure.
    private static final long CHECKPOINT_EVERY_MS = 1_000;

    private final String name;
    private final Relay relay;
    private final Relay.EventListener listener;
    private final EventLog log;
    private final Journal journal;
    private final InstantSource clock;
    private final WakeUpSignal wakeUpSignal;
    private final ThreadHealth health;
    private final Thread thread;
    private long savedSequence;
    private long savedAtMs;
    private volatile boolean closing;

    /// Goes on where the relay of that name had come to. The bell is rung when there may be news.
    public RelayRunner(
            String name,
            EventLog log,
            Journal journal,
            Relay.EventListener world,
            WakeUpSignal wakeUpSignal,
            InstantSource clock) {
        this(name, log, journal, world, wakeUpSignal, clock, new ThreadHealth());
    }

    /// The same, and says where an error is to be known.
    public RelayRunner(
            String name,
            EventLog log,
            Journal journal,
            Relay.EventListener world,
            WakeUpSignal wakeUpSignal,
            InstantSource clock,
            ThreadHealth health) {
        this.name = name;
        this.health = health;
        this.wakeUpSignal = wakeUpSignal;
        this.log = log;
        this.journal = journal;
        this.clock = clock;
        savedSequence = log.findRelayCheckpoint(name);
        this.listener = world;
        relay = new Relay(log, world, savedSequence);
        thread = Thread.ofPlatform().name("waybill-relay-" + name).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// How many events it has yet to tell.
    public long lag() {
        return log.lastSequence() - relay.lastSequence();
    }

    /// Tells what there is to tell, and remembers it.
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

    private void run() {
        while (!closing) {
            pollAll();
            runGuarded(this::saveCheckpointIfDue);
            await();
        }
        pollAll();
        runGuarded(this::saveCheckpoint);
    }

    private void pollAll() {
        try {
            while (relay.poll() > 0) {
                saveCheckpointIfDue();
            }
            listener.onIdle();
        } catch (RuntimeException e) {
            LOG.warn("event {} could not be told, and will be told again", relay.lastSequence() + 1, e);
        } catch (Error e) {
            health.failed("telling of event " + (relay.lastSequence() + 1) + ", which it tries again", e);
        }
    }

    private void runGuarded(Runnable remembering) {
        try {
            remembering.run();
        } catch (RuntimeException e) {
            LOG.warn("how far the relay has come could not be saved, and is saved later", e);
        } catch (Error e) {
            health.failed("saving how far the relay has come", e);
        }
    }

    private void await() {
        try {
            wakeUpSignal.await(CHECKPOINT_EVERY_MS);
        } catch (InterruptedException _) {
            closing = true; // nobody interrupts this thread but to end it
        }
    }

    private void saveCheckpointIfDue() {
        if (clock.millis() - savedAtMs >= CHECKPOINT_EVERY_MS) {
            saveCheckpoint();
        }
    }

    private void saveCheckpoint() {
        var position = relay.lastSequence();
        if (position == savedSequence) {
            return;
        }
        savedAtMs = clock.millis();
        savedSequence = position;
        journal.submit(ledger -> {
            ledger.saveRelayCheckpoint(name, position);
            return true;
        });
    }
}
