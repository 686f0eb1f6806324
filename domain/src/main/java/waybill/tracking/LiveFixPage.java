package waybill.tracking;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Selects a page of the fixes recorded from `fromMs`, included, to `untilMs`, excluded.
///
/// @param drivers whose fixes; none selects those of all drivers
/// @param afterOrNone the last fix of the page before; none for the first page
public record LiveFixPage(
        Set<String> drivers,
        long fromMs,
        long untilMs,
        @Nullable Fix afterOrNone,
        int max) {

    public LiveFixPage {
        drivers = Set.copyOf(drivers);
    }

    public Optional<Fix> after() {
        return Optional.ofNullable(afterOrNone);
    }

    /// Whether the page may have the fix, but for its size.
    public boolean includes(Fix fix) {
        return (drivers.isEmpty() || drivers.contains(fix.driver()))
                && fix.recordedAtMs() >= fromMs
                && fix.recordedAtMs() < untilMs
                && fix.isLive(fix.receivedAtMs())
                && (afterOrNone == null || isAfter(fix, afterOrNone));
    }

    private static boolean isAfter(Fix fix, Fix other) {
        return fix.recordedAtMs() > other.recordedAtMs()
                || (fix.recordedAtMs() == other.recordedAtMs() && fix.driver().compareTo(other.driver()) > 0);
    }
}
