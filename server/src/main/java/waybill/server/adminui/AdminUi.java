package waybill.server.adminui;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.concurrent.Threads;
import waybill.server.identity.SocketAuthenticator;
import waybill.server.metrics.DialectCounters;
import waybill.server.socket.AdmissionLimits;
import waybill.socketio.DisconnectReason;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;
import waybill.socketio.SocketServer;

/// The Admin UI of one node: admits administrators to `/admin`, sends them what happens to sockets, and executes their
/// commands. Thread-safe.
public final class AdminUi implements AutoCloseable {

    /// Administrators that may be connected; one more is disconnected.
    static final int ADMINS_MAX = 20;

    private static final Logger LOG = LoggerFactory.getLogger("waybill.admin");

    /// The node, as the page shows it.
    ///
    /// @param isSecure whether its port has TLS
    public record Node(String name, boolean isSecure) {}

    /// What a client must pass before its credentials are looked at.
    ///
    /// @param passwordsPerMinute those that one address may try; 0 for no limit
    public record Admission(AdmissionLimits limits, SocketAuthenticator authenticator, int passwordsPerMinute) {}

    /// Time, randomness and threads.
    ///
    /// @param elapsedMs milliseconds since some moment
    public record Resources(InstantSource clock, LongSupplier elapsedMs, SecureRandom random, Threads threads) {}

    private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
    private final ExecutorService verifier;
    private final AdminFeed feed;
    private final List<String> features;

    /// Registers its handlers. Before any namespace of the server is made, so that they come before all others.
    public AdminUi(SocketServer server, AdminUiConfig config, Node node, Admission admission, Resources resources) {
        var clock = resources.clock();
        verifier = resources
                .threads()
                .executor("waybill-admin-sign-in", 1, AdminSignIn.WAITING_MAX, new ThreadPoolExecutor.AbortPolicy());
        feed = new AdminFeed(
                server,
                namespaces,
                new ServerStats(node.name(), server, resources.elapsedMs(), clock),
                new SocketRendering(node.isSecure()),
                clock,
                resources.threads().scheduler("waybill-admin-ui"));
        features = features(config.isReadOnly());
        server.onNewNamespace(this::observe);
        var admin = server.of("/admin");
        admin.use(new AdminSignIn(
                config,
                new AdminSessions(resources.random(), clock),
                admission.limits(),
                admission.authenticator(),
                verifier,
                admission.passwordsPerMinute(),
                clock));
        admin.onConnection(this::onConnected);
        admin.onDisconnect(this::onDisconnected);
        new AdminCommands(namespaces, config.isReadOnly(), new DialectCounters("admin-ui"), clock).register(admin);
    }

    private static List<String> features(boolean isReadOnly) {
        var features = new ArrayList<>(isReadOnly ? List.of() : AdminCommands.FEATURES);
        features.add("AGGREGATED_EVENTS");
        features.add("ALL_EVENTS");
        return List.copyOf(features);
    }

    /// The handlers look at one field each while no administrator is connected.
    private void observe(Namespace namespace) {
        namespaces.put(namespace.name(), namespace);
        namespace.onConnection(socket -> whileObserved(one -> one.onConnected(socket)));
        namespace.onDisconnect((socket, reason) -> whileObserved(one -> one.onDisconnected(socket, reason.wireName())));
        namespace.onJoinRoom((socket, room) -> whileObserved(one -> one.onRoomJoined(socket, room)));
        namespace.onLeaveRoom((socket, room) -> whileObserved(one -> one.onRoomLeft(socket, room)));
        namespace.filter((socket, event, args, _) -> {
            whileObserved(one -> one.onEvent(socket, false, event, args));
            return true;
        });
    }

    private void whileObserved(Consumer<Observation> action) {
        var observation = feed.observation();
        if (observation != null) {
            action.accept(observation);
        }
    }

    private void onConnected(Socket socket) {
        if (!(socket.data() instanceof AdminSession session)) {
            return;
        }
        socket.handshake().clearAuth();
        if (feed.adminCount() >= ADMINS_MAX) {
            LOG.warn(
                    "{} from {}: disconnected, because {} administrators are connected already",
                    session.user,
                    socket.handshake().address(),
                    ADMINS_MAX);
            socket.disconnect(true);
            return;
        }
        LOG.info(
                "{} from {}: signed in to the Admin UI",
                session.user,
                socket.handshake().address());
        if (session.newSessionId != null) {
            socket.emit("session", session.newSessionId);
        }
        socket.emit("config", Map.of("supportedFeatures", features));
        feed.add(socket);
    }

    private void onDisconnected(Socket socket, DisconnectReason reason) {
        if (socket.data() instanceof AdminSession session) {
            feed.remove(socket);
            LOG.info("{} from {}: left, {}", session.user, socket.handshake().address(), reason.wireName());
        }
    }

    @Override
    public void close() {
        feed.close();
        verifier.shutdownNow();
    }
}
