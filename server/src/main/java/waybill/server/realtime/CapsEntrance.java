package waybill.server.realtime;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.order.Actor;
import waybill.server.dialect.Profile;
import waybill.socketio.DisconnectReason;
import waybill.socketio.Handshake;
import waybill.socketio.Middleware;
import waybill.socketio.Socket;

/// Lets sockets into `/caps` and sees them off. Believes what they claim: a driver is who it says (`driverId` or
/// `clientId`
/// in the handshake), and otherwise only as good as its connection.
final class CapsEntrance {

    private static final Set<String> VENDOR_ROLES = Set.of("vendor", "merchant", "chef");

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

    void connected(Socket socket) {
        var client = socket.data() instanceof CapsClient known ? known : greet(socket);
        services.present().came(socket.id(), client.profile);
    }

    private CapsClient greet(Socket socket) {
        var handshake = socket.handshake();
        var profile = Optional.ofNullable(handshake.query("profile"))
                .flatMap(Profile::of)
                .orElse(services.profile());
        var driver = claim(handshake, "driverId").or(() -> claim(handshake, "clientId"));
        var actor = driver.map(id -> new Actor(Actor.Kind.DRIVER, id))
                .orElseGet(() -> new Actor(Actor.Kind.SOCKET, socket.id()));
        var client = new CapsClient(
                profile, actor, services.limits(), services.clock().millis());
        socket.data(client);
        if (!claim(handshake, "role").map(VENDOR_ROLES::contains).orElse(false)) {
            client.hearsPickups = true;
            socket.join(CapsRooms.pickups(profile));
        }
        return client;
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
