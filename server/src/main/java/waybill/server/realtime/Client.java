package waybill.server.realtime;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.dialect.Dialect;
import waybill.socketio.Socket;

/// What the hub knows of one socket that speaks a dialect. Belongs to the socket's event loop, but for what is final
/// and who speaks, which any thread may read.
final class Client {

    private static final long QUARTER_MS = 15 * 60 * 1_000L;
    private static final long SECOND_MS = 1_000L;

    final Socket socket;
    final Dialect dialect;
    final Audience audience;

    /// As whom it may speak.
    final Set<Role> roles;

    /// Whether it may say itself who it is. Otherwise it may only repeat what its token says.
    final boolean isBelieved;

    private final Rates rates;
    private @Nullable Budget sessionEvents; // made when first asked for: most who watch do nothing else
    private @Nullable Budget orderWork;

    /// Runs of `sync` that are under way.
    int syncing;

    private volatile @Nullable Principal principal;

    /// @param principal who speaks; none while nobody has said
    Client(
            Socket socket,
            Audience audience,
            Set<Role> roles,
            boolean isBelieved,
            @Nullable Principal principal,
            LiveLimits limits) {
        this.socket = socket;
        this.audience = audience;
        this.dialect = audience.dialect();
        this.roles = roles;
        this.isBelieved = isBelieved;
        this.principal = principal;
        this.rates = limits.of(principal == null ? Role.CUSTOMER : principal.role());
    }

    Budget sessionEvents(long nowMs) {
        var budget = sessionEvents;
        if (budget == null) {
            budget = new Budget(rates.sessionEventsPerQuarter(), QUARTER_MS, nowMs);
            sessionEvents = budget;
        }
        return budget;
    }

    Budget orderWork(long nowMs) {
        var budget = orderWork;
        if (budget == null) {
            budget = new Budget(rates.orderWorkPerSecond(), SECOND_MS, nowMs);
            orderWork = budget;
        }
        return budget;
    }

    Optional<Principal> principal() {
        return Optional.ofNullable(principal);
    }

    void is(Principal somebody) {
        principal = somebody;
    }

    void isNobody() {
        principal = null;
    }
}
