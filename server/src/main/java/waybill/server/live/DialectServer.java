package waybill.server.live;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import waybill.access.Principal;
import waybill.concurrent.Threads;
import waybill.hub.PersonRecorder;
import waybill.hub.position.PositionPipeline;
import waybill.hub.position.PositionReport;
import waybill.hub.position.PositionReports;
import waybill.hub.position.RejectedPosition;
import waybill.hub.position.ReportOutcome;
import waybill.hub.projection.CachedDisplayNames;
import waybill.hub.relay.Relay;
import waybill.hub.schedule.AbandonedOrders;
import waybill.hub.schedule.Deadlines;
import waybill.hub.schedule.Scheduler;
import waybill.hub.schedule.ThreadHealth;
import waybill.server.identity.SocketAuthenticator;
import waybill.server.metrics.DialectCounters;
import waybill.server.socket.AdmissionLimits;
import waybill.server.socket.HandshakeLimiter;
import waybill.server.socket.SocketLog;
import waybill.socketio.Ack;
import waybill.socketio.Args;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;
import waybill.socketio.SocketServer;

/// The namespaces of the dialects: handles what clients emit, and emits what has happened.
public final class DialectServer implements AutoCloseable {

    /// The event that the authenticator handles.
    private static final String REFRESH = "auth:refresh";

    private final LiveServices services;
    private final ThreadHealth health = new ThreadHealth();
    private final List<Namespace> namespaces;
    private final DialectChannels channels;
    private final AdmissionLimits admission;
    private final PositionPipeline positions;
    private final PositionReports positionReports;
    private final PersonRecorder personRecorder;
    private final SessionLifecycle sessions;
    private final MessageDispatcher dispatcher;
    private final EventBroadcaster broadcaster;
    private final ClientCheckpoints checkpoints;
    private final OrderConfirmations orderConfirmations;
    private final Scheduler scheduler;

    /// Registers the handlers of the namespaces.
    public DialectServer(SocketServer sockets, SocketAuthenticator authenticator, LiveServices services) {
        this(sockets, authenticator, services, Threads.ofPlatform());
    }

    public DialectServer(
            SocketServer sockets, SocketAuthenticator authenticator, LiveServices services, Threads threads) {
        this.services = services;
        channels = DialectChannels.of(
                sockets,
                new CachedDisplayNames(services.directory(), services.clock()),
                services.node().sockets());
        admission = new AdmissionLimits(
                services.tokenVerifier(),
                new HandshakeLimiter(services.limits(), services.random()),
                services.activeOrders(),
                services.limits(),
                services.clock());
        positions = new PositionPipeline(
                services.activeOrders(),
                services.driverPositions(),
                services.tracks(),
                services.log(),
                services.etas(),
                services.limits().positionPolicy(),
                services.clock(),
                new PositionBroadcaster(channels.all()));
        positions.restore();
        checkpoints = new ClientCheckpoints(
                services, services.log().findRelayCheckpoint(services.node().relay()));
        var replays = new EventReplays(services, checkpoints, health);
        var work = new OrderCommands(services);
        var ackRequests = new AckRequests(work);
        orderConfirmations = new OrderConfirmations(services, ackRequests, checkpoints);
        var deliveryRequests = new DeliveryRequests(services, ackRequests);
        var deadlines = new Deadlines(
                services.orderQueries(),
                services.orders(),
                services.blockingExecutor(),
                services.clock(),
                services.elapsedMs(),
                services.node().leases());
        var abandoned = new AbandonedOrders(
                services.orderQueries(),
                services.journal(),
                services.orders(),
                services.blockingExecutor(),
                services.abandoned(),
                services.elapsedMs(),
                services.node().leases());
        personRecorder = new PersonRecorder(services.journal());
        authenticator.onPrincipal(personRecorder::record);
        sessions = new SessionLifecycle(services, replays, orderConfirmations, deliveryRequests, personRecorder);
        positionReports = new PositionReports(
                positions,
                services.activeOrders(),
                services.orderQueries(),
                services.log(),
                services.blockingExecutor(),
                services.clock());
        dispatcher = new MessageDispatcher(
                services,
                sessions,
                new OrderSubscriptions(services, positions, checkpoints),
                new SyncHandler(services),
                work,
                new PositionReportHandler(positionReports, services.clock()));
        broadcaster = new EventBroadcaster(
                services, channels, positions, replays, health, orderConfirmations, deliveryRequests, deadlines);
        scheduler = new Scheduler(
                List.of(
                        positions::publishDue,
                        orderConfirmations::runDue,
                        deadlines::runDue,
                        abandoned::runDue,
                        replays::runDue,
                        checkpoints::runDue),
                health,
                threads);
        namespaces = Stream.of(NamespaceSpec.values())
                .map(spec -> sockets.of(spec.namespace))
                .toList();
        for (var spec : NamespaceSpec.values()) {
            open(spec, sockets.of(spec.namespace), authenticator);
        }
    }

