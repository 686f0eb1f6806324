package waybill.server.realtime;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.identity.Bearer;
import waybill.server.identity.Guard.Rejection;
import waybill.socketio.Handshake;
import waybill.socketio.Socket;

/// Says who may come into a hall, besides having shown a token: which dialect, which roles, and how many at once.
/// Where everybody is believed, who has no token may come into some of them as nobody yet.
final class LiveEntrance {

    /// When a user with too many sockets may try again.
    static final Duration SOCKETS_RETRY = Duration.ofSeconds(10);

    private final Hall hall;
    private final Set<Role> roles;
    private final Audiences audiences;
    private final AdmissionLimits admission;
    private final LiveServices services;

    LiveEntrance(Hall hall, Audiences audiences, AdmissionLimits admission, LiveServices services) {
        this.hall = hall;
        this.roles = hall.roles();
        this.audiences = audiences;
        this.admission = admission;
        this.services = services;
    }

    /// Asked before anybody looks at a token.
    Optional<Rejection> atTheGate(Socket socket) {
        var handshake = socket.handshake();
        var tooMany = admission.ofAddress(handshake);
        if (tooMany.isPresent()) {
            return tooMany;
        }
        if (hall.audience(handshake, audiences).isEmpty()) {
            return rejected(
                    "invalid", "dialect: " + handshake.query("dialect") + " (expected: marketplace or storefront)");
        }
        return hall == Hall.ADMIN && wantsPassword(handshake)
                ? rejected("unauthenticated", "auth: a name and password (expected: auth.token)")
                : Optional.empty();
    }

    private static boolean wantsPassword(Handshake handshake) {
        var auth = handshake.auth();
        return Bearer.in(handshake).isEmpty()
                && (auth.containsKey("username") || auth.containsKey("password") || auth.containsKey("sessionId"));
    }

    /// Whether somebody without a token may come in.
    boolean takesStrangers(Handshake handshake) {
        return services.identity().config().isDevelopment()
                && hall.audience(handshake, audiences)
                        .filter(audience -> hall.isOpen(audience, audiences))
                        .isPresent();
    }

    /// Asked when it is known who comes.
    Optional<Rejection> atTheDoor(Optional<Principal> principal) {
        var role = principal.map(Principal::role);
        if (role.isPresent() && !roles.contains(role.get())) {
            return rejected(
                    "forbidden",
                    "role: " + role.get().word() + " (expected: " + words(roles) + " on " + hall.namespace + ")");
        }
        var tooMany = admission.inAll(principal);
        return tooMany.isPresent()
                ? tooMany
                : principal
                        .filter(who -> admission.isFull(
                                services.clients().ofUser(who.user()).count()))
                        .map(_ -> admission.tooManySockets());
    }

    /// What is known of a socket that has come in.
    Client client(Socket socket, Optional<Principal> principal) {
        var audience = hall.audience(socket.handshake(), audiences)
                .orElseThrow(() -> new IllegalStateException("a socket that speaks nothing was let in"));
        return new Client(socket, audience, roles, principal.isEmpty(), principal.orElse(null), services.limits());
    }

    static String tooManySockets(int max) {
        return "sockets: " + max + " of this user already (expected: no more than that)";
    }

    private static String words(Set<Role> roles) {
        return String.join(", ", roles.stream().map(Role::word).toList());
    }

    private static Optional<Rejection> rejected(String code, String message) {
        return Optional.of(new Rejection(code, message, Duration.ZERO));
    }
}
