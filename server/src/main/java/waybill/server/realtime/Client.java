package waybill.server.realtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.order.OrderId;
import waybill.server.dialect.Dialect;
import waybill.socketio.Socket;

/// What the hub knows of one socket that speaks a dialect. Belongs to the socket's event loop, but for what is final
/// and who speaks, which any thread may read.
final class Client {

    private static final long QUARTER_MS = 15 * 60 * 1_000L;
    private static final long SECOND_MS = 1_000L;

    /// Requests that wait until the socket is live.
    private static final int HELD_MAX = 100;

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

    /// The event that it says it knows, [Progress#UNKNOWN] where it says none.
    final long since;

    /// In the order in which clients came.
    volatile long number;

    private volatile Progress progress;
    private volatile boolean isLive;
    private volatile boolean watchesOrders;
    private @Nullable Watched watched; // made when first asked for
    private @Nullable List<Runnable> held;

    private volatile @Nullable Principal principal;

    /// @param principal who speaks; none while nobody has said
    Client(
            Socket socket,
            Audience audience,
            Set<Role> roles,
            boolean isBelieved,
            @Nullable Principal principal,
            long since,
            LiveLimits limits) {
        this.socket = socket;
        this.audience = audience;
        this.dialect = audience.dialect();
        this.roles = roles;
        this.isBelieved = isBelieved;
        this.principal = principal;
        this.since = since;
        this.progress = new Progress(socket);
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

    /// The client is of another user from now on, and must be brought up to date anew.
    void isNobody() {
        principal = null;
        isLive = false;
        progress = new Progress(socket);
        watched = null;
        watchesOrders = false;
    }

    /// It is put out in favour of another socket of its user.
    void isReplaced() {
        principal = null;
    }

    Progress progress() {
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
        if (isLive && held == null) {
            action.run();
            return true;
        }
        var waiting = held;
        if (waiting == null) {
            waiting = new ArrayList<>();
            held = waiting;
        }
        return waiting.size() < HELD_MAX && waiting.add(action);
    }

    void runHeld() {
        var waiting = held;
        held = null;
        if (waiting != null) {
            waiting.forEach(Runnable::run);
        }
    }

    /// What it has asked to watch.
    Watched watched() {
        var known = watched;
        if (known == null) {
            known = new Watched();
            watched = known;
        }
        return known;
    }

    void watches(OrderId order) {
        watched().add(order);
        watchesOrders = true;
    }

    void watchesAgain(Watched before) {
        watched = before;
        watchesOrders = !before.orders().isEmpty();
    }

    void unwatches(OrderId order) {
        watched().remove(order);
        watchesOrders = !watched().orders().isEmpty();
    }

    boolean watchesOrders() {
        return watchesOrders;
    }
}
