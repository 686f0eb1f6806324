package waybill.server.live;

import java.time.Instant;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.hub.PersonRecorder;
import waybill.server.dialect.ClientMessage;
import waybill.server.dialect.DirectMessage;
import waybill.server.socket.AdmissionLimits;
import waybill.server.socket.EventError;
import waybill.server.socket.EventResponder;
import waybill.server.socket.EventTrace;
import waybill.server.socket.NoAck;
import waybill.socketio.packet.RawJson;

/// A socket comes, says who it is, and goes: the rooms that follow from it, and what it is told at once.
final class SessionLifecycle {

    private static final String[] NO_ROOMS = {};

    private static final String REPLACED = "{\"code\":\"conflict\",\"message\":\"sockets: a newer one of this user has"
            + " come (expected: no more at once than the hub allows)\"}";

    private final LiveServices services;
    private final EventReplays replays;
    private final OrderConfirmations orderConfirmations;
    private final DeliveryRequests deliveryRequests;
    private final PersonRecorder personRecorder;

    SessionLifecycle(
            LiveServices services,
            EventReplays replays,
            OrderConfirmations orderConfirmations,
            DeliveryRequests deliveryRequests,
            PersonRecorder personRecorder) {
        this.services = services;
        this.replays = replays;
        this.orderConfirmations = orderConfirmations;
        this.deliveryRequests = deliveryRequests;
        this.personRecorder = personRecorder;
    }

    /// @param former the client that it was, if it has come back by itself after a moment
    void onConnect(ClientSession client, @Nullable ClientSession former) {
        client.channel.onConnect(client.socket.namespace());
        if (client.principal().isEmpty()) {
            client.socket.join(client.dialect.broadcastRoom());
        }
        client.principal().ifPresent(principal -> {
            if (addSession(client, principal)) {
                emit(
                        client,
                        client.dialect
                                .renderConnected(principal, client.socket.id(), now())
                                .orElse(null));
                replays.start(client, principal, former, () -> onLive(client, principal));
            } else {
                client.resetPrincipal();
                new EventResponder(client.socket, "connect", NoAck.ACK, client.channel.counters())
                        .failed(tooManySockets());
                client.socket.disconnect(false);
            }
        });
    }

    /// It has been sent what it missed, and hears of everything from now on.
    private void onLive(ClientSession client, Principal principal) {
        orderConfirmations.onSession(client, principal);
        deliveryRequests.onSession(client, principal);
    }

    void onDisconnect(ClientSession client) {
        client.channel.onDisconnect(client.socket.namespace());
        client.principal().ifPresent(principal -> removeSession(client, principal));
    }

    private void removeSession(ClientSession client, Principal principal) {
        services.clients().remove(principal, client);
        replays.checkpoints().onDisconnect(client, principal);
        orderConfirmations.onSessionEnd(principal);
    }

    /// Where everybody is believed, a socket may say who it is, and later that it is somebody else. Otherwise it may
    /// only repeat what its token says.
    void register(ClientSession client, ClientMessage.Register said, EventResponder reply) {
        var known = client.principal().orElse(null);
        if (known != null && known.id().equals(said.userId()) && known.role() == said.role()) {
            confirmRegistration(client, known, reply);
        } else if (!client.mayClaimIdentity) {
            reply.failed(EventError.forbidden("userId, role: not those of the token (expected: what it says)"));
        } else if (!client.roles.contains(said.role())) {
            reply.failed(EventError.forbidden("role: " + said.role().wireName() + " (expected: another one on "
                    + client.socket.namespace().name() + ")"));
        } else {
            changePrincipal(client, known, claimedPrincipal(said), reply);
        }
    }

    private static Principal claimedPrincipal(ClientMessage.Register said) {
        return new Principal(
                said.userId(), said.role(), null, null, said.role() == Role.MERCHANT ? said.userId() : null);
    }

    private void changePrincipal(
            ClientSession client, @Nullable Principal before, Principal principal, EventResponder reply) {
        if (before != null) {
            removeSession(client, before);
            client.resetPrincipal();
            var left = new HashSet<>(client.socket.rooms());
            left.remove(client.socket.id());
            client.socket.leave(left.toArray(NO_ROOMS));
        }
        if (addSession(client, principal)) {
            client.setPrincipal(principal);
            personRecorder.record(principal);
            client.socket.leave(client.dialect.broadcastRoom()); // until it has been sent what it missed
            confirmRegistration(client, principal, reply);
            replays.start(client, principal, null, () -> onLive(client, principal));
        } else {
            client.socket.join(client.dialect.broadcastRoom());
            reply.failed(tooManySockets());
        }
    }

    private void confirmRegistration(ClientSession client, Principal principal, EventResponder reply) {
        emit(
                client,
                client.dialect.renderRegistered(principal, client.socket.id()).orElse(null));
        reply.ok();
    }

    /// False when the user has as many sockets as it may.
    private boolean addSession(ClientSession client, Principal principal) {
        var limits = services.limits();
        while (!services.clients().add(principal, client, limits.socketsPerUser())) {
            var oldest = services.clients().oldestOf(principal.user());
            if (!limits.newestWins() || oldest.isEmpty()) {
                return false;
            }
            replace(oldest.get(), principal);
        }
        return true;
    }

    /// A socket goes in favour of one that came later, and is told why. What it may not have received, that one is
    /// sent.
    private void replace(ClientSession oldest, Principal principal) {
        removeSession(oldest, principal);
        oldest.clearPrincipal();
        EventTrace.sent(oldest.socket, "auth:replaced", REPLACED);
        oldest.socket.emit("auth:replaced", new RawJson(REPLACED));
        oldest.socket.disconnect(false);
    }

    private EventError tooManySockets() {
        return EventError.rateLimited(
                AdmissionLimits.tooManySockets(services.limits().socketsPerUser()),
                AdmissionLimits.SOCKETS_RETRY.toMillis());
    }

    private Instant now() {
        return services.clock().instant();
    }

    private static void emit(ClientSession client, @Nullable DirectMessage word) {
        if (word != null) {
            EventTrace.sent(client.socket, word.event(), word.json());
            client.socket.emit(word.event(), new RawJson(word.json()));
        }
    }
}
