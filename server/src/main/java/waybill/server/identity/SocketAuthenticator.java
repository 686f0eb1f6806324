package waybill.server.identity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Principal;
import waybill.access.UserId;
import waybill.concurrent.Threads;
import waybill.hub.refusal.Refusal;
import waybill.server.identity.Verification.Rejected;
import waybill.server.identity.Verification.Verified;
import waybill.server.metrics.NamedCounters;
import waybill.socketio.Ack;
import waybill.socketio.Args;
import waybill.socketio.Handshake;
import waybill.socketio.Middleware;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;

/// Authenticates the sockets of namespaces: admits clients with a valid token, and disconnects those whose token
/// has expired or was revoked. Thread-safe.
///
/// A socket receives `auth:expiring` a minute before its token expires, and its client may then emit `auth:refresh
/// {token}`. Otherwise it receives `auth:expired` and is disconnected; the sockets of a revoked user receive
/// `auth:revoked`.
public final class SocketAuthenticator implements AutoCloseable {

    /// What a namespace does with an admitted socket. Runs instead of `onConnection`, at the same time.
    @FunctionalInterface
    public interface ConnectionHandler {

        /// Sets the socket up.
        ///
        /// @param principal the user; empty for an anonymous client that the namespace admits
        void onAuthenticated(Socket socket, Optional<Principal> principal);
    }

    /// The check of a namespace beside the token.
    @FunctionalInterface
    public interface AdmissionCheck {

        /// Why the socket is rejected although its token is valid; empty if it is admitted.
        ///
        /// @param principal the user; empty for an anonymous client that the namespace admits
        Optional<Refusal> check(Socket socket, Optional<Principal> principal);
    }

    /// The result of the handshake, until the socket is connected; `data` is that of the socket.
    private record AdmittedSocket(
            Optional<Verified> verified, @Nullable Object data) {}

    private static final Duration CHECK_EVERY = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(SocketAuthenticator.class);

    /// Logs sockets that connect, disconnect and are rejected.
    private static final Logger SOCKETS = LoggerFactory.getLogger("waybill.sockets");

    private final TokenVerifier tokenVerifier;
    private final InstantSource clock;
    private final NamedCounters rejections = new NamedCounters();
    private final RejectionLog rejectionLog = new RejectionLog();
    private volatile Consumer<Principal> principalListener = _ -> {};
    private volatile Consumer<Error> onError =
            error -> LOG.error("expired tokens could not be checked; the check runs again within a second", error);
    private final TokenSessions<Socket> sessions = new TokenSessions<>();
    private final ScheduledExecutorService scheduler;

    public SocketAuthenticator(TokenVerifier tokenVerifier, InstantSource clock) {
        this(tokenVerifier, clock, Threads.ofPlatform());
    }

    public SocketAuthenticator(TokenVerifier tokenVerifier, InstantSource clock, Threads threads) {
        scheduler = threads.scheduler("waybill-auth");
        this.tokenVerifier = tokenVerifier;
        this.clock = clock;
        tokenVerifier.revocations().onRevoked(this::onRevoked);
    }

    /// Rejected sockets, by code.
    public NamedCounters rejections() {
        return rejections;
    }

    /// Sets the listener for each principal that is authenticated, on any namespace.
    public void onPrincipal(Consumer<Principal> listener) {
        principalListener = listener;
    }

    /// Sets the listener for an error on the authenticator's thread.
    public void onError(Consumer<Error> listener) {
        onError = listener;
    }

