package waybill.server.realtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Principal;
import waybill.order.EventLog;

/// Brings clients that come up to date: each is sent what it missed, in order, and is live only then. Most missed
/// nothing, and are live at once. Reading happens on the readers, a few at a time; how many wait is bounded by how
/// many sockets there are. Thread-safe.
final class Replays {

    /// Steps that are with the readers at a time. Other reads have room beside them.
    private static final int READING_MAX = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

    private final LiveServices services;
    private final ClientCheckpoints checkpoints;
    private final ThreadHealth health;
    private final Queue<Replay> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<Replay> handovers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger reading = new AtomicInteger();
    private volatile long firstCheckpointed = Progress.UNKNOWN;

    Replays(LiveServices services, ClientCheckpoints checkpoints, ThreadHealth health) {
        this.services = services;
        this.checkpoints = checkpoints;
        this.health = health;
    }

    ClientCheckpoints checkpoints() {
        return checkpoints;
    }

    LiveServices services() {
        return services;
    }

    /// Up to there everybody counts as having received everything: no checkpoints were saved before. Never changes.
    long firstCheckpointed() {
        if (firstCheckpointed == Progress.UNKNOWN) {
            firstCheckpointed = services.log().mark(EventLog.CHECKPOINTS);
        }
        return firstCheckpointed;
    }

    /// On the client's loop. `onLive` is run there when the client is live.
    ///
    /// @param former the client that it was, if its session was recovered
    void begin(Client client, Principal principal, @Nullable Client former, Runnable onLive) {
        new Replay(this, client, principal, onLive).begin(former);
    }

    /// Goes on with a client's replay, when the readers have time.
    void await(Replay replay) {
        waiting.add(replay);
        look();
    }

    /// The rest of a replay is done by the thread that tells what happens, between two events.
    void handOver(Replay replay) {
        handovers.add(replay);
        services.wakeRelay().run();
    }

    /// On the thread that tells what happens, between two events.
    void betweenEvents() {
        for (var replay = handovers.poll(); replay != null; replay = handovers.poll()) {
            try {
                replay.handOver();
            } catch (RuntimeException e) {
                LOG.error("a client of {} could not be brought up to date", replay.namespace(), e);
            } catch (Error e) {
                health.failed("bringing a client up to date", e);
            }
        }
    }

    /// Called often, and whenever there is something to read.
    void look() {
        while (reading.get() < READING_MAX) {
            var next = waiting.poll();
            if (next == null) {
                return;
            }
            reading.incrementAndGet();
            try {
                services.readers().execute(() -> read(next));
            } catch (RejectedExecutionException _) {
                reading.decrementAndGet();
                waiting.add(next); // the next look tries again
                return;
            }
        }
    }

    private void read(Replay replay) {
        try {
            replay.read();
        } finally {
            reading.decrementAndGet();
            look();
        }
    }
}
