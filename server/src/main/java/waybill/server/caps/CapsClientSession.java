package waybill.server.caps;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.order.Actor;
import waybill.server.dialect.caps.Profile;
import waybill.server.socket.SocketUser;
import waybill.socketio.Socket;

/// The state of one `/caps` socket. Belongs to the socket's event loop, except the final fields and the time of its
/// connection, which any thread may read.
public final class CapsClientSession implements SocketUser {

    /// The identity that a socket without a token claims.
    ///
    /// @param isVendor whether its role is that of a store
    /// @param storeOrNone the store of such a vendor
    record Claim(boolean isVendor, @Nullable String storeOrNone) {}

    final Socket socket;
    final Profile profile;
    final Actor actor;

    /// The user of its token. Without a token the claim counts.
    final Optional<Principal> principal;

    final Claim claim;
    final CapsBacklog backlog;
    final EventBudgets budgets;
    final Set<String> stores = new HashSet<>();

    /// Stores for which it has placed a parcel without joining them.
    final Set<String> placedFor = new HashSet<>();

    /// Pickups go to all sockets that may drive, except vendors.
    boolean receivesPickups;

    /// It has subscribed to pickups, so it receives them even as a vendor.
    boolean requestedPickups;

    /// It has claimed or delivered a parcel.
    boolean actsAsDriver;

    /// When it was admitted, in milliseconds since 1970.
    volatile long connectedAtMs;

    /// Runs of `getAll`: the first is in progress, the others start after it.
    final Queue<Runnable> replays = new ArrayDeque<>(1);

    CapsClientSession(
            Socket socket,
            Profile profile,
            Actor actor,
            Optional<Principal> user,
            Claim claim,
            CapsBacklog backlog,
            EventBudgets budgets) {
        this.socket = socket;
        this.profile = profile;
        this.actor = actor;
        this.principal = user;
        this.claim = claim;
        this.backlog = backlog;
        this.budgets = budgets;
    }

    /// The user whose sockets share its limits: that of the token, or the actor of a socket without a token.
    String user() {
        return principal.map(known -> known.user().toString()).orElseGet(actor::toString);
    }

    boolean actsFor(String store) {
        return stores.contains(store) || placedFor.contains(store);
    }

    @Override
    public Optional<Principal> principal() {
        return principal;
    }
}
