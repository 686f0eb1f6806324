package waybill.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.alert.AlertMonitor;
import waybill.hub.analytics.HubActivity;
import waybill.hub.dispatch.Dispatcher;
import waybill.hub.dispatch.ShiftEnds;
import waybill.hub.relay.CompositeListener;
import waybill.hub.relay.RelayRunner;
import waybill.hub.schedule.AbandonedOrders;
import waybill.hub.schedule.Deadlines;
import waybill.hub.schedule.Scheduler;
import waybill.hub.schedule.ThreadHealth;
import waybill.hub.schedule.TrackMaintenance;
import waybill.journal.LogEntry;
import waybill.order.OrderId;
import waybill.server.adminui.AdminUi;
import waybill.server.caps.CapsAdmission;
import waybill.server.caps.CapsNamespace;
import waybill.server.caps.CapsOrderCommands;
import waybill.server.caps.CapsSubscriptions;
import waybill.server.live.RoomEmitter;
import waybill.server.socket.AdmissionLimits;
import waybill.server.socket.HandshakeLimiter;
import waybill.server.socket.RejectedEvents;
import waybill.socketio.EngineConfig;
import waybill.socketio.SocketServer;
import waybill.socketio.adapter.RecoveryConfig;

/// All namespaces, the relay that emits to them what the log says, and the scheduler.
///
/// @param health that of the threads of a hub
public record SocketPart(
        SocketServer server,
        LivePart live,
        LinkPart links,
        CapsNamespace caps,
        RelayRunner relayRunner,
        AlertMonitor alerts,
        Dispatcher dispatcher,
        HubActivity activity,
        Scheduler scheduler,
        ThreadHealth health,
        ConnectionErrors connectionErrors,
        Optional<AdminUi> adminUi,
        PlaybackPart playback)
        implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SocketPart.class);

    static SocketPart create(Parts parts) {
        return create(parts, UnaryOperator.identity());
    }

    /// Registers the handlers of all namespaces. Nothing runs before [#start].
    ///
    /// @param settings changes the engine's settings once more
    public static SocketPart create(Parts parts, UnaryOperator<EngineConfig> settings) {
        var platform = parts.platform();
        var security = parts.security();
        var core = parts.core();
        var store = parts.storage().store();
        var errors = new ConnectionErrors(platform.clock());
        var relay = parts.checkpoint();
        var signal = parts.storage().signals().add();
        var rejectedEvents = new RejectedEvents(parts.config().sharedLimits());
        var server = server(parts, settings, errors);
        var health = new ThreadHealth();
        var admission = admission(parts);
        var adminUi = AdminUiPart.create(parts, server, admission);
        var links = LinkPart.create(parts);
        var live = LivePart.create(parts, server, links, health, admission, rejectedEvents, relay, signal);
        var relayLag = new AtomicReference<LongSupplier>(() -> 0);
        var alerts =
                AlertPart.create(parts, live.signals(), () -> relayLag.get().getAsLong());
        var caps = caps(parts, server, admission, rejectedEvents);
        var playback =
                PlaybackPart.create(parts.config(), parts.platform(), parts.storage(), security, server, admission);
        var deadlines = deadlines(parts);
        var dispatcher = dispatcher(parts);
        var activity = new HubActivity(() -> counts(server, live, caps), platform.clock(), platform::elapsedMs);
        var relayRunner = new RelayRunner(
                relay,
                store.eventLog(),
                store.journal(),
                new CompositeListener(
                        List.of(
                                security.tokenVerifier().revocations().eventListener(),
                                core.driversOnDuty(),
                                live.broadcaster(),
                                links.finder(),
                                links.views(), // they ask for the orders that the broadcaster has updated
                                live.signals(), // it asks for the orders that the broadcaster has updated
                                caps.eventListener(),
                                new RoomEmitter(server),
                                alerts,
                                core.eta().learner(), // it asks for the orders that the broadcaster has updated
                                entry -> update(deadlines, core, entry),
                                dispatcher::onEvent,
                                activity), // when all others have published the event
                        health),
                signal,
                platform.clock(),
                health,
                platform.threads());
        relayLag.set(relayRunner::lag);
        security.authenticator().onPrincipal(core.personRecorder()::record);
        security.authenticator().onError(error -> health.failed("looking at tokens", error));
        return new SocketPart(
                server,
                live,
                links,
                caps,
                relayRunner,
                alerts,
                dispatcher,
                activity,
                new Scheduler(
                        tasks(parts, live, links, alerts, deadlines, dispatcher, activity, playback),
                        health,
                        platform.threads()),
                health,
                errors,
                adminUi,
                playback);
    }

    private static HubActivity.Counts counts(SocketServer server, LivePart live, CapsNamespace caps) {
        var counters = new ArrayList<>(live.dialectServer().counters());
        counters.add(caps.counters());
        return new HubActivity.Counts(
                server.connectionCount(),
                live.dialectServer().clients().userSockets().users(),
                counters.stream().mapToLong(each -> each.received().total()).sum(),
                counters.stream().mapToLong(each -> each.sent().total()).sum());
    }

    private static SocketServer server(Parts parts, UnaryOperator<EngineConfig> settings, ConnectionErrors errors) {
        var limits = parts.config().sharedLimits();
        var security = parts.security();
        var platform = parts.platform();
        return new SocketServer(waybill.socketio.Config.defaults()
                .withRoomsMax(limits.roomsMax())
                .withPacketLimits(packet -> packet.withEventMax(limits.eventNameMax()))
                .withRecovery(RecoveryConfig.sessionsOnly()) // what was missed is sent from the log
                .withAdapter(parts.cluster().adapter())
                .withEngine(engine -> settings.apply(
                        EngineSettings.of(engine, parts.config(), security.origins(), security.hosts(), errors)
                                .withEnvironment(platform.nanoTime(), platform.random()))));
    }

    private static AdmissionLimits admission(Parts parts) {
        var limits = parts.config().socketLimits();
        return new AdmissionLimits(
                parts.security().tokenVerifier(),
                new HandshakeLimiter(limits, parts.platform().random()),
                parts.core().activeOrders(),
                limits,
                parts.platform().clock());
    }

    private static Deadlines deadlines(Parts parts) {
        return new Deadlines(
                parts.storage().store().orderQueries(),
                parts.core().orders(),
                parts.core().blockingExecutor(),
                parts.platform().clock(),
                parts.platform()::elapsedMs,
                parts.cluster().leases());
    }

    /// What the scheduler runs, besides the tasks of the dialects.
    private static List<Runnable> tasks(
            Parts parts,
            LivePart live,
            LinkPart links,
            AlertMonitor alerts,
            Deadlines deadlines,
            Dispatcher dispatcher,
            HubActivity activity,
            PlaybackPart playback) {
        var tasks = new ArrayList<>(live.tasks());
        tasks.add(parts.cluster().leases()::runDue);
        tasks.add(links.views()::runDue);
        tasks.add(deadlines::runDue);
        tasks.add(alerts::runDue);
        tasks.add(parts.core().eta().saver()::runDue);
        tasks.add(dispatcher::runDue);
        tasks.add(activity::runDue);
        tasks.add(abandonedOrders(parts)::runDue);
        tasks.add(shiftEnds(parts)::runDue);
        tasks.add(trackMaintenance(parts)::runDue);
        tasks.add(parts.outbound()::runDue);
        tasks.add(parts.files().sweep()::runDue);
        tasks.add(parts.files().watch()::runDue);
        tasks.add(playback.namespace()::runDue);
        return tasks;
    }

    /// An event that is repeated after a crash changes nothing: the order's deadline is that of its current state.
    private static void update(Deadlines deadlines, CorePart core, LogEntry entry) {
        entry.order()
                .ifPresent(order ->
                        deadlines.update(core.activeOrders().byId(order.id()).orElse(order)));
    }

    private static Dispatcher dispatcher(Parts parts) {
        var core = parts.core();
        return new Dispatcher(
                parts.config().orders().dispatch(),
                new Dispatcher.Targets(core.orders(), core.decisionLog()),
                new Dispatcher.Sources(
                        core.activeOrders(), core.driversOnDuty(), core.eta().readyTimes()),
                core.blockingExecutor(),
                parts.platform().clock(),
                parts.platform()::elapsedMs,
                parts.cluster().leases());
    }

    private static AbandonedOrders abandonedOrders(Parts parts) {
        var store = parts.storage().store();
        return new AbandonedOrders(
                store.orderQueries(),
                store.journal(),
                parts.core().orders(),
                parts.core().blockingExecutor(),
                new AbandonedOrders.Limit(parts.config().orders().abandonedAfter(), store.trustedClock()),
                parts.platform()::elapsedMs,
                parts.cluster().leases());
    }

    private static TrackMaintenance trackMaintenance(Parts parts) {
        return new TrackMaintenance(
                parts.storage().store().trackLog(),
                parts.core().blockingExecutor(),
                parts.platform()::elapsedMs,
                parts.cluster().leases());
    }

    private static ShiftEnds shiftEnds(Parts parts) {
        return new ShiftEnds(
                parts.core().driversOnDuty(),
                parts.storage().store().journal(),
                parts.platform().clock(),
                parts.platform()::elapsedMs,
                parts.cluster().leases());
    }

    private static CapsNamespace caps(
            Parts parts, SocketServer server, AdmissionLimits admission, RejectedEvents rejectedEvents) {
        var core = parts.core();
        var config = parts.config();
        var clock = parts.platform().clock();
        var isSecured = parts.security().isSecured();
        return new CapsNamespace(
                server.of("/caps"),
                parts.security().authenticator(),
                new CapsAdmission(
                        admission,
                        _ -> !isSecured || config.identity().capsOpen(),
                        core.queues(),
                        parts.cluster().capsSockets(),
                        parts.cluster().connections(),
                        config.profile(),
                        config.capsLimits(),
                        clock),
                new CapsSubscriptions(core.queues(), config.capsLimits()),
                new CapsOrderCommands(
                        core.orders(),
                        core.queues().commands(),
                        () -> new OrderId(core.ids().get()),
                        config.capsLimits(),
                        clock),
                config.capsLimits(),
                rejectedEvents,
                clock);
    }

    public void start() {
        relayRunner.start();
        scheduler.start();
    }

    /// Disconnects all sockets, which receive what is committed until then, and then emits the rest. Requests of HTTP
    /// go on.
    ///
    /// @param spread over how long sockets are disconnected, so that clients do not all come back at once
    public void disconnect(Duration spread) {
        LOG.info("draining: {} connections are closed within {} ms", server.connectionCount(), spread.toMillis());
        server.close(spread).toCompletableFuture().join();
        relayRunner.close();
        links.close();
    }

    @Override
    public void close() {
        scheduler.close();
        adminUi.ifPresent(AdminUi::close);
        playback.close();
        live.close();
    }
}
