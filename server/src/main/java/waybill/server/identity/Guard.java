package waybill.server.identity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Principal;
import waybill.access.UserId;
import waybill.server.identity.Verification.Known;
import waybill.server.identity.Verification.Refused;
import waybill.server.metrics.Counts;
import waybill.socketio.Ack;
import waybill.socketio.Args;
import waybill.socketio.Handshake;
import waybill.socketio.Middleware;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;

/// Stands at the doors of namespaces: lets in who shows a token that is believed, and shows out whose token has
/// expired or was revoked. Thread-safe.
///
/// A client hears `auth:expiring` a minute before its token expires, and may then say `auth:refresh {token}`. If it
/// does not it hears `auth:expired` and is disconnected; who is revoked hears `auth:revoked`.
public final class Guard implements AutoCloseable {

    /// What a namespace does with a socket that has come in. Runs where `onConnection` would, and instead of it.
    @FunctionalInterface
    public interface Entered {

        /// Takes the socket in.
        ///
        /// @param principal who it is; empty for a stranger that the namespace admits
        void entered(Socket socket, Optional<Principal> principal);
    }

    /// What a namespace asks for beside a token.
    @FunctionalInterface
    public interface Condition {

        /// Why the socket may not come in although its token is believed; empty where it may.
        ///
        /// @param principal who it is; empty for a stranger that the namespace admits
        Optional<Rejection> objection(Socket socket, Optional<Principal> principal);
    }

    /// Why somebody may not come in, and when it may try again; zero where that is for others to say.
    public record Rejection(String code, String message, Duration retryAfter) {}

    /// What the door has found out, on its way to where the socket is connected; `data` is what was on the socket.
    private record Admitted(Optional<Known> known, @Nullable Object data) {}

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    /// For sockets that come, go and are refused.
    private static final Logger SOCKETS = LoggerFactory.getLogger("waybill.sockets");