    private void open(NamespaceSpec spec, Namespace namespace, SocketAuthenticator authenticator) {
        var policy = new AdmissionPolicy(spec, channels, admission, services);
        namespace.use((socket, next) -> policy.beforeAuth(socket)
                .ifPresentOrElse(rejection -> authenticator.reject(socket, rejection, next), next::proceed));
        authenticator.protect(
                namespace,
                policy::allowsAnonymous,
                policy::afterAuth,
                (socket, principal) -> onAuthenticated(policy, socket, principal));
        SocketLog.attach(namespace);
        namespace.filter(this::onMessage);
        namespace.onDisconnect((socket, _) -> {
            if (socket.data() instanceof ClientSession client) {
                sessions.onDisconnect(client);
            }
        });
    }

    private void onAuthenticated(AdmissionPolicy policy, Socket socket, Optional<Principal> principal) {
        var former = socket.recovered() && socket.data() instanceof ClientSession one ? one : null;
        var client = policy.createSession(socket, principal);
        socket.data(client);
        sessions.onConnect(client, former);
    }

    /// All events of a socket are handled here, so that unknown ones are answered too.
    private boolean onMessage(Socket socket, String event, Args args, Ack ack) {
        if (event.equals(REFRESH) || !(socket.data() instanceof ClientSession client)) {
            return true;
        }
        dispatcher.dispatch(client, event, args, ack);
        return false;
    }

    /// The broadcaster of events to the namespaces.
    public Relay.EventListener eventListener() {
        return broadcaster;
    }

    /// A driver reports positions, other than over a socket.
    ///
    /// @param isList whether it was a list, for which each position has a result
    /// @param unread the positions that could not be parsed
    public CompletionStage<ReportOutcome> reportPositions(
            Principal driver, List<PositionReport> reports, boolean isList, List<RejectedPosition> unread) {
        return positionReports.report(driver, reports, isList, unread);
    }

    /// The limit on new sockets of all namespaces.
    public AdmissionLimits admission() {
        return admission;
    }

    public PositionPipeline positions() {
        return positions;
    }

    /// The connected clients.
    public ClientRegistry clients() {
        return services.clients();
    }

    /// A user was authenticated.
    public void recordPerson(Principal principal) {
        personRecorder.record(principal);
    }

    /// The namespaces of the dialects.
    public List<Namespace> namespaces() {
        return namespaces;
    }

    /// The counters of each dialect.
    public List<DialectCounters> counters() {
        return channels.all().stream().map(DialectChannel::counters).toList();
    }

    /// New orders that connected stores have not confirmed.
    public int unconfirmedOrders() {
        return orderConfirmations.unconfirmed();
    }

    /// How often each event was emitted since the start, counted once per broadcast.
    public Map<String, Long> eventsSent() {
        return channels.eventsSent();
    }

    /// The health of the threads; other parts may report theirs here too.
    public ThreadHealth health() {
        return health;
    }

    /// Starts the scheduler.
    public void start() {
        scheduler.start();
    }

    @Override
    public void close() {
        scheduler.close();
        checkpoints.close();
    }
}
