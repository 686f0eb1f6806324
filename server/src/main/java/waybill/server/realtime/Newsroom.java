package waybill.server.realtime;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.order.EventLog;
import waybill.order.Journal;
import waybill.order.Relay;

/// Runs one relay on a thread of its own: woken by every commit, patient with a world that fails, and
/// remembering how far it has come. After a crash it repeats at most what was told since it last remembered.
public final class Newsroom implements AutoCloseable {

    /// The name under which the relay of a hub remembers its place.
    public static final String RELAY = "world";

    private static final Logger LOG = LoggerFactory.getLogger(Newsroom.class);

    /// How often the place is remembered while there is news, and how long to wait after a failure.
    private static final long REMEMBER_MS = 1_000;

    private final String name;
    private final Relay relay;
    private final Relay.World world;
    private final EventLog log;
    private final Journal journal;
    private final InstantSource clock;
    private final Bell bell;
    private final ThreadHealth health;
    private final Thread thread;
    private long remembered;
    private long rememberedAtMs;
    private volatile boolean closing;

    /// Goes on where the relay of that name had come to. The bell is rung when there may be news.
    public Newsroom(String name, EventLog log, Journal journal, Relay.World world, Bell bell, InstantSource clock) {
        this(name, log, journal, world, bell, clock, new ThreadHealth());
    }

    /// The same, and says where an error is to be known.
    public Newsroom(
            String name,
            EventLog log,
            Journal journal,
            Relay.World world,
            Bell bell,
            InstantSource clock,
            ThreadHealth health) {
        this.name = name;
        this.health = health;
        this.bell = bell;
        this.log = log;
        this.journal = journal;
        this.clock = clock;
        remembered = log.mark(name);
        this.world = world;
        relay = new Relay(log, world, remembered);
        thread = Thread.ofPlatform().name("waybill-relay-" + name).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// How many events it has yet to tell.
    public long lag() {
        return log.head() - relay.position();
    }

    /// Tells what there is to tell, and remembers it.
    @Override
    public void close() {
        closing = true;
        bell.ring();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing) {
            tellAll();
            guarded(this::rememberNowAndThen);
            await();
        }
        tellAll();
        guarded(this::remember);
    }

    private void tellAll() {
        try {
            while (relay.pump() > 0) {
                rememberNowAndThen();
            }
            world.idle();
        } catch (RuntimeException e) {
            LOG.warn("event {} could not be told, and will be told again", relay.position() + 1, e);
        } catch (Error e) {
            health.failed("telling of event " + (relay.position() + 1) + ", which it tries again", e);
        }
    }

    private void guarded(Runnable remembering) {
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
            bell.await(REMEMBER_MS);
        } catch (InterruptedException _) {
            closing = true; // nobody interrupts this thread but to end it
        }
    }

    private void rememberNowAndThen() {
        if (clock.millis() - rememberedAtMs >= REMEMBER_MS) {
            remember();
        }
    }

    private void remember() {
        var position = relay.position();
        if (position == remembered) {
            return;
        }
        rememberedAtMs = clock.millis();
        remembered = position;
        journal.submit(ledger -> {
            ledger.mark(name, position);
            return true;
        });
    }
}
