package waybill.server.adminui;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Refusal;
import waybill.limit.InMemoryRateLimiter;
import waybill.limit.RateLimit;
import waybill.limit.RateLimiter;
import waybill.server.identity.BearerTokens;
import waybill.server.identity.SocketAuthenticator;
import waybill.server.socket.AdmissionLimits;
import waybill.socketio.Handshake;
import waybill.socketio.Middleware;
import waybill.socketio.Socket;

/// Admits the clients of `/admin` that show a user name and password or a session id. Those with a token are left to
/// the middlewares behind this one.
final class AdminSignIn implements Middleware {

    /// The text by which the page knows that it has to ask for the password again.
    static final String INVALID = "invalid credentials";

    /// Passwords that wait to be verified; one more is answered `unavailable`.
    static final int WAITING_MAX = 16;

    private static final int ADDRESSES_MAX = 10_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(AdminSignIn.class);

    private final AdminUiConfig config;
    private final AdminSessions sessions;
    private final AdmissionLimits admission;
    private final SocketAuthenticator authenticator;
    private final ExecutorService verifier;
    private final int attemptsPerMinute;
    private final RateLimiter<String> attempts;
    private final InstantSource clock;

    /// @param verifier one thread on which passwords are verified, with a queue of [#WAITING_MAX] that rejects
    /// @param attemptsPerMinute the passwords that one address may try; 0 for no limit
    AdminSignIn(
            AdminUiConfig config,
            AdminSessions sessions,
            AdmissionLimits admission,
            SocketAuthenticator authenticator,
            ExecutorService verifier,
            int attemptsPerMinute,
            InstantSource clock) {
        this.config = config;
        this.sessions = sessions;
        this.admission = admission;
        this.authenticator = authenticator;
        this.verifier = verifier;
        this.attemptsPerMinute = attemptsPerMinute;
        this.attempts = new InMemoryRateLimiter<>(RateLimit.perMinute(attemptsPerMinute), ADDRESSES_MAX);
        this.clock = clock;
    }

    @Override
    public void check(Socket socket, Next next) {
        var handshake = socket.handshake();
        var isAdminUi = BearerTokens.find(handshake).isEmpty() && hasCredentials(handshake.auth());
        if (isAdminUi || socket.data() instanceof AdminSession) {
            socket.discardRecovery(); // the client that recovers may be another user now
        }
        if (!isAdminUi) {
            next.proceed();
            return;
        }
        var tooMany = admission.ofStranger(handshake).or(() -> admission.of(handshake, Optional.empty()));
        if (tooMany.isPresent()) {
            authenticator.reject(socket, tooMany.get(), next);
        } else {
            checkCredentials(socket, handshake, next);
        }
    }

    private static boolean hasCredentials(Map<String, @Nullable Object> auth) {
        return auth.containsKey("username") || auth.containsKey("password") || auth.containsKey("sessionId");
    }

    private void checkCredentials(Socket socket, Handshake handshake, Next next) {
        var auth = handshake.auth();
        if (auth.get("sessionId") instanceof String id && sessions.isValid(id)) {
            admit(socket, new AdminSession(config.user(), null), next);
        } else if (auth.get("username") instanceof String user && auth.get("password") instanceof String password) {
            checkPassword(socket, user, password, next);
        } else {
            rejectInvalid(socket, next);
        }
    }

    private void checkPassword(Socket socket, String user, String password, Next next) {
        var network = admission.clientAddress(socket.handshake()).network();
        var retryAfterMs = attempts.acquire(network, clock.millis());
        if (retryAfterMs > 0) {
            var message =
                    "password: too many from " + network + " (expected: at most " + attemptsPerMinute + " a minute)";
            authenticator.reject(socket, Refusal.rateLimited(message, Duration.ofMillis(retryAfterMs)), next);
            return;
        }
        try {
            verifier.execute(() -> verify(socket, user, password, next));
        } catch (RejectedExecutionException _) {
            var message = "password: " + WAITING_MAX + " are to be verified before it (expected: fewer)";
            authenticator.reject(socket, Refusal.unavailable(message, RETRY_AFTER), next);
        }
    }

    /// A wrong name takes as long as a wrong password.
    private void verify(Socket socket, String user, String password, Next next) {
        try {
            if (config.passwordHash().matches(password) && isUser(user)) {
                admit(socket, new AdminSession(config.user(), sessions.create()), next);
            } else {
                rejectInvalid(socket, next);
            }
        } catch (RuntimeException e) {
            LOG.error("a password could not be verified; its client is answered unavailable", e);
            authenticator.reject(socket, Refusal.of(e), next);
        }
    }

    private boolean isUser(String user) {
        return MessageDigest.isEqual(
                user.getBytes(StandardCharsets.UTF_8), config.user().getBytes(StandardCharsets.UTF_8));
    }

    private static void admit(Socket socket, AdminSession session, Next next) {
        socket.data(session);
        next.proceed();
    }

    private void rejectInvalid(Socket socket, Next next) {
        authenticator.reject(socket, Refusal.of(ErrorCode.UNAUTHENTICATED, INVALID), next);
    }
}
