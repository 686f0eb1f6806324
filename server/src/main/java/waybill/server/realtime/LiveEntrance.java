package waybill.server.realtime;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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

    private static final Pattern SINCE = Pattern.compile("\\d{1,18}");

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
        var tooMany = admission.ofStranger(handshake);
        if (tooMany.isPresent()) {
            return tooMany;
        }
        if (hall.audience(handshake, audiences).isEmpty()) {
            return rejected(
                    "invalid",
                    "dialect: " + EventTrace.name(String.valueOf(handshake.query("dialect")))
                            + " (expected: marketplace or storefront)");
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

    /// Asked when it is known who comes. A client that comes back is the same only as the same user.
    Optional<Rejection> atTheDoor(Socket socket, Optional<Principal> principal) {
        if (socket.data() instanceof Client former && !isSame(former, socket, principal)) {
            socket.startAnew();
        }
        var role = principal.map(Principal::role);
        if (role.isPresent() && !roles.contains(role.get())) {
            return rejected(
                    "forbidden",
                    "role: " + role.get().word() + " (expected: " + words(roles) + " on " + hall.namespace + ")");
        }
        var tooMany = admission.of(socket.handshake(), principal);
        return tooMany.isPresent()
                ? tooMany
                : principal
                        .filter(who -> !services.limits().newestWins()
                                && admission.isFull(
                                        services.clients().ofUser(who.user()).count()))
                        .map(_ -> admission.tooManySockets());
    }

    /// Who believes a client what it says believes it that it is whom it was.
    private boolean isSame(Client former, Socket socket, Optional<Principal> principal) {
        return hall.audience(socket.handshake(), audiences).equals(Optional.of(former.audience))
                && former.isBelieved == principal.isEmpty()
                && principal
                        .map(LiveEntrance::identity)
                        .equals(
                                former.isBelieved
                                        ? Optional.empty()
                                        : former.principal().map(LiveEntrance::identity));
    }

    /// Without what may change of a user.
    private static Principal identity(Principal principal) {
        return new Principal(principal.id(), principal.role(), null, null, principal.storeOrNone());
    }

    /// What is known of a socket that has come in.
    Client client(Socket socket, Optional<Principal> principal) {
        var former = socket.recovered() && socket.data() instanceof Client one ? one : null;
        var known = principal.or(() -> Optional.ofNullable(former).flatMap(Client::principal));
        var audience = hall.audience(socket.handshake(), audiences)
                .orElseThrow(() -> new IllegalStateException("a socket that speaks nothing was let in"));
        return new Client(
                socket,
                audience,
                roles,
                principal.isEmpty(),
                known.orElse(null),
                since(socket.handshake()),
                services.limits());
    }

    /// `auth.since`: a whole number, or the digits of one. What is none counts as none.
    private static long since(Handshake handshake) {
        return switch (handshake.auth().get("since")) {
            case Number number when number.longValue() >= 0 -> number.longValue();
            case String digits when SINCE.matcher(digits).matches() -> Long.parseLong(digits);
            case null, default -> Progress.UNKNOWN;
        };
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
