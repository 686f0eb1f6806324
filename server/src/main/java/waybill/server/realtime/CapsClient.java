package waybill.server.realtime;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import waybill.access.Principal;
import waybill.order.Actor;
import waybill.server.dialect.Profile;

/// What the hub knows of one `/caps` socket. Belongs to the socket's event loop.
final class CapsClient {

    private static final long QUARTER_MS = 15 * 60 * 1_000L;
    private static final long SECOND_MS = 1_000L;

    final Profile profile;
    final Actor actor;

    /// Who it is by its token. What a stranger claims is believed.
    final Optional<Principal> who;

    final Budget sessionEvents;
    final Budget orderWork;
    final Set<String> stores = new HashSet<>();

    /// Stores that it has placed a parcel for without joining them.
    final Set<String> placedFor = new HashSet<>();

    /// Pickups concern everybody who may drive. A vendor is not bothered with them.
    boolean hearsPickups;

    /// It asked for pickups, so it is not taken for a mere vendor whatever it does.
    boolean wantsPickups;

    /// Runs of `getAll` that are under way.
    int catchingUp;

    CapsClient(Profile profile, Actor actor, Optional<Principal> who, CapsLimits limits, long nowMs) {
        this.profile = profile;
        this.actor = actor;
        this.who = who;
        sessionEvents = new Budget(limits.sessionEventsPerQuarter(), QUARTER_MS, nowMs);
        orderWork = new Budget(limits.orderWorkPerSecond(), SECOND_MS, nowMs);
    }
}
