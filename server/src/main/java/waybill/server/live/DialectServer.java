package waybill.server.live;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.access.Principal;
import waybill.hub.refusal.Refusal;
import waybill.server.identity.AdmittedWithoutToken;
import waybill.server.identity.SocketAuthenticator;
import waybill.server.metrics.DialectCounters;
import waybill.server.socket.AdmissionLimits;
import waybill.server.socket.SocketLimits;
import waybill.server.socket.SocketLog;
import waybill.socketio.Ack;
import waybill.socketio.Args;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;
import waybill.socketio.SocketServer;

/// The namespaces of the dialects: admits sockets and handles what clients emit.
public final class DialectServer {

    /// The event that the authenticator handles.
    private static final String REFRESH = "auth:refresh";

    private final DialectChannels channels;
    private final AdmissionLimits admission;
    private final SessionLifecycle sessions;
    private final MessageDispatcher dispatcher;
    private final ClientRegistry clients;
    private final SocketLimits limits;
    private final boolean isDevelopment;
    private final List<Namespace> namespaces;

    /// Registers the handlers of the namespaces.
    ///
    /// @param isDevelopment whether clients are believed without a token
    public DialectServer(
            SocketServer sockets,
            SocketAuthenticator authenticator,
            DialectChannels channels,
            AdmissionLimits admission,
            SessionLifecycle sessions,
            MessageDispatcher dispatcher,
            SocketLimits limits,
            boolean isDevelopment) {
        this.channels = channels;
        this.admission = admission;
        this.sessions = sessions;
        this.dispatcher = dispatcher;
        this.clients = sessions.clients();
        this.limits = limits;
        this.isDevelopment = isDevelopment;
        namespaces = Stream.of(NamespaceSpec.values())
                .map(spec -> sockets.of(spec.namespace))
                .toList();
        for (var spec : NamespaceSpec.values()) {
            open(spec, sockets.of(spec.namespace), authenticator);
        }
    }

    private void open(NamespaceSpec spec, Namespace namespace, SocketAuthenticator authenticator) {
        var policy = new AdmissionPolicy(spec, channels, admission, clients, limits, isDevelopment);
        namespace.use((socket, next) -> beforeAuth(policy, socket)
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

    private static Optional<Refusal> beforeAuth(AdmissionPolicy policy, Socket socket) {
        return socket.data() instanceof AdmittedWithoutToken ? Optional.empty() : policy.beforeAuth(socket);
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

    /// The connected clients.
    public ClientRegistry clients() {
        return clients;
    }

    /// The namespaces of the dialects.
    public List<Namespace> namespaces() {
        return namespaces;
    }

    /// The counters of each dialect.
    public List<DialectCounters> counters() {
        return channels.all().stream().map(DialectChannel::counters).toList();
    }

    /// How often each event was emitted since the start, counted once per broadcast.
    public Map<String, Long> eventsSent() {
        return channels.eventsSent();
    }
}
