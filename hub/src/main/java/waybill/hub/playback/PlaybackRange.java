package waybill.hub.playback;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.order.OrderId;

/// What is played back: the events of one order, or those of all, from `fromMs`, included, to `untilMs`, excluded.
///
/// @param hasPositions whether the positions of drivers are part of it
public record PlaybackRange(@Nullable OrderId orderOrNone, long fromMs, long untilMs, boolean hasPositions) {

    public PlaybackRange {
        if (fromMs >= untilMs) {
            throw new IllegalArgumentException(
                    "range: " + fromMs + ".." + untilMs + " (expected: an end after its start)");
        }
    }

    public Optional<OrderId> order() {
        return Optional.ofNullable(orderOrNone);
    }

    /// The nearest time of the range.
    public long clamp(long atMs) {
        return Math.clamp(atMs, fromMs, untilMs);
    }
}
