package waybill.server.live;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.hub.PersonRecorder;
import waybill.hub.refusal.Refusal;
import waybill.server.dialect.ClientMessage;
import waybill.server.dialect.DirectMessage;
import waybill.server.socket.AdmissionLimits;
import waybill.server.socket.EventResponder;
import waybill.server.socket.EventTrace;
import waybill.server.socket.NoAck;
import waybill.server.socket.SocketLimits;
import waybill.socketio.RawJson;

/// The life of a socket: it connects, is identified, joins the rooms of its user, is sent the first events, and
/// disconnects.
public final class SessionLifecycle {

    private static final String[] NO_ROOMS = {};

    private static final String REPLACED = "{\"code\":\"conflict\",\"message\":\"sockets: a newer one of this user has"
            + " has connected (expected: at most as many sockets of a user as the hub allows)\"}";

    private final ClientRegistry clients;
    private final SocketLimits limits;
    private final InstantSource clock;
    private final EventReplays replays;
    private final OrderConfirmations orderConfirmations;
    private final DeliveryRequests deliveryRequests;
    private final PersonRecorder personRecorder;
    private final Consumer<String> onDriver;

    /// @param onDriver called with each driver of which a socket is live
    public SessionLifecycle(
            ClientRegistry clients,
            SocketLimits limits,
            InstantSource clock,
            EventReplays replays,
            OrderConfirmations orderConfirmations,
            DeliveryRequests deliveryRequests,
            PersonRecorder personRecorder,
            Consumer<String> onDriver) {
        this.clients = clients;
        this.limits = limits;
        this.clock = clock;
        this.replays = replays;
        this.orderConfirmations = orderConfirmations;
        this.deliveryRequests = deliveryRequests;
        this.personRecorder = personRecorder;
        this.onDriver = onDriver;
    }

    ClientRegistry clients() {
        return clients;
    }

    /// @param former the former client, if it has recovered its session
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

    /// It has been sent what it missed, and receives all events from now on.
    private void onLive(ClientSession client, Principal principal) {
        orderConfirmations.onSession(client, principal);
        deliveryRequests.onSession(client, principal);
        if (principal.role() == Role.DRIVER) {
            onDriver.accept(principal.id());
        }
    }

    void onDisconnect(ClientSession client) {
        client.discardWaiting();
        client.channel.onDisconnect(client.socket.namespace());
        client.principal().ifPresent(principal -> removeSession(client, principal));
    }

    private void removeSession(ClientSession client, Principal principal) {
        clients.remove(principal, client);
        replays.checkpoints().onDisconnect(client, principal);
        orderConfirmations.onSessionEnd(principal);
    }

    /// In development mode a socket may claim an identity, and later another one. Otherwise it may only repeat that
    /// of its token.
    void register(ClientSession client, ClientMessage.Register request, EventResponder reply) {
        var known = client.principal().orElse(null);
        if (known != null && known.id().equals(request.userId()) && known.role() == request.role()) {
            confirmRegistration(client, known, reply);
        } else if (!client.mayClaimIdentity) {
            reply.failed(Refusal.forbidden("userId, role: not those of the token (expected: those of the token)"));
        } else if (!client.roles.contains(request.role())) {
            reply.failed(Refusal.forbidden("role: " + request.role().wireName() + " (expected: another one on "
                    + client.socket.namespace().name() + ")"));
        } else {
            changePrincipal(client, known, claimedPrincipal(request), reply);
        }
    }

    private static Principal claimedPrincipal(ClientMessage.Register request) {
        return new Principal(
                request.userId(),
                request.role(),
                null,
                null,
                request.role() == Role.MERCHANT ? request.userId() : null);
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

    /// False when the user is at its limit of sockets.
    private boolean addSession(ClientSession client, Principal principal) {
        while (!clients.add(principal, client, limits.socketsPerUser())) {
            var oldest = clients.oldestOf(principal.user());
            if (!limits.newestWins() || oldest.isEmpty()) {
                return false;
            }
            replace(oldest.get(), principal);
        }
        return true;
    }

    /// Disconnects a socket in favour of a newer one, with an event that gives the reason. The newer one is sent
    /// what this one may not have received.
    private void replace(ClientSession oldest, Principal principal) {
        removeSession(oldest, principal);
        oldest.clearPrincipal();
        EventTrace.sent(oldest.socket, "auth:replaced", REPLACED);
        oldest.socket.emit("auth:replaced", new RawJson(REPLACED));
        oldest.socket.disconnect(false);
    }

    private Refusal tooManySockets() {
        return Refusal.tooMany(
                AdmissionLimits.tooManySockets(limits.socketsPerUser()), AdmissionLimits.SOCKETS_RETRY.toMillis());
    }

    private Instant now() {
        return clock.instant();
    }

    private static void emit(ClientSession client, @Nullable DirectMessage message) {
        if (message != null) {
            EventTrace.sent(client.socket, message.event(), message.json());
            client.socket.emit(message.event(), new RawJson(message.json()));
        }
    }
}
