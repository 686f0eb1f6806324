package waybill.server.live;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import waybill.access.Principal;
import waybill.hub.PersonRecorder;
import waybill.hub.position.PositionReport;
import waybill.hub.position.RejectedPosition;
import waybill.hub.projection.CachedDisplayNames;
import waybill.hub.relay.Relay;
import waybill.hub.relay.RelayRunner;
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

/// The dialects, live: takes over their namespaces, hears what is said there, and tells what has happened.
public final class DialectServer implements AutoCloseable {

    /// What the guard hears itself.
    private static final String REFRESH = "auth:refresh";

    private final LiveServices services;
    private final ThreadHealth health = new ThreadHealth();
    private final List<Namespace> namespaces;
    private final DialectChannels channels;
    private final AdmissionLimits admission;
    private final PositionPipeline positions;
    private final PositionReportHandler reportHandler;
    private final PersonRecorder personRecorder;
    private final SessionLifecycle sessions;
    private final MessageDispatcher dispatcher;
    private final EventBroadcaster broadcaster;
    private final ClientCheckpoints checkpoints;
    private final OrderConfirmations orderConfirmations;
    private final Scheduler scheduler;

    /// Takes over the namespaces: their handlers are these.
    public DialectServer(SocketServer sockets, SocketAuthenticator authenticator, LiveServices services) {
        this.services = services;
        channels = DialectChannels.of(sockets, new CachedDisplayNames(services.directory(), services.clock()));
        admission = new AdmissionLimits(
                services.tokenVerifier(),
                new HandshakeLimiter(
                        services.limits(), services.random(), services.clock().millis()),
                services.activeOrders(),
                services.limits(),
                services.clock());
        positions = new PositionPipeline(services, channels.all());
        positions.restore();
        checkpoints = new ClientCheckpoints(services, services.log().findRelayCheckpoint(RelayRunner.RELAY));
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
                services.elapsedMs());
        var abandoned = new AbandonedOrders(
                services.orderQueries(),
                services.journal(),
                services.orders(),
                services.blockingExecutor(),
                services.abandoned(),
                services.elapsedMs());
        personRecorder = new PersonRecorder(services.journal());
        authenticator.onPrincipal(personRecorder::record);
        sessions = new SessionLifecycle(services, replays, orderConfirmations, deliveryRequests, personRecorder);
        reportHandler = new PositionReportHandler(services, positions);
        dispatcher = new MessageDispatcher(
                services,
                sessions,
                new OrderSubscriptions(services, positions, checkpoints),
                new SyncHandler(services),
                work,
                reportHandler);
        broadcaster = new EventBroadcaster(
                services, channels, positions, replays, health, orderConfirmations, deliveryRequests, deadlines);
        scheduler = new Scheduler(
                List.of(
                        positions::broadcastDue,
                        orderConfirmations::runDue,
                        deadlines::runDue,
                        abandoned::runDue,
                        replays::runDue,
                        checkpoints::runDue),
                health);
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

    /// Everything that a socket says is heard here, so that what no dialect knows is answered too.
    private boolean onMessage(Socket socket, String event, Args args, Ack ack) {
        if (event.equals(REFRESH) || !(socket.data() instanceof ClientSession client)) {
            return true;
        }
        dispatcher.dispatch(client, event, args, ack);
        return false;
    }

    /// Who tells the namespaces what has happened.
    public Relay.EventListener eventListener() {
        return broadcaster;
    }

    /// A driver says where it is, over another way than a socket.
    ///
    /// @param isList whether it came as a list, of which each is answered for itself
    /// @param unread what could not be understood of it
    public CompletionStage<PositionPipeline.Outcome> reportPositions(
            Principal driver, List<PositionReport> said, boolean isList, List<RejectedPosition> unread) {
        return reportHandler.handle(driver, said, isList, unread);
    }

    /// How many sockets may come, whatever the namespace.
    public AdmissionLimits admission() {
        return admission;
    }

    public PositionPipeline positions() {
        return positions;
    }

    /// Who is connected.
    public ClientRegistry clients() {
        return services.clients();
    }

    /// Somebody has shown who they are.
    public void recordPerson(Principal principal) {
        personRecorder.record(principal);
    }

    /// Where the dialects are spoken.
    public List<Namespace> namespaces() {
        return namespaces;
    }

    /// What has come and gone in each dialect.
    public List<DialectCounters> counters() {
        return channels.all().stream().map(DialectChannel::counters).toList();
    }

    /// New orders that stores have yet to confirm, of those who are here.
    public int unconfirmedOrders() {
        return orderConfirmations.unconfirmed();
    }

    /// How often each event was said since the start, to however many.
    public Map<String, Long> eventsSent() {
        return channels.eventsSent();
    }

    /// Whether the threads that everything needs are well; those of others may be known here too.
    public ThreadHealth health() {
        return health;
    }

    /// Begins to look for what is due.
    public void start() {
        scheduler.start();
    }

    @Override
    public void close() {
        scheduler.close();
        checkpoints.close();
    }
}
