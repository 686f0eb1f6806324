package waybill.server.socket;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.refusal.Refusal;
import waybill.server.identity.BearerTokens;
import waybill.server.identity.ClientAddress;
import waybill.server.identity.TokenVerifier;
import waybill.socketio.Handshake;

/// The limits on new sockets: from one address, in all, and of one user, for all namespaces. Thread-safe.
public final class AdmissionLimits {

    /// The time to retry for a user at its limit of sockets.
    public static final Duration SOCKETS_RETRY = Duration.ofSeconds(10);

    private final TokenVerifier tokenVerifier;
    private final HandshakeLimiter handshakes;
    private final ActiveOrders activeOrders;
    private final int socketsPerUser;
    private final InstantSource clock;

    public AdmissionLimits(
            TokenVerifier tokenVerifier,
            HandshakeLimiter handshakes,
            ActiveOrders active,
            SocketLimits limits,
            InstantSource clock) {
        this.tokenVerifier = tokenVerifier;
        this.handshakes = handshakes;
        this.activeOrders = active;
        this.clock = clock;
        socketsPerUser = limits.socketsPerUser();
    }

    /// The check before the token is verified. With a token, the address is checked after its verification.
    public Optional<Refusal> ofStranger(Handshake handshake) {
        var showsToken = BearerTokens.find(handshake).isPresent() || handshake.attachment() != null;
        return showsToken ? Optional.empty() : checkAddress(handshake);
    }

    private Optional<Refusal> checkAddress(Handshake handshake) {
        var client = tokenVerifier.clientAddress(handshake);
        return rejection(
                "handshakes: too many from " + client.network() + " (expected: fewer)",
                handshakes.checkAddress(client.network(), client.isLocal(), clock.millis()));
    }

    public ClientAddress clientAddress(Handshake handshake) {
        return tokenVerifier.clientAddress(handshake);
    }

    /// The check after the token is verified. A driver with an active order is always admitted, because a customer
    /// waits for it.
    public Optional<Refusal> of(Handshake handshake, Optional<Principal> principal) {
        if (principal.filter(this::isBusyDriver).isPresent()) {
            return Optional.empty();
        }
        return principal
                .flatMap(_ -> checkAddress(handshake))
                .or(() -> rejection(
                        "handshakes: too many at once (expected: fewer)", handshakes.checkTotal(clock.millis())));
    }

    private boolean isBusyDriver(Principal principal) {
        return principal.role() == Role.DRIVER
                && !activeOrders.ofDriver(principal.id()).isEmpty();
    }

    /// How many sockets a user may have; 0 is no limit.
    public int socketsPerUser() {
        return socketsPerUser;
    }

    /// Whether a user with so many sockets is at its limit.
    public boolean isFull(long sockets) {
        return socketsPerUser > 0 && sockets >= socketsPerUser;
    }

    public Refusal tooManySockets() {
        return Refusal.rateLimited(tooManySockets(socketsPerUser), SOCKETS_RETRY);
    }

    public static String tooManySockets(int max) {
        return "sockets: " + max + " of this user already (expected: no more than that)";
    }

    private static Optional<Refusal> rejection(String message, OptionalLong waitMs) {
        return waitMs.isEmpty()
                ? Optional.empty()
                : Optional.of(Refusal.rateLimited(message, Duration.ofMillis(waitMs.getAsLong())));
    }
}
