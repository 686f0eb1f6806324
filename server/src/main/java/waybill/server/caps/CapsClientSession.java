package waybill.server.caps;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.order.Actor;
import waybill.server.dialect.caps.Profile;
import waybill.server.socket.SocketUser;
import waybill.server.socket.TokenBucket;

/// What the hub knows of one `/caps` socket. Belongs to the socket's event loop.
public final class CapsClientSession implements SocketUser {

    private static final long QUARTER_MS = 15 * 60 * 1_000L;
    private static final long SECOND_MS = 1_000L;

    /// Who a socket without a token says that it is.
    ///
    /// @param isVendor whether its role is that of a store
    /// @param storeOrNone the store that such a vendor names
    record Claim(boolean isVendor, @Nullable String storeOrNone) {}

    final Profile profile;
    final Actor actor;

    /// Who it is by its token. What a stranger claims is believed.
    final Optional<Principal> principal;

    final Claim claim;
    final CapsBacklog backlog;
    final TokenBucket sessionEvents;
    final TokenBucket orderCommands;
    final TokenBucket confirmations;
    final Set<String> stores = new HashSet<>();

    /// Stores that it has placed a parcel for without joining them.
    final Set<String> placedFor = new HashSet<>();

    /// Pickups concern everybody who may drive. A vendor is not bothered with them.
    boolean receivesPickups;

    /// It asked for pickups, so it is not taken for a mere vendor whatever it does.
    boolean requestedPickups;

    /// It has taken or brought a parcel.
    boolean actsAsDriver;

    /// Runs of `getAll` that are under way.
    int activeReplays;

    CapsClientSession(
            Profile profile,
            Actor actor,
            Optional<Principal> who,
            Claim claim,
            CapsBacklog backlog,
            CapsLimits limits,
            long nowMs) {
        this.profile = profile;
        this.actor = actor;
        this.principal = who;
        this.claim = claim;
        this.backlog = backlog;
        sessionEvents = new TokenBucket(limits.sessionEventsPerQuarter(), QUARTER_MS, nowMs);
        orderCommands = new TokenBucket(limits.orderCommandsPerSecond(), SECOND_MS, nowMs);
        confirmations = new TokenBucket(limits.confirmationsPerSecond(), SECOND_MS, nowMs);
    }

    boolean actsFor(String store) {
        return stores.contains(store) || placedFor.contains(store);
    }

    @Override
    public Optional<Principal> principal() {
        return principal;
    }
}
