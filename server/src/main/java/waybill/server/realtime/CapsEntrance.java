package waybill.server.realtime;

import java.util.Map;
import java.util.Optional;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.order.Actor;
import waybill.server.dialect.Profile;
import waybill.socketio.DisconnectReason;
import waybill.socketio.Handshake;
import waybill.socketio.Middleware;
import waybill.socketio.Socket;

/// Lets sockets into `/caps` and sees them off. Whom a token names is known; a stranger is believed what they claim: a
/// driver is who it says (`driverId` or `clientId` in the handshake), and otherwise only as good as its connection.
final class CapsEntrance {

    private final CapsServices services;

    CapsEntrance(CapsServices services) {
        this.services = services;
    }

    void admit(Socket socket, Middleware.Next next) {
        var word = socket.handshake().query("profile");
        if (word != null && Profile.of(word).isEmpty()) {
            next.refuse("profile: " + word + " (expected: phase2 or phase3)", Map.of("code", "invalid"));
        } else {
            next.proceed();
        }
    }

    void entered(Socket socket, Optional<Principal> who) {
        var client = socket.data() instanceof CapsClient known ? known : greet(socket, who);
        services.present().came(socket.id(), client.profile);
    }

    private CapsClient greet(Socket socket, Optional<Principal> who) {
        var handshake = socket.handshake();
        var profile = Optional.ofNullable(handshake.query("profile"))
                .flatMap(Profile::of)
                .orElse(services.profile());
        var driver = who.isPresent() ? driver(who.get()) : claimedDriver(handshake);
        var actor = driver.map(id -> new Actor(Actor.Kind.DRIVER, id))
                .orElseGet(() -> new Actor(Actor.Kind.SOCKET, socket.id()));
        var client = new CapsClient(
                profile, actor, who, services.limits(), services.clock().millis());
        socket.data(client);
        if (who.map(CapsRights::hearsPickups).orElseGet(() -> !claimsToBeVendor(handshake))) {
            client.hearsPickups = true;
            socket.join(CapsRooms.pickups(profile));
        }
        return client;
    }

    private static Optional<String> driver(Principal who) {
        return who.role() == Role.DRIVER ? Optional.of(who.id()) : Optional.empty();
    }

    private static Optional<String> claimedDriver(Handshake handshake) {
        return claim(handshake, "driverId").or(() -> claim(handshake, "clientId"));
    }

    private static boolean claimsToBeVendor(Handshake handshake) {
        return claim(handshake, "role")
                .flatMap(Role::of)
                .filter(Role.MERCHANT::equals)
                .isPresent();
    }

    private static Optional<String> claim(Handshake handshake, String name) {
        return handshake.auth().get(name) instanceof String said && !said.isBlank()
                ? Optional.of(said)
                : Optional.ofNullable(handshake.query(name)).filter(text -> !text.isBlank());
    }

    void disconnected(Socket socket, DisconnectReason reason) {
        services.subscriptions().removeAll(socket.id());
        if (socket.data() instanceof CapsClient client) {
            services.present().went(socket.id(), client.profile);
        }
    }
}
