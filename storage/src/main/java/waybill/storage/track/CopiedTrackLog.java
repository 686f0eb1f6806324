package waybill.storage.track;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.concurrent.Threads;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.Fix;
import waybill.tracking.LiveFixPage;
import waybill.tracking.TrackLog;

/// A log whose points are written to other sinks too, each with a queue and a thread of its own: none of them waits for
/// another.
public final class CopiedTrackLog implements TrackLog, AutoCloseable {

    private final TrackLog log;
    private final Map<String, TrackWriter> copies = new LinkedHashMap<>();

    private CopiedTrackLog(TrackLog log) {
        this.log = log;
    }

    /// Starts to copy the points of a log, which its opener closes.
    public static CopiedTrackLog open(TrackLog log, TrackSettings settings, InstantSource trusted, Threads threads) {
        var copied = new CopiedTrackLog(log);
        for (var sink : settings.copies()) {
            var writer = new TrackWriter(sink, settings.limits(), trusted, threads);
            copied.copies.put(sink.name(), writer);
            writer.start();
        }
        return copied;
    }

    @Override
    public void append(ClassifiedFix point) {
        log.append(point);
        copies.values().forEach(writer -> writer.append(point));
    }

    @Override
    public void flush() {
        log.flush();
    }

    @Override
    public List<ClassifiedFix> listBetween(String driver, long fromMs, long untilMs, int max) {
        return log.listBetween(driver, fromMs, untilMs, max);
    }

    @Override
    public List<Fix> listNewest(long sinceMs, int max) {
        return log.listNewest(sinceMs, max);
    }

    @Override
    public List<Fix> listLive(LiveFixPage page) {
        return log.listLive(page);
    }

    @Override
    public TrackLogStats stats() {
        return log.stats();
    }

    @Override
    public Map<String, TrackLogStats> statsBySink() {
        var all = new LinkedHashMap<>(log.statsBySink());
        copies.forEach((name, writer) -> all.put(name, writer.stats()));
        return all;
    }

    @Override
    public void maintain() {
        log.maintain();
    }

    @Override
    public void close() {
        copies.values().forEach(TrackWriter::close);
    }
}
