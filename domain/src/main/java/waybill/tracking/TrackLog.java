package waybill.tracking;

import java.util.List;

/// The position history of drivers. A port: `storage` implements it.
///
/// `TrackLogContract` tests what every implementation must do. The history matters less than events: when the disk is
/// slow or full, points are dropped and counted, and no caller waits.
public interface TrackLog {

    /// Counters since the start.
    ///
    /// @param persisted points written
    /// @param dropped points dropped because the queue was full
    /// @param queueLength points waiting to be written
    /// @param isWritable false from a failed write to the next successful one
    record TrackLogStats(long persisted, long dropped, int queueLength, boolean isWritable) {}

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

    TrackLogStats stats();
}
