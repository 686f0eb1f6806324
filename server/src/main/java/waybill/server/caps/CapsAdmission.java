package waybill.server.caps;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.hub.presence.UserConnections;
import waybill.hub.presence.UserSockets;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Refusal;
import waybill.order.Actor;
import waybill.server.dialect.caps.Profile;
import waybill.server.identity.ClientAddress;
import waybill.server.metrics.DialectCounters;
import waybill.server.socket.AdmissionLimits;
import waybill.server.socket.EventResponder;
import waybill.server.socket.EventTrace;
import waybill.server.socket.NoAck;
import waybill.socketio.DisconnectReason;
import waybill.socketio.Handshake;
import waybill.socketio.Socket;

/// Admits sockets to `/caps` and cleans up after them. A token determines the identity; without one the hub accepts
/// the identity that the client claims: a driver is the one of `driverId` or `clientId` in the handshake, and
/// otherwise identified by its connection.
public final class CapsAdmission {

    private final AdmissionLimits admission;
    private final Predicate<Handshake> strangers;
    private final CapsQueues queues;
    private final UserSockets users;
    private final UserConnections connections;
    private final Profile defaultProfile;
    private final CapsLimits limits;
    private final InstantSource clock;
    private final StrangerBudgets strangerBudgets = new StrangerBudgets();
    private final ConnectedProfiles profiles = new ConnectedProfiles();
    private final DialectCounters counters = new DialectCounters("caps");

    /// @param strangers the handshakes that are admitted without a token, with the identity that they claim
    /// @param users how many sockets each user has on all nodes
    /// @param connections the sockets of all users, to which those of this node are added
    /// @param defaultProfile that of a client that names none
    public CapsAdmission(
            AdmissionLimits admission,
            Predicate<Handshake> strangers,
            CapsQueues queues,
            UserSockets users,
            UserConnections connections,
            Profile defaultProfile,
            CapsLimits limits,
            InstantSource clock) {
        this.admission = admission;
        this.strangers = strangers;
        this.queues = queues;
        this.users = users;
        this.connections = connections;
        this.defaultProfile = defaultProfile;
        this.limits = limits;
        this.clock = clock;
        connections.add(profiles);
    }

    DialectCounters counters() {
        return counters;
    }

    /// The admitted sockets of this node.
    ConnectedProfiles profiles() {
        return profiles;
    }

    boolean allowsAnonymous(Handshake handshake) {
        return strangers.test(handshake);
    }

    /// The check before the token is verified.
    Optional<Refusal> beforeAuth(Socket socket) {
        var requested = socket.handshake().query("profile");
        return requested != null && Profile.of(requested).isEmpty()
                ? Optional.of(Refusal.of(
                        ErrorCode.INVALID,
                        "profile: " + EventTrace.name(requested) + " (expected: one of " + Profile.NAMES + ")"))
                : admission.ofStranger(socket.handshake());
    }

    /// The check after the token is verified.
    Optional<Refusal> afterAuth(Socket socket, Optional<Principal> principal) {
        if (principal.filter(user -> user.role() == Role.SERVICE).isPresent()) {
            return Optional.of(Refusal.forbidden("role: service (expected: another one, a service has no sockets)"));
        }
        var tooMany = admission.of(socket.handshake(), principal);
        return tooMany.isPresent()
                ? tooMany
                : principal
                        .filter(user -> admission.isFull(users.count(user.user())))
                        .map(_ -> admission.tooManySockets());
    }

    void onAuthenticated(Socket socket, Optional<Principal> principal) {
        if (principal.isPresent() && !users.add(principal.get().user(), admission.socketsPerUser())) {
            var rejection = admission.tooManySockets();
            new EventResponder(socket, "connect", NoAck.ACK, counters)
                    .failed(Refusal.tooMany(
                            rejection.message(), rejection.retryAfter().toMillis()));
            socket.disconnect(false);
            return;
        }
        var client = socket.data() instanceof CapsClientSession known ? known : createSession(socket, principal);
        socket.data(client);
        client.connectedAtMs = clock.millis();
        queues.presence().connected(socket.id());
        profiles.add(client);
    }

    private CapsClientSession createSession(Socket socket, Optional<Principal> principal) {
        var handshake = socket.handshake();
        var profile = Optional.ofNullable(handshake.query("profile"))
                .flatMap(Profile::of)
                .orElse(defaultProfile);
        var driver = principal.isPresent() ? driver(principal.get()) : claimedDriver(handshake);
        var actor = driver.map(id -> new Actor(Actor.Kind.DRIVER, id))
                .orElseGet(() -> new Actor(Actor.Kind.SOCKET, socket.id()));
        var claim = principal.isPresent() ? new CapsClientSession.Claim(false, null) : claim(handshake);
        var backlog = new CapsBacklog(socket, queues.messages(), queues.blockingExecutor(), profile, actor);
        var client =
                new CapsClientSession(socket, profile, actor, principal, claim, backlog, budgets(socket, principal));
        if (principal.map(CapsAuthorization::receivesPickups).orElse(!claim.isVendor())) {
            client.receivesPickups = true;
            socket.join(CapsRooms.pickups(profile));
            socket.join(CapsRooms.driver(actor, profile));
        }
        return client;
    }

    private EventBudgets budgets(Socket socket, Optional<Principal> principal) {
        return strangersAddress(socket, principal)
                .flatMap(strangerBudgets::take)
                .orElseGet(() -> EventBudgets.of(limits));
    }

    /// The address of a client without a token, other than the local machine.
    private Optional<String> strangersAddress(Socket socket, Optional<Principal> principal) {
        return principal.isPresent()
                ? Optional.empty()
                : Optional.of(admission.clientAddress(socket.handshake()))
                        .filter(client -> !client.isLocal())
                        .map(ClientAddress::network);
    }

    private static Optional<String> driver(Principal principal) {
        return principal.role() == Role.DRIVER ? Optional.of(principal.id()) : Optional.empty();
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
        return handshake.auth().get(name) instanceof String value && !value.isBlank()
                ? Optional.of(value)
                : Optional.ofNullable(handshake.query(name)).filter(text -> !text.isBlank());
    }

    void onDisconnect(Socket socket, DisconnectReason reason) {
        queues.subscriptions().removeAll(socket.id());
        if (socket.data() instanceof CapsClientSession client) {
            queues.presence().disconnected(socket.id());
            profiles.remove(client);
            client.principal.ifPresent(user -> {
                users.remove(user.user());
                var lasted = Duration.ofMillis(Math.max(0, clock.millis() - client.connectedAtMs));
                connections.ended(socket.namespace().name(), user.role(), lasted);
            });
            strangersAddress(socket, client.principal)
                    .ifPresent(address -> strangerBudgets.giveBack(address, client.budgets, clock.millis()));
        }
    }
}
