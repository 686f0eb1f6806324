package waybill.server.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.limit.RateLimit;
import waybill.limit.TokenBucket;
import waybill.order.OrderId;
import waybill.server.dialect.Dialect;
import waybill.server.socket.RoleRates;
import waybill.server.socket.SocketLimits;
import waybill.server.socket.SocketUser;
import waybill.socketio.Socket;

/// The state of one socket of a dialect. Belongs to the socket's event loop, except the final fields and the
/// principal, which any thread may read.
public final class ClientSession implements SocketUser {

    private static final long QUARTER_MS = 15 * 60 * 1_000L;

    /// Requests that wait until the socket is live.
    static final int WAITING_MAX = 100;

    final Socket socket;
    final Dialect dialect;
    final DialectChannel channel;

    /// The roles that it may have.
    final Set<Role> roles;

    /// Whether the client may claim an identity. Otherwise it may only repeat that of its token.
    final boolean mayClaimIdentity;

    private final RoleRates rates;
    private @Nullable TokenBucket sessionEvents; // created on first use: most viewers emit nothing
    private @Nullable TokenBucket orderCommands;

    /// Runs of `sync` in progress.
    int activeSyncs;

    /// The client's `auth.since`, [ClientProgress#UNKNOWN] if absent.
    final long since;

    /// In the order of connecting.
    volatile long ordinal;

    /// When the user's socket was counted, in milliseconds since 1970.
    volatile long connectedAtMs;

    private volatile ClientProgress progress;
    private volatile boolean isLive;
    private volatile boolean watchesOrders;
    private @Nullable WatchList watchList; // created on first use
    private @Nullable List<Runnable> waitingRequests;

    private volatile @Nullable Principal principal;

    /// @param principal the authenticated user; none until the client has claimed an identity
    ClientSession(
            Socket socket,
            DialectChannel channel,
            Set<Role> roles,
            boolean isBelieved,
            @Nullable Principal principal,
            long since,
            SocketLimits limits) {
        this.socket = socket;
        this.channel = channel;
        this.dialect = channel.dialect();
        this.roles = roles;
        this.mayClaimIdentity = isBelieved;
        this.principal = principal;
        this.since = since;
        this.progress = new ClientProgress(socket);
        this.rates = limits.of(principal == null ? Role.CUSTOMER : principal.role());
    }

    TokenBucket sessionEvents() {
        var budget = sessionEvents;
        if (budget == null) {
            budget = new TokenBucket(RateLimit.in(QUARTER_MS, rates.sessionEventsPerQuarter()));
            sessionEvents = budget;
        }
        return budget;
    }

    TokenBucket orderCommands() {
        var budget = orderCommands;
        if (budget == null) {
            budget = new TokenBucket(RateLimit.perSecond(rates.orderCommandsPerSecond()));
            orderCommands = budget;
        }
        return budget;
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.ofNullable(principal);
    }

    /// The user of its token.
    Optional<Principal> verifiedPrincipal() {
        return mayClaimIdentity ? Optional.empty() : principal();
    }

    void setPrincipal(Principal user) {
        principal = user;
    }

    /// The client has another user from now on, and must be sent the missed events of that user.
    void resetPrincipal() {
        principal = null;
        isLive = false;
        progress = new ClientProgress(socket);
        watchList = null;
        watchesOrders = false;
    }

    /// It is replaced by another socket of its user.
    void clearPrincipal() {
        principal = null;
    }

    ClientProgress progress() {
        return progress;
    }

    /// Whether it receives new events. Before that it is sent what it missed.
    boolean isLive() {
        return isLive;
    }

    void isLive(boolean value) {
        isLive = value;
    }

    /// Runs an action once the socket is live: at once, if it is. False when too many wait for that.
    boolean whenLive(Runnable action) {
        if (isLive && waitingRequests == null) {
            action.run();
            return true;
        }
        var waiting = waitingRequests;
        if (waiting == null) {
            waiting = new ArrayList<>();
            waitingRequests = waiting;
        }
        return waiting.size() < WAITING_MAX && waiting.add(action);
    }

    void runWaiting() {
        var waiting = waitingRequests;
        waitingRequests = null;
        if (waiting != null) {
            waiting.forEach(Runnable::run);
        }
    }

    /// The socket is gone: what waits for it is not answered, and would be held while its session can be resumed.
    void discardWaiting() {
        waitingRequests = null;
    }

    /// The orders and drivers that it subscribed to.
    WatchList watchList() {
        var known = watchList;
        if (known == null) {
            known = new WatchList();
            watchList = known;
        }
        return known;
    }

    void watch(OrderId order) {
        watchList().add(order);
        watchesOrders = true;
    }

    void restoreWatchList(WatchList before) {
        watchList = before;
        watchesOrders = !before.orders().isEmpty();
    }

    void unwatch(OrderId order) {
        watchList().remove(order);
        watchesOrders = !watchList().orders().isEmpty();
    }

    boolean watchesOrders() {
        return watchesOrders;
    }
}
