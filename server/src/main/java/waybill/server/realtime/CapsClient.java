package waybill.server.realtime;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.order.Actor;
import waybill.server.dialect.Profile;

/// What the hub knows of one `/caps` socket. Belongs to the socket's event loop.
final class CapsClient {

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
    final Optional<Principal> who;

    final Claim claim;
    final CapsBacklog backlog;
    final Budget sessionEvents;
    final Budget orderWork;
    final Budget receipts;
    final Set<String> stores = new HashSet<>();

    /// Stores that it has placed a parcel for without joining them.
    final Set<String> placedFor = new HashSet<>();

    /// Pickups concern everybody who may drive. A vendor is not bothered with them.
    boolean hearsPickups;

    /// It asked for pickups, so it is not taken for a mere vendor whatever it does.
    boolean wantsPickups;

    /// It has taken or brought a parcel.
    boolean drives;

    /// Runs of `getAll` that are under way.
    int catchingUp;

    CapsClient(
            Profile profile,
            Actor actor,
            Optional<Principal> who,
            Claim claim,
            CapsBacklog backlog,
            CapsLimits limits,
            long nowMs) {
        this.profile = profile;
        this.actor = actor;
        this.who = who;
        this.claim = claim;
        this.backlog = backlog;
        sessionEvents = new Budget(limits.sessionEventsPerQuarter(), QUARTER_MS, nowMs);
        orderWork = new Budget(limits.orderWorkPerSecond(), SECOND_MS, nowMs);
        receipts = new Budget(limits.receiptsPerSecond(), SECOND_MS, nowMs);
    }

    boolean speaksFor(String store) {
        return stores.contains(store) || placedFor.contains(store);
    }
}
