package waybill.server.live;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Principal;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.schedule.ThreadHealth;
import waybill.journal.EventLog;

/// Replays missed events to clients that connect: each is sent what it missed, in order, and is live only then.
/// Most clients missed nothing, and are live at once. A few replays read at a time, on the blocking executor; the
/// number of waiting ones is bounded by the number of sockets. Thread-safe.
public final class EventReplays {

    /// Steps on the blocking executor at a time. Other reads have capacity beside them.
    private static final int READING_MAX = 8;

    private static final Logger LOG = LoggerFactory.getLogger(EventReplays.class);

    private final EventLog log;
    private final waybill.messaging.ClientCheckpoints savedCheckpoints;
    private final ActiveOrders activeOrders;
    private final ClientRegistry clients;
    private final Executor blockingExecutor;
    private final Runnable wakeRelay;
    private final ClientCheckpoints checkpoints;
    private final ThreadHealth health;
    private final Queue<EventReplay> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<EventReplay> handovers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger reading = new AtomicInteger();
    private volatile long firstCheckpointed = ClientProgress.UNKNOWN;

    /// @param wakeRelay has the relay's thread look whether there is something to do
    public EventReplays(
            EventLog log,
            waybill.messaging.ClientCheckpoints savedCheckpoints,
            ActiveOrders activeOrders,
            ClientRegistry clients,
            ClientCheckpoints checkpoints,
            Executor blockingExecutor,
            Runnable wakeRelay,
            ThreadHealth health) {
        this.log = log;
        this.savedCheckpoints = savedCheckpoints;
        this.activeOrders = activeOrders;
        this.clients = clients;
        this.checkpoints = checkpoints;
        this.blockingExecutor = blockingExecutor;
        this.wakeRelay = wakeRelay;
        this.health = health;
    }

    ClientCheckpoints checkpoints() {
        return checkpoints;
    }

    EventLog log() {
        return log;
    }

    waybill.messaging.ClientCheckpoints savedCheckpoints() {
        return savedCheckpoints;
    }

    ActiveOrders activeOrders() {
        return activeOrders;
    }

    ClientRegistry clients() {
        return clients;
    }

    /// All clients count as having received the events up to this one: no checkpoints were saved before. Never
    /// changes.
    long firstCheckpointed() {
        if (firstCheckpointed == ClientProgress.UNKNOWN) {
            firstCheckpointed =
                    log.findRelayCheckpoint(EventLog.CLIENT_CHECKPOINTS).orElse(0);
        }
        return firstCheckpointed;
    }

    /// On the client's loop. `onLive` runs there when the client is live.
    ///
    /// @param former the former client, if its session was recovered
    void start(ClientSession client, Principal principal, @Nullable ClientSession former, Runnable onLive) {
        new EventReplay(this, client, principal, onLive).start(former);
    }

    /// Continues a client's replay when the executor has capacity.
    void enqueue(EventReplay replay) {
        waiting.add(replay);
        runDue();
    }

    /// The relay's thread completes a replay, between two events.
    void handOver(EventReplay replay) {
        handovers.add(replay);
        wakeRelay.run();
    }

    /// Runs on the relay's thread, between two events.
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

    /// Runs often, and whenever there is something to read.
    public void runDue() {
        while (reading.get() < READING_MAX) {
            var next = waiting.poll();
            if (next == null) {
                return;
            }
            reading.incrementAndGet();
            try {
                blockingExecutor.execute(() -> read(next));
            } catch (RejectedExecutionException _) {
                reading.decrementAndGet();
                waiting.add(next); // tried again by the next run
                return;
            }
        }
    }

    private void read(EventReplay replay) {
        try {
            replay.read();
        } finally {
            reading.decrementAndGet();
            runDue();
        }
    }
}
