package waybill.hub.playback;

import waybill.hub.position.PositionUpdate;
import waybill.journal.LogEntry;

/// Something that was published, at the time at which it was.
public sealed interface PlaybackStep {

    /// By the hub's clock, in milliseconds since 1970. Steps come in order of it.
    long atMs();

    /// Whether it is part of the state from which a playback starts, and was published before.
    boolean isState();

    /// Nothing was published for a while, up to a time.
    record Nothing(long atMs) implements PlaybackStep {

        @Override
        public boolean isState() {
            return false;
        }
    }

    /// An event of the log.
    record Event(LogEntry entry, long atMs, boolean isState) implements PlaybackStep {}

    /// A position of the driver of an order, for some or for all of the order's viewers.
    record DriverPosition(PositionUpdate update, long atMs, boolean isState) implements PlaybackStep {}
}
