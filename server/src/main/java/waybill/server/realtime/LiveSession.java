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

    /// Orders of its own into whose rooms a socket is put when it comes; there must be room for those it asks for.
    private static final int OWN_ORDERS_MAX = 400;

    private static final String[] NO_ROOMS = {};

    private final LiveServices services;
    private final NewOrders newOrders;
    private final Requests requests;
    private final People people;

    LiveSession(LiveServices services, NewOrders newOrders, Requests requests, People people) {
        this.services = services;
        this.newOrders = newOrders;
        this.requests = requests;
        this.people = people;
    }

    void connected(Client client) {
        client.audience.came(client.socket.namespace());
        client.socket.join(client.dialect.everybody());
        client.principal().ifPresent(principal -> {
            if (enter(client, principal)) {
                say(
                        client,
                        client.dialect
                                .connected(principal, client.socket.id(), now())
                                .orElse(null));
                newOrders.came(client, principal);
                requests.came(client, principal);
            } else {
                client.isNobody();
                new Reply(client.socket, "connect", Silent.ACK, client.audience.tally()).failed(tooManySockets());
                client.socket.disconnect(false);
            }
        });
    }

    void disconnected(Client client) {
        client.audience.went(client.socket.namespace());
        client.principal().ifPresent(principal -> forget(client, principal));
    }

    private void forget(Client client, Principal principal) {
        services.clients().remove(principal, client);
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
            left.remove(client.dialect.everybody());
            client.socket.leave(left.toArray(NO_ROOMS));
        }
        if (enter(client, principal)) {
            client.is(principal);
            people.seen(principal);
            registered(client, principal, reply);
            newOrders.came(client, principal);
            requests.came(client, principal);
        } else {
            reply.failed(tooManySockets());
        }
    }

    private void registered(Client client, Principal principal, Reply reply) {
        say(client, client.dialect.registered(principal, client.socket.id()).orElse(null));
        reply.ok();
    }

    /// False when the user has as many sockets as it may.
    private boolean enter(Client client, Principal principal) {
        if (!services.clients().add(principal, client, services.limits().socketsPerUser())) {
            return false;
        }
        client.socket.join(client.dialect.rooms(principal).toArray(NO_ROOMS));
        if (client.audience.joinsOwnOrders()) {
            var orders = services.active().of(principal, OWN_ORDERS_MAX); // after it is known, so that none slips by
            client.socket.join(orders.stream().map(client.dialect::orderRoom).toArray(String[]::new));
        }
        return true;
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
            client.socket.emit(word.event(), new RawJson(word.json()));
        }
    }
}
