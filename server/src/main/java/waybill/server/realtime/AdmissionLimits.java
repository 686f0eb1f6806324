package waybill.server.realtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.identity.Bearer;
import waybill.server.identity.Guard.Rejection;
import waybill.server.identity.Identity;
import waybill.socketio.Handshake;

/// How many sockets may come: from one address, in all, and of one user. Every namespace asks the same. Thread-safe.
public final class AdmissionLimits {

    private final Identity identity;
    private final Handshakes handshakes;
    private final ActiveOrders active;
    private final int socketsPerUser;
    private final InstantSource clock;

    AdmissionLimits(
            Identity identity, Handshakes handshakes, ActiveOrders active, LiveLimits limits, InstantSource clock) {
        this.identity = identity;
        this.handshakes = handshakes;
        this.active = active;
        this.clock = clock;
        socketsPerUser = limits.socketsPerUser();
    }

    /// Asked before a token is looked at. Where there is one, the address is asked about when it is known whose it is.
    Optional<Rejection> ofStranger(Handshake handshake) {
        var showsToken = Bearer.in(handshake).isPresent() || handshake.attachment() != null;
        return showsToken ? Optional.empty() : ofAddress(handshake);
    }

    private Optional<Rejection> ofAddress(Handshake handshake) {
        var client = identity.clientOf(handshake);
        return rejection(
                "handshakes: too many from " + client.network() + " (expected: fewer)",
                handshakes.from(client.network(), client.isLocal(), clock.millis()));
    }

    /// Asked when it is known who comes. A driver with an order in hand may always come: a customer waits for it.
    Optional<Rejection> of(Handshake handshake, Optional<Principal> principal) {
        if (principal.filter(this::isBusyDriver).isPresent()) {
            return Optional.empty();
        }
        return principal
                .flatMap(_ -> ofAddress(handshake))
                .or(() ->
                        rejection("handshakes: too many at once (expected: fewer)", handshakes.inAll(clock.millis())));
    }

    private boolean isBusyDriver(Principal principal) {
        return principal.role() == Role.DRIVER
                && !active.ofDriver(principal.id()).isEmpty();
    }

    /// Whether a user with so many sockets may have no more.
    boolean isFull(long sockets) {
        return socketsPerUser > 0 && sockets >= socketsPerUser;
    }

    Rejection tooManySockets() {
        return new Rejection("rate_limited", LiveEntrance.tooManySockets(socketsPerUser), LiveEntrance.SOCKETS_RETRY);
    }

    private static Optional<Rejection> rejection(String message, OptionalLong waitMs) {
        return waitMs.isEmpty()
                ? Optional.empty()
                : Optional.of(new Rejection("rate_limited", message, Duration.ofMillis(waitMs.getAsLong())));
    }
}
