package waybill.hub.position;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;

/// Tells its listeners when a driver's newest position changes.
final class NewestPositions {

    private final List<NewestPositionListener> listeners = new CopyOnWriteArrayList<>();

    void add(NewestPositionListener listener) {
        listeners.add(listener);
    }

    void onRestored(Fix fix, long nowMs) {
        listeners.forEach(listener -> listener.onRestored(fix, nowMs));
    }

    /// A report was classified.
    void onReport(@Nullable DriverTrackState before, @Nullable DriverTrackState after, long nowMs) {
        if (after != null
                && (before == null
                        || after.newest().recordedAtMs() > before.newest().recordedAtMs())) {
            for (var listener : listeners) {
                listener.onNewest(after, nowMs);
            }
        }
    }
}
