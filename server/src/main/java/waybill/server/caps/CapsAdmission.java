package waybill.server.caps;

import java.time.Duration;
import java.util.Optional;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.order.Actor;
import waybill.server.dialect.caps.Profile;
import waybill.server.identity.SocketAuthenticator.Rejection;
import waybill.server.metrics.DialectCounters;
import waybill.server.socket.EventError;
import waybill.server.socket.EventResponder;
import waybill.server.socket.EventTrace;
import waybill.server.socket.NoAck;
import waybill.socketio.DisconnectReason;
import waybill.socketio.Handshake;
import waybill.socketio.Socket;

/// Lets sockets into `/caps` and sees them off. Whom a token names is known; a stranger is believed what they claim: a
/// driver is who it says (`driverId` or `clientId` in the handshake), and otherwise only as good as its connection.
final class CapsAdmission {

    private final CapsServices services;
    private final CapsUserSockets users = new CapsUserSockets();
    private final DialectCounters counters;

    CapsAdmission(CapsServices services, DialectCounters counters) {
        this.services = services;
        this.counters = counters;
    }

    /// Asked before a token is looked at.
    Optional<Rejection> beforeAuth(Socket socket) {
        var word = socket.handshake().query("profile");
        return word != null && Profile.of(word).isEmpty()
                ? Optional.of(new Rejection(
                        "invalid",
                        "profile: " + EventTrace.name(word) + " (expected: one of " + Profile.WORDS + ")",
                        Duration.ZERO))
                : services.admission().ofStranger(socket.handshake());
    }

    /// Asked when it is known who comes.
    Optional<Rejection> afterAuth(Socket socket, Optional<Principal> who) {
        var tooMany = services.admission().of(socket.handshake(), who);
        return tooMany.isPresent()
                ? tooMany
                : who.filter(user -> services.admission().isFull(users.count(user.user())))
                        .map(_ -> services.admission().tooManySockets());
    }

    void onAuthenticated(Socket socket, Optional<Principal> who) {
        if (who.isPresent() && !users.add(who.get().user(), services.admission())) {
            var rejection = services.admission().tooManySockets();
            new EventResponder(socket, "connect", NoAck.ACK, counters)
                    .failed(EventError.rateLimited(
                            rejection.message(), rejection.retryAfter().toMillis()));
            socket.disconnect(false);
            return;
        }
        var client = socket.data() instanceof CapsClientSession known ? known : createSession(socket, who);
        socket.data(client);
        services.connectedSockets().add(socket.id(), client.profile);
    }

    private CapsClientSession createSession(Socket socket, Optional<Principal> who) {
        var handshake = socket.handshake();
        var profile = Optional.ofNullable(handshake.query("profile"))
                .flatMap(Profile::of)
                .orElse(services.profile());
        var driver = who.isPresent() ? driver(who.get()) : claimedDriver(handshake);
        var actor = driver.map(id -> new Actor(Actor.Kind.DRIVER, id))
                .orElseGet(() -> new Actor(Actor.Kind.SOCKET, socket.id()));
        var claim = who.isPresent() ? new CapsClientSession.Claim(false, null) : claim(handshake);
        var backlog = new CapsBacklog(socket, services.messageQueues(), services.blockingExecutor(), profile, actor);
        var client = new CapsClientSession(
                profile,
                actor,
                who,
                claim,
                backlog,
                services.limits(),
                services.clock().millis());
        if (who.map(CapsAuthorization::receivesPickups).orElse(!claim.isVendor())) {
            client.receivesPickups = true;
            socket.join(CapsRooms.pickups(profile));
            socket.join(CapsRooms.driver(actor, profile));
        }
        return client;
    }

    private static Optional<String> driver(Principal who) {
        return who.role() == Role.DRIVER ? Optional.of(who.id()) : Optional.empty();
    }

    private static Optional<String> claimedDriver(Handshake handshake) {
        return claim(handshake, "driverId").or(() -> claim(handshake, "clientId"));
    }

    private static CapsClientSession.Claim claim(Handshake handshake) {
        var isVendor = claim(handshake, "role")
                .flatMap(Role::parse)
                .filter(Role.MERCHANT::equals)
                .isPresent();
        return new CapsClientSession.Claim(
                isVendor, isVendor ? claim(handshake, "clientId").orElse(null) : null);
    }

    private static Optional<String> claim(Handshake handshake, String name) {
        return handshake.auth().get(name) instanceof String said && !said.isBlank()
                ? Optional.of(said)
                : Optional.ofNullable(handshake.query(name)).filter(text -> !text.isBlank());
    }

    void onDisconnect(Socket socket, DisconnectReason reason) {
        services.subscriptions().removeAll(socket.id());
        if (socket.data() instanceof CapsClientSession client) {
            services.connectedSockets().remove(socket.id(), client.profile);
            client.principal.map(Principal::user).ifPresent(users::remove);
        }
    }
}
