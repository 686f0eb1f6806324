package waybill.tracking;

import java.util.List;

/// Where drivers have been. A port: the domain owns it, `storage` fills it in.
///
/// Implementations agree on what `TrackLogContract` says and on nothing else. The history is worth less than the news:
/// when the disk is slow or full, points are lost and counted, and nobody waits.
public interface TrackLog {

    /// How the history fares, since the start.
    ///
    /// @param persisted points that were written
    /// @param dropped points that were not, because too many waited
    /// @param queueLength points that are to be written
    /// @param isWritable false from a failure of the disk to the next success
    record TrackLogStats(long persisted, long dropped, int queueLength, boolean isWritable) {}

    /// Takes a point to be kept. Never waits and never fails, so it may be called on an event loop. A fix that was kept
    /// before (a phone says again what was not answered) is kept once.
    void append(ClassifiedFix point);

    /// Waits until what was taken before is there to be read, but not for long, and not for a disk that fails. Asked
    /// once
    /// before all that is read for one purpose.
    void flush();

    /// At most `max` points of a driver that were recorded from `fromMs` to `untilMs`, both of them included, oldest
    /// first. May wait for the disk.
    List<ClassifiedFix> listBetween(String driver, long fromMs, long untilMs, int max);

    /// The newest accepted fix of each driver who has one that was recorded since `sinceMs`, oldest first; of more than
    /// `max` drivers those with the newest. May wait for the disk.
    List<Fix> listNewest(long sinceMs, int max);

    TrackLogStats stats();
}