    private final Identity identity;
    private final InstantSource clock;
    private final Counts refused = new Counts();
    private final RefusalLog refusals = new RefusalLog();
    private volatile Consumer<Principal> seen = _ -> {};
    private volatile Consumer<Error> onError = error -> LOG.error("the guard slept for a moment", error);
    private final Sessions<Socket> sessions = new Sessions<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("waybill-guard").daemon().factory());

    public Guard(Identity identity, InstantSource clock) {
        this.identity = identity;
        this.clock = clock;
        identity.revocations().onRevoked(this::revoked);
    }

    /// How often clients were not let in, by code.
    public Counts refused() {
        return refused;
    }

    /// Is told of everybody who has come in with a token, on whatever namespace. There is one to tell.
    public void onSeen(Consumer<Principal> listener) {
        seen = listener;
    }

    /// Is told of an error that the guard's thread came upon. There is one to tell.
    public void onError(Consumer<Error> listener) {
        onError = listener;
    }

    /// Begins to look at the clock.
    public void start() {
        ticker.scheduleAtFixedRate(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Guards a namespace. A client that shows a token comes in as who it is, or not at all. One that shows none
    /// comes in where it passes `strangers`.
    public void protect(Namespace namespace, Predicate<Handshake> strangers, Entered entered) {
        protect(namespace, strangers, (_, _) -> Optional.empty(), entered);
    }

    /// The same, where that is not enough.
    public void protect(Namespace namespace, Predicate<Handshake> strangers, Condition condition, Entered entered) {
        namespace.use((socket, next) -> check(socket, strangers, condition, next));
        namespace.onConnection(socket -> connected(socket, entered));
        namespace.onDisconnect((socket, _) -> sessions.remove(socket));
        namespace.on("auth:refresh", this::refresh);
    }

    /// Passes nobody: the `strangers` of a namespace that wants a token of everybody.
    public static boolean nobody(Handshake handshake) {
        return false;
    }

    private void check(Socket socket, Predicate<Handshake> strangers, Condition condition, Middleware.Next next) {
        var token = Bearer.in(socket.handshake());
        var known = token.isEmpty() ? knownByRequest(socket.handshake()) : Optional.<Known>empty();
        if (known.isPresent()) {
            admit(socket, known, condition, next);
            return;
        }
        if (token.isEmpty() && strangers.test(socket.handshake())) {
            admit(socket, Optional.empty(), condition, next);
            return;
        }
        identity.verify(token, identity.clientOf(socket.handshake())).thenAccept(verification -> {
            switch (verification) {
                case Known verified -> {
                    rememberForRequest(socket.handshake(), token, verified);
                    admit(socket, Optional.of(verified), condition, next);
                }
                case Refused refused ->
                    refuse(
                            socket,
                            new Rejection(
                                    refused.code(),
                                    refused.message(),
                                    refused.retryAfter().orElse(Duration.ZERO)),
                            next);
            }
        });
    }

    /// A token of the connection's HTTP request is dropped after a while, and says then what it said before to the
    /// namespaces that are joined later.
    private Optional<Known> knownByRequest(Handshake handshake) {
        return handshake.attachment() instanceof Known known
                        && known.expiresAt().map(clock.instant()::isBefore).orElse(true)
                        && !identity.isRevoked(known)
                ? Optional.of(known)
                : Optional.empty();
    }

    private static void rememberForRequest(Handshake handshake, Optional<String> token, Known known) {
        if (token.equals(Bearer.inRequest(handshake))) {
            handshake.attach(known);
        }
    }

    private void admit(Socket socket, Optional<Known> known, Condition condition, Middleware.Next next) {
        var objection = condition.objection(socket, known.map(Known::principal));
        if (objection.isPresent()) {
            refuse(socket, objection.get(), next);
        } else {
            socket.data(new Admitted(known, socket.data()));
            next.proceed();
        }
    }

    /// Tells a client at the door why it may not come in.
    public void refuse(Socket socket, Rejection rejection, Middleware.Next next) {
        var where = socket.namespace().name() + " from " + socket.handshake().address();
        refusals.add(where, rejection.code(), rejection.message(), clock.millis())
                .ifPresent(Guard::logRefused);
        refuse(rejection, next);
    }

    private static void logRefused(String line) {
        SOCKETS.info("refused {}", line);
    }

    private void refuse(Rejection rejection, Middleware.Next next) {
        refused.add(rejection.code());
        var data = new LinkedHashMap<String, Object>();
        data.put("code", rejection.code());
        if (rejection.retryAfter().isPositive()) {
            data.put("retryAfterMs", rejection.retryAfter().toMillis());
        }
        next.refuse(rejection.message(), data);
    }

    private void connected(Socket socket, Entered entered) {
        if (!(socket.data() instanceof Admitted(var known, var data))) {
            LOG.error("a socket came in that was not asked who it is; it is disconnected");
            socket.disconnect(false);
            return;
        }
        socket.data(data);
        known.ifPresent(who -> sessions.add(socket, who, clock.instant()));
        if (known.isPresent() && identity.isRevoked(known.get())) {
            revoke(socket); // between the door and here
            return;
        }
        known.map(Known::principal).ifPresent(seen);
        entered.entered(socket, known.map(Known::principal));
        socket.handshake().forgetAuth(); // looked at, a token is not needed again
    }

    private void refresh(Socket socket, Args args, Ack ack) {
        var reply = new Reply(socket, ack);
        if (!sessions.has(socket)) {
            reply.failed("invalid", "token: not expected (expected: of who has connected with one)", Duration.ZERO);
            return;
        }
        var wait = sessions.refreshWait(socket, clock.instant());
        if (wait.isPositive()) {
            reply.failed("rate_limited", "auth:refresh: too many (expected: none for a while)", wait);
            return;
        }
        identity.verify(tokenOf(args), identity.clientOf(socket.handshake())).thenAccept(verification -> {
            switch (verification) {
                case Known known -> renewed(socket, known, reply);
                case Refused refused ->
                    reply.failed(
                            refused.code(),
                            refused.message(),
                            refused.retryAfter().orElse(Duration.ZERO));
            }
        });
    }

    private void renewed(Socket socket, Known known, Reply reply) {
        var objection = sessions.renew(socket, known, clock.instant());
        if (objection.isPresent()) {
            reply.failed("forbidden", objection.get(), Duration.ZERO);
        } else if (identity.isRevoked(known)) {
            revoke(socket);
        } else {
            reply.ok(known.expiresAt());
        }
    }

    private static Optional<String> tokenOf(Args args) {
        return Bearer.text(args.value(0) instanceof Map<?, ?> said ? said.get("token") : args.value(0));
    }

    /// Does what is due. Called every second; calling it more often is harmless.
    void tick() {
        try {
            refusals.due(clock.millis()).ifPresent(Guard::logRefused);
            sessions.due(clock.instant()).forEach(Guard::act);
        } catch (RuntimeException e) {
            LOG.error("the guard slept for a moment", e); // and looks again with the next tick
        } catch (Error e) { // a scheduled task that throws is never run again
            onError.accept(e);
        }
    }

    private static void act(Sessions.Due<Socket> due) {
        switch (due) {
            case Sessions.Due.Expiring<Socket>(var socket, var inSeconds) ->
                socket.emit("auth:expiring", Map.of("inSeconds", inSeconds));
            case Sessions.Due.Expired<Socket>(var socket) ->
                showOut(socket, "auth:expired", "token: expired (expected: another one by auth:refresh)");
        }
    }

    private void revoked(UserId user) {
        sessions.of(user, identity::isRevoked).forEach(Guard::revoke);
    }

    private static void revoke(Socket socket) {
        showOut(socket, "auth:revoked", "token: revoked (expected: one that was issued later)");
    }

    private static void showOut(Socket socket, String event, String why) {
        socket.emit(event, Map.of("code", "unauthenticated", "message", why));
        socket.disconnect(false);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
