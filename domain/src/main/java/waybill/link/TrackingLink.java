package waybill.link;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import waybill.order.OrderId;

/// A public link to an order. Its address has a [LinkToken], of which only the hash is stored.
///
/// @param id names it in the log
/// @param tokenHash as in [LinkToken#hash]
public record TrackingLink(UUID id, OrderId order, String tokenHash, Instant createdAt, Instant expiresAt) {

    /// Live links of one order. One more revokes the oldest.
    public static final int PER_ORDER_MAX = 5;

    /// The longest time from the creation to the expiry.
    public static final Duration LIFE_MAX = Duration.ofDays(7);

    /// The shortest.
    public static final Duration LIFE_MIN = Duration.ofMinutes(1);

    /// How long a link outlives the end of its order, at most.
    public static final Duration AFTER_END_MAX = Duration.ofHours(2);

    public TrackingLink {
        createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
        expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
    }

    public boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /// Whether a link to an order that ended at `endedAt` has expired for that reason.
    public static boolean hasOutlived(Instant endedAt, Instant now) {
        return !now.isBefore(endedAt.plus(AFTER_END_MAX));
    }
}