    /// Starts the checks for expired tokens.
    public void start() {
        scheduler.scheduleAtFixedRate(
                this::runDue, CHECK_EVERY.toMillis(), CHECK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Authenticates the sockets of a namespace. A client with a token is admitted if the token is valid. A client
    /// without one is admitted if its handshake matches `strangers`.
    public void protect(Namespace namespace, Predicate<Handshake> strangers, ConnectionHandler entered) {
        protect(namespace, strangers, (_, _) -> Optional.empty(), entered);
    }

    /// The same, with a further check.
    public void protect(
            Namespace namespace, Predicate<Handshake> strangers, AdmissionCheck condition, ConnectionHandler entered) {
        namespace.use((socket, next) -> authenticate(socket, strangers, condition, next));
        namespace.onConnection(socket -> onConnected(socket, entered));
        namespace.onDisconnect((socket, _) -> sessions.remove(socket));
        namespace.on("auth:refresh", this::refresh);
    }

    /// Matches no handshake: the `strangers` of a namespace that requires a token.
    public static boolean noAnonymous(Handshake handshake) {
        return false;
    }

    private void authenticate(
            Socket socket, Predicate<Handshake> strangers, AdmissionCheck condition, Middleware.Next next) {
        if (socket.data() instanceof AdmittedWithoutToken) {
            next.proceed();
            return;
        }
        var token = BearerTokens.find(socket.handshake());
        var known = token.isEmpty() ? verifiedByRequest(socket.handshake()) : Optional.<Verified>empty();
        if (known.isPresent()) {
            admit(socket, known, condition, next);
            return;
        }
        if (token.isEmpty() && strangers.test(socket.handshake())) {
            admit(socket, Optional.empty(), condition, next);
            return;
        }
        tokenVerifier
                .verify(token, () -> tokenVerifier.clientAddress(socket.handshake()))
                .thenAccept(verification -> {
                    switch (verification) {
                        case Verified verified -> {
                            attachToRequest(socket.handshake(), token, verified);
                            admit(socket, Optional.of(verified), condition, next);
                        }
                        case Rejected rejected -> reject(socket, rejected.refusal(), next);
                    }
                });
    }

    /// The token of the connection's HTTP request is dropped after a while; its verified result is attached for the
    /// namespaces that the client joins later.
    private Optional<Verified> verifiedByRequest(Handshake handshake) {
        return handshake.attachment() instanceof Verified verified
                        && verified.expiresAt().map(clock.instant()::isBefore).orElse(true)
                        && !tokenVerifier.isRevoked(verified)
                ? Optional.of(verified)
                : Optional.empty();
    }

    private static void attachToRequest(Handshake handshake, Optional<String> token, Verified verified) {
        if (token.equals(BearerTokens.findInRequest(handshake))) {
            handshake.attach(verified);
        }
    }

    private void admit(Socket socket, Optional<Verified> known, AdmissionCheck condition, Middleware.Next next) {
        var objection = condition.check(socket, known.map(Verified::principal));
        if (objection.isPresent()) {
            reject(socket, objection.get(), next);
        } else {
            socket.data(new AdmittedSocket(known, socket.data()));
            next.proceed();
        }
    }

    /// Rejects a socket with its reason.
    public void reject(Socket socket, Refusal refusal, Middleware.Next next) {
        var where = socket.namespace().name() + " from " + socket.handshake().address();
        rejectionLog
                .add(where, refusal.code().wireName(), refusal.message(), clock.millis())
                .ifPresent(SocketAuthenticator::logRejection);
        reject(refusal, next);
    }

    private static void logRejection(String line) {
        SOCKETS.info("rejected {}", line);
    }

    private void reject(Refusal refusal, Middleware.Next next) {
        rejections.add(refusal.code().wireName());
        var data = new LinkedHashMap<String, Object>();
        data.put("code", refusal.code().wireName());
        if (refusal.retryAfter().isPositive()) {
            data.put("retryAfterMs", refusal.retryAfter().toMillis());
        }
        next.reject(refusal.message(), data);
    }

    private void onConnected(Socket socket, ConnectionHandler entered) {
        if (socket.data() instanceof AdmittedWithoutToken) {
            return;
        }
        if (!(socket.data() instanceof AdmittedSocket(var known, var data))) {
            LOG.error("a socket was connected without authentication; it is disconnected");
            socket.disconnect(false);
            return;
        }
        socket.data(data);
        known.ifPresent(user -> sessions.add(socket, user, clock.instant()));
        if (known.isPresent() && tokenVerifier.isRevoked(known.get())) {
            revoke(socket); // revoked during the handshake
            return;
        }
        known.map(Verified::principal).ifPresent(principalListener);
        entered.onAuthenticated(socket, known.map(Verified::principal));
        socket.handshake().clearAuth(); // a verified token is not needed again
    }

    private void refresh(Socket socket, Args args, Ack ack) {
        var reply = new RefreshResponder(socket, ack);
        if (!sessions.contains(socket)) {
            reply.failed(
                    "invalid", "token: not expected (expected: on a socket that connected with one)", Duration.ZERO);
            return;
        }
        var wait = sessions.refreshWait(socket, clock.instant());
        if (wait.isPositive()) {
            reply.failed("rate_limited", "auth:refresh: too many (expected: none for a while)", wait);
            return;
        }
        tokenVerifier
                .verify(tokenOf(args), () -> tokenVerifier.clientAddress(socket.handshake()))
                .thenAccept(verification -> {
                    switch (verification) {
                        case Verified verified -> renewed(socket, verified, reply);
                        case Rejected rejected ->
                            reply.failed(
                                    rejected.code(),
                                    rejected.message(),
                                    rejected.refusal().retryAfter());
                    }
                });
    }

    private void renewed(Socket socket, Verified verified, RefreshResponder reply) {
        var objection = sessions.renew(socket, verified, clock.instant());
        if (objection.isPresent()) {
            reply.failed("forbidden", objection.get(), Duration.ZERO);
        } else if (tokenVerifier.isRevoked(verified)) {
            revoke(socket);
        } else {
            reply.ok(verified.expiresAt());
        }
    }

    private static Optional<String> tokenOf(Args args) {
        return BearerTokens.text(args.value(0) instanceof Map<?, ?> fields ? fields.get("token") : args.value(0));
    }

    /// Runs the checks that are due. Runs every second; more often is harmless.
    void runDue() {
        try {
            rejectionLog.due(clock.millis()).ifPresent(SocketAuthenticator::logRejection);
            sessions.due(clock.instant()).forEach(SocketAuthenticator::handleDue);
        } catch (RuntimeException e) {
            LOG.error("expired tokens could not be checked; the check runs again within a second", e);
        } catch (Error e) { // a scheduled task that throws is never run again
            onError.accept(e);
        }
    }

    private static void handleDue(TokenSessions.Due<Socket> due) {
        switch (due) {
            case TokenSessions.Due.Expiring<Socket>(var socket, var inSeconds) ->
                socket.emit("auth:expiring", Map.of("inSeconds", inSeconds));
            case TokenSessions.Due.Expired<Socket>(var socket) ->
                disconnect(socket, "auth:expired", "token: expired (expected: another one by auth:refresh)");
        }
    }

    private void onRevoked(UserId user) {
        sessions.socketsOf(user, tokenVerifier::isRevoked).forEach(SocketAuthenticator::revoke);
    }

    private static void revoke(Socket socket) {
        disconnect(socket, "auth:revoked", "token: revoked (expected: one that was issued later)");
    }

    private static void disconnect(Socket socket, String event, String why) {
        socket.emit(event, Map.of("code", "unauthenticated", "message", why));
        socket.disconnect(false);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
