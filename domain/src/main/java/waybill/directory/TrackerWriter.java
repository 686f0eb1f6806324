package waybill.directory;

import java.time.Instant;
import java.util.Optional;

/// Changes the trackers of drivers inside one transaction. A port: `storage` implements it.
public interface TrackerWriter {

    /// False when the driver has `perDriverMax` trackers already; it is then not saved.
    boolean save(Tracker tracker, int perDriverMax);

    /// The deleted tracker; empty when the driver has none with that id.
    Optional<Tracker> deleteTracker(String driver, String id);

    /// Stores the newest fault of a tracker, and counts it. Does nothing when the tracker was deleted.
    void recordTrackerFault(String id, String message, Instant at);
}
