package waybill.directory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An app on a phone that reports the positions of one driver over HTTP, such as OsmAnd or Traccar Client. It proves
/// itself by a [TrackerKey], of which only the hash is stored.
///
/// @param id names it in REST
/// @param name the driver's own name for it, maybe empty
/// @param keyHash as in [TrackerKey#hash]
/// @param faultOrNone the newest of its positions that could not be understood
public record Tracker(
        String id,
        String driver,
        String name,
        String keyHash,
        Instant createdAt,
        @Nullable Fault faultOrNone) {

    public static final int PER_DRIVER_MAX = 10;

    /// A position that no retry can mend.
    ///
    /// @param message the field, what came and what was expected
    /// @param count how many there were
    public record Fault(Instant at, String message, long count) {}

    /// A new one.
    public static Tracker create(String id, String driver, String name, TrackerKey key, Instant at) {
        return new Tracker(id, driver, name, key.hash(), at, null);
    }
}
