package waybill.server.adminui;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;
import waybill.socketio.SocketServer;

/// Sends administrators what happens, from one thread of its own. Runs while at least one of them is connected.
final class AdminFeed implements AutoCloseable {

    private static final long TICK_MS = 250;

    /// A round of figures, updates and sockets that are not observed yet comes once in so many ticks.
    private static final int TICKS_PER_ROUND = 8;

    private static final int CHANGES_PER_TICK = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(AdminFeed.class);

    private final SocketServer server;
    private final Map<String, Namespace> namespaces;
    private final ServerStats stats;
    private final SocketRendering rendering;
    private final InstantSource clock;
    private final ScheduledExecutorService thread;
    private final Map<Socket, AdminConnection> admins = new ConcurrentHashMap<>();
    private volatile @Nullable Observation observation;

    // of the thread
    private @Nullable ScheduledFuture<?> ticks;
    private ObservedView view = new ObservedView();
    private long tick;

    /// @param namespaces all of the server, by name
    /// @param thread one thread
    AdminFeed(
            SocketServer server,
            Map<String, Namespace> namespaces,
            ServerStats stats,
            SocketRendering rendering,
            InstantSource clock,
            ScheduledExecutorService thread) {
        this.server = server;
        this.namespaces = namespaces;
        this.stats = stats;
        this.rendering = rendering;
        this.clock = clock;
        this.thread = thread;
    }

    /// What is observed now; null while no administrator is connected.
    @Nullable
    Observation observation() {
        return observation;
    }

    int adminCount() {
        return admins.size();
    }

    void add(Socket admin) {
        admins.put(admin, new AdminConnection(admin, rendering));
        thread.execute(this::startOrStop);
    }

    void remove(Socket admin) {
        if (admins.remove(admin) != null && !thread.isShutdown()) {
            thread.execute(this::startOrStop);
        }
    }

    private void startOrStop() {
        var running = ticks;
        if (running == null && !admins.isEmpty()) {
            server.countTraffic(true);
            stats.skip();
            tick = 0;
            ticks = thread.scheduleAtFixedRate(this::run, 0, TICK_MS, TimeUnit.MILLISECONDS);
        } else if (running != null && admins.isEmpty()) {
            running.cancel(false);
            ticks = null;
            server.countTraffic(false);
            endObservation();
        }
    }

    /// Begins a new observation, from which every administrator is sent all sockets.
    private void observe() {
        endObservation();
        admins.values().forEach(AdminConnection::resync);
        view = new ObservedView();
        var begun = new Observation(Observation.Limits.DEFAULT, clock);
        observation = begun; // sockets that connect from now on are observed
        begun.observeMore(namespaces.values());
    }

    private void endObservation() {
        var former = observation;
        observation = null;
        if (former != null) {
            former.end();
        }
        view = new ObservedView();
    }

    private void run() {
        try {
            runTick();
        } catch (RuntimeException | Error e) { // a scheduled task that throws is never run again
            LOG.error("the Admin UI could not be sent what happened; it is sent all sockets anew", e);
            endObservation();
        }
    }

    private void runTick() {
        var current = observation;
        if (current == null) {
            observe();
            return;
        }
        if (!current.isComplete()) {
            LOG.debug("changes of sockets were lost; the Admin UI is sent all sockets anew");
            observe();
            return;
        }
        var isReady = current.isReady();
        var changes = current.takeChanges(CHANGES_PER_TICK);
        changes.forEach(view::apply);
        admins.values().forEach(admin -> admin.send(changes));
        if (tick++ % TICKS_PER_ROUND == 0) {
            runRound(current);
        }
        if (isReady && changes.size() < CHANGES_PER_TICK) {
            sync();
        }
    }

    private void runRound(Observation current) {
        var figures = stats.next(namespaces.values());
        List<SocketChange> updates = view.updates(clock.instant());
        admins.values().forEach(admin -> {
            admin.sendStats(figures);
            admin.send(updates);
        });
        current.observeMore(namespaces.values());
    }

    private void sync() {
        var nowMs = clock.millis();
        var waiting =
                admins.values().stream().filter(admin -> admin.needsSync(nowMs)).toList();
        if (!waiting.isEmpty()) {
            var all = view.render(rendering);
            waiting.forEach(admin -> admin.sync(all, nowMs));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        var former = observation;
        observation = null;
        if (former != null) {
            former.end();
        }
    }
}
