package waybill.server.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.order.OrderId;
import waybill.server.dialect.Dialect;
import waybill.server.socket.RoleRates;
import waybill.server.socket.SocketLimits;
import waybill.server.socket.SocketUser;
import waybill.server.socket.TokenBucket;
import waybill.socketio.Socket;

/// What the hub knows of one socket that speaks a dialect. Belongs to the socket's event loop, but for what is final
/// and who speaks, which any thread may read.
public final class ClientSession implements SocketUser {

    private static final long QUARTER_MS = 15 * 60 * 1_000L;
    private static final long SECOND_MS = 1_000L;

    /// Requests that wait until the socket is live.
    private static final int WAITING_MAX = 100;

    final Socket socket;
    final Dialect dialect;
    final DialectChannel channel;

    /// As whom it may speak.
    final Set<Role> roles;

    /// Whether it may say itself who it is. Otherwise it may only repeat what its token says.
    final boolean mayClaimIdentity;

    private final RoleRates rates;
    private @Nullable TokenBucket sessionEvents; // made when first asked for: most who watch do nothing else
    private @Nullable TokenBucket orderCommands;

    /// Runs of `sync` that are under way.
    int activeSyncs;

    /// The event that it says it knows, [ClientProgress#UNKNOWN] where it says none.
    final long since;

    /// In the order in which clients came.
    volatile long ordinal;

    private volatile ClientProgress progress;
    private volatile boolean isLive;
    private volatile boolean watchesOrders;
    private @Nullable WatchList watchList; // made when first asked for
    private @Nullable List<Runnable> waitingRequests;

    private volatile @Nullable Principal principal;

    /// @param principal who speaks; none while nobody has said
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

    TokenBucket sessionEvents(long nowMs) {
        var budget = sessionEvents;
        if (budget == null) {
            budget = new TokenBucket(rates.sessionEventsPerQuarter(), QUARTER_MS, nowMs);
            sessionEvents = budget;
        }
        return budget;
    }

    TokenBucket orderCommands(long nowMs) {
        var budget = orderCommands;
        if (budget == null) {
            budget = new TokenBucket(rates.orderCommandsPerSecond(), SECOND_MS, nowMs);
            orderCommands = budget;
        }
        return budget;
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.ofNullable(principal);
    }

    void setPrincipal(Principal somebody) {
        principal = somebody;
    }

    /// The client is of another user from now on, and must be brought up to date anew.
    void resetPrincipal() {
        principal = null;
        isLive = false;
        progress = new ClientProgress(socket);
        watchList = null;
        watchesOrders = false;
    }

    /// It is put out in favour of another socket of its user.
    void clearPrincipal() {
        principal = null;
    }

    ClientProgress progress() {
        return progress;
    }

    /// Whether it hears of what happens. Before that it is sent what it missed.
    boolean isLive() {
        return isLive;
    }

    void isLive(boolean value) {
        isLive = value;
    }

    /// Does something once the socket is live: at once, if it is. False when too much waits for that.
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

    /// What it has asked to watch.
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
