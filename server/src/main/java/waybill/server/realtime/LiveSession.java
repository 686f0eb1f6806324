package waybill.server.realtime;

import java.time.Instant;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.dialect.Heard;
import waybill.server.dialect.Word;
import waybill.socketio.packet.RawJson;

/// A socket comes, says who it is, and goes: the rooms that follow from it, and what it is told at once.
final class LiveSession {

    private static final String[] NO_ROOMS = {};

    private static final String REPLACED = "{\"code\":\"conflict\",\"message\":\"sockets: a newer one of this user has"
            + " come (expected: no more at once than the hub allows)\"}";

    private final LiveServices services;
    private final Replays replays;
    private final NewOrders newOrders;
    private final Requests requests;
    private final People people;

    LiveSession(LiveServices services, Replays replays, NewOrders newOrders, Requests requests, People people) {
        this.services = services;
        this.replays = replays;
        this.newOrders = newOrders;
        this.requests = requests;
        this.people = people;
    }

    /// @param former the client that it was, if it has come back by itself after a moment
    void connected(Client client, @Nullable Client former) {
        client.audience.came(client.socket.namespace());
        if (client.principal().isEmpty()) {
            client.socket.join(client.dialect.everybody());
        }
        client.principal().ifPresent(principal -> {
            if (enter(client, principal)) {
                say(
                        client,
                        client.dialect
                                .connected(principal, client.socket.id(), now())
                                .orElse(null));
                replays.begin(client, principal, former, () -> live(client, principal));
            } else {
                client.isNobody();
                new Reply(client.socket, "connect", Silent.ACK, client.audience.tally()).failed(tooManySockets());
                client.socket.disconnect(false);
            }
        });
    }

    /// It has been sent what it missed, and hears of everything from now on.
    private void live(Client client, Principal principal) {
        newOrders.came(client, principal);
        requests.came(client, principal);
    }

    void disconnected(Client client) {
        client.audience.went(client.socket.namespace());
        client.principal().ifPresent(principal -> forget(client, principal));
    }

    private void forget(Client client, Principal principal) {
        services.clients().remove(principal, client);
        replays.checkpoints().gone(client, principal);
        newOrders.went(principal);
    }

    /// Where everybody is believed, a socket may say who it is, and later that it is somebody else. Otherwise it may
    /// only repeat what its token says.
    void register(Client client, Heard.Register said, Reply reply) {
        var known = client.principal().orElse(null);
        if (known != null && known.id().equals(said.userId()) && known.role() == said.role()) {
            registered(client, known, reply);
        } else if (!client.isBelieved) {
            reply.failed(Failure.forbidden("userId, role: not those of the token (expected: what it says)"));
        } else if (!client.roles.contains(said.role())) {
            reply.failed(Failure.forbidden("role: " + said.role().word() + " (expected: another one on "
                    + client.socket.namespace().name() + ")"));
        } else {
            become(client, known, claimed(said), reply);
        }
    }

    private static Principal claimed(Heard.Register said) {
        return new Principal(
                said.userId(), said.role(), null, null, said.role() == Role.MERCHANT ? said.userId() : null);
    }

    private void become(Client client, @Nullable Principal before, Principal principal, Reply reply) {
        if (before != null) {
            forget(client, before);
            client.isNobody();
            var left = new HashSet<>(client.socket.rooms());
            left.remove(client.socket.id());
            client.socket.leave(left.toArray(NO_ROOMS));
        }
        if (enter(client, principal)) {
            client.is(principal);
            people.seen(principal);
            client.socket.leave(client.dialect.everybody()); // until it has been sent what it missed
            registered(client, principal, reply);
            replays.begin(client, principal, null, () -> live(client, principal));
        } else {
            client.socket.join(client.dialect.everybody());
            reply.failed(tooManySockets());
        }
    }

    private void registered(Client client, Principal principal, Reply reply) {
        say(client, client.dialect.registered(principal, client.socket.id()).orElse(null));
        reply.ok();
    }

    /// False when the user has as many sockets as it may.
    private boolean enter(Client client, Principal principal) {
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
    private void replace(Client oldest, Principal principal) {
        forget(oldest, principal);
        oldest.isReplaced();
        EventTrace.sent(oldest.socket, "auth:replaced", REPLACED);
        oldest.socket.emit("auth:replaced", new RawJson(REPLACED));
        oldest.socket.disconnect(false);
    }

    private Failure tooManySockets() {
        return Failure.rateLimited(
                LiveEntrance.tooManySockets(services.limits().socketsPerUser()), LiveEntrance.SOCKETS_RETRY.toMillis());
    }

    private Instant now() {
        return services.clock().instant();
    }

    private static void say(Client client, @Nullable Word word) {
        if (word != null) {
            EventTrace.sent(client.socket, word.event(), word.json());
            client.socket.emit(word.event(), new RawJson(word.json()));
        }
    }
}
