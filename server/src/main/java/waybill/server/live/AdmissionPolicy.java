package waybill.server.live;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Refusal;
import waybill.server.identity.BearerTokens;
import waybill.server.socket.AdmissionLimits;
import waybill.server.socket.EventTrace;
import waybill.server.socket.SocketLimits;
import waybill.socketio.Handshake;
import waybill.socketio.Socket;

/// Admission to a namespace besides the token: the dialect, the roles, and the number of sockets. In development
/// mode some namespaces also admit clients without a token, which claim an identity later.
public final class AdmissionPolicy {

    private static final Pattern SINCE = Pattern.compile("\\d{1,18}");

    private final NamespaceSpec spec;
    private final Set<Role> roles;
    private final DialectChannels channels;
    private final AdmissionLimits admission;
    private final ClientRegistry clients;
    private final SocketLimits limits;
    private final boolean isDevelopment;

    /// @param isDevelopment whether clients are believed without a token
    AdmissionPolicy(
            NamespaceSpec spec,
            DialectChannels channels,
            AdmissionLimits admission,
            ClientRegistry clients,
            SocketLimits limits,
            boolean isDevelopment) {
        this.spec = spec;
        this.roles = spec.roles();
        this.channels = channels;
        this.admission = admission;
        this.clients = clients;
        this.limits = limits;
        this.isDevelopment = isDevelopment;
    }

    /// The check before the token is verified.
    Optional<Refusal> beforeAuth(Socket socket) {
        var handshake = socket.handshake();
        var tooMany = admission.ofStranger(handshake);
        if (tooMany.isPresent()) {
            return tooMany;
        }
        if (spec.channel(handshake, channels).isEmpty()) {
            return rejected(
                    ErrorCode.INVALID,
                    "dialect: " + EventTrace.name(String.valueOf(handshake.query("dialect")))
                            + " (expected: marketplace or storefront)");
        }
        return spec == NamespaceSpec.ADMIN && hasPassword(handshake)
                ? rejected(ErrorCode.UNAUTHENTICATED, "auth: a name and password (expected: auth.token)")
                : Optional.empty();
    }

    private static boolean hasPassword(Handshake handshake) {
        var auth = handshake.auth();
        return BearerTokens.find(handshake).isEmpty()
                && (auth.containsKey("username") || auth.containsKey("password") || auth.containsKey("sessionId"));
    }

    /// Whether a client without a token is admitted.
    boolean allowsAnonymous(Handshake handshake) {
        return isDevelopment
                && spec.channel(handshake, channels)
                        .filter(channel -> spec.allowsAnonymous(channel, channels))
                        .isPresent();
    }

    /// The check after the token is verified. A session is recovered only by a client with the same identity.
    Optional<Refusal> afterAuth(Socket socket, Optional<Principal> principal) {
        if (socket.data() instanceof ClientSession former && !isSame(former, socket, principal)) {
            socket.discardRecovery();
        }
        var role = principal.map(Principal::role);
        if (role.isPresent() && !roles.contains(role.get())) {
            return rejected(
                    ErrorCode.FORBIDDEN,
                    "role: " + role.get().wireName() + " (expected: " + roleNames(roles) + " on " + spec.namespace
                            + ")");
        }
        var tooMany = admission.of(socket.handshake(), principal);
        return tooMany.isPresent()
                ? tooMany
                : principal
                        .filter(user -> !limits.newestWins()
                                && admission.isFull(clients.userSockets().count(user.user())))
                        .map(_ -> admission.tooManySockets());
    }

    /// In development mode, where clients claim their identity, the recovered session has the identity that it had.
    private boolean isSame(ClientSession former, Socket socket, Optional<Principal> principal) {
        return spec.channel(socket.handshake(), channels).equals(Optional.of(former.channel))
                && former.mayClaimIdentity == principal.isEmpty()
                && principal
                        .map(AdmissionPolicy::identity)
                        .equals(
                                former.mayClaimIdentity
                                        ? Optional.empty()
                                        : former.principal().map(AdmissionPolicy::identity));
    }

    /// Without the fields that may change for a user.
    private static Principal identity(Principal principal) {
        return new Principal(principal.id(), principal.role(), null, null, principal.storeOrNone());
    }

    /// The state of an admitted socket.
    ClientSession createSession(Socket socket, Optional<Principal> principal) {
        var former = socket.recovered() && socket.data() instanceof ClientSession one ? one : null;
        var known = principal.or(() -> Optional.ofNullable(former).flatMap(ClientSession::principal));
        var channel = spec.channel(socket.handshake(), channels)
                .orElseThrow(() -> new IllegalStateException("a socket without a dialect was admitted"));
        return new ClientSession(
                socket, channel, roles, principal.isEmpty(), known.orElse(null), since(socket.handshake()), limits);
    }

    /// `auth.since`: a whole number, or its digits. Any other value counts as absent.
    private static long since(Handshake handshake) {
        return switch (handshake.auth().get("since")) {
            case Number number when number.longValue() >= 0 -> number.longValue();
            case String digits when SINCE.matcher(digits).matches() -> Long.parseLong(digits);
            case null, default -> ClientProgress.UNKNOWN;
        };
    }

    private static String roleNames(Set<Role> roles) {
        return String.join(", ", roles.stream().map(Role::wireName).toList());
    }

    private static Optional<Refusal> rejected(ErrorCode code, String message) {
        return Optional.of(Refusal.of(code, message));
    }
}
