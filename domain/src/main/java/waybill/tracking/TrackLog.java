package waybill.tracking;

import java.util.List;
import java.util.Map;

/// The position history of drivers. A port: `storage` implements it.
///
/// `TrackLogContract` tests what every implementation must do. The history matters less than events: when the disk is
/// slow or full, points are dropped and counted, and no caller waits.
public interface TrackLog {

    /// Counters of one place that points are written to, since the start.
    ///
    /// @param persisted points written
    /// @param dropped points dropped because the queue was full
    /// @param thinned points left out because the queue was filling
    /// @param queueLength points waiting to be written
    /// @param isLagging whether the queue is so long that points are left out
    /// @param isWritable false from a failed write to the next successful one
    record TrackLogStats(
            long persisted, long dropped, long thinned, int queueLength, boolean isLagging, boolean isWritable) {

        /// Of a place that keeps up.
        public TrackLogStats(long persisted, long dropped, int queueLength, boolean isWritable) {
            this(persisted, dropped, 0, queueLength, false, isWritable);
        }
    }

    /// Queues a point for writing. Never blocks and never fails, so it may be called on an event loop. A fix that is
    /// stored already (a phone resends a fix without an ack) is stored once.
    void append(ClassifiedFix point);

    /// Waits a limited time until the points appended before can be read, and not at all while the disk fails. Called
    /// once before several reads.
    void flush();

    /// At most `max` points of a driver that were recorded from `fromMs` to `untilMs`, both included, oldest first. May
    /// block on the disk.
    List<ClassifiedFix> listBetween(String driver, long fromMs, long untilMs, int max);

    /// The newest accepted fix of each driver that has one recorded since `sinceMs`, oldest first; of more than `max`
    /// drivers those with the newest. May block on the disk.
    List<Fix> listNewest(long sinceMs, int max);

    /// At most `page.max()` accepted fixes that were a driver's current position when they arrived, by the time at
    /// which they were recorded and the name of the driver. May block on the disk.
    List<Fix> listLive(LiveFixPage page);

    /// Counters of the place that points are read from.
    TrackLogStats stats();

    /// The same of each place that points are written to, by its name.
    Map<String, TrackLogStats> statsBySink();

    /// Prepares for the days to come, and deletes points that are too old, where all nodes write to one place. One node
    /// at a time calls it, some times an hour. May block; throws when it is to be tried again.
    void maintain();
}
