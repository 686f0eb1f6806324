package waybill.tracking;

import java.util.List;

/// Where drivers have been. A port: the domain owns it, `storage` fills it in.
///
/// Implementations agree on what `TrackLogContract` says and on nothing else. The history is worth less than the news:
/// when the disk is slow or full, points are lost and counted, and nobody waits.
public interface TrackLog {

    /// How the history fares, since the start.
    ///
    /// @param kept points that were written
    /// @param lost points that were not, because too many waited
    /// @param waiting points that are to be written
    /// @param isWritable false from a failure of the disk to the next success
    record Figures(long kept, long lost, int waiting, boolean isWritable) {}

    /// Takes a point to be kept. Never waits and never fails, so it may be called on an event loop. A fix that was kept
    /// before (a phone says again what was not answered) is kept once.
    void keep(Judged point);

    /// Waits until what was taken before is there to be read, but not for long, and not for a disk that fails. Asked
    /// once
    /// before all that is read for one purpose.
    void settle();

    /// At most `max` points of a driver that were recorded from `fromMs` to `untilMs`, both of them included, oldest
    /// first. May wait for the disk.
    List<Judged> between(String driver, long fromMs, long untilMs, int max);

    /// The newest accepted fix of each driver who has one that was recorded since `sinceMs`, oldest first; of more than
    /// `max` drivers those with the newest. May wait for the disk.
    List<Fix> newest(long sinceMs, int max);

    Figures figures();
}
