package waybill.storage;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.Fix;
import waybill.tracking.FixStatus;
import waybill.tracking.LiveFixPage;
import waybill.tracking.TrackLog;

/// Where drivers were, in maps. A monitor.
final class InMemoryTrackLog implements TrackLog {

    private final Map<String, TreeMap<Long, ClassifiedFix>> drivers = new HashMap<>();

    @Override
    public synchronized void append(ClassifiedFix point) {
        drivers.computeIfAbsent(point.fix().driver(), _ -> new TreeMap<>())
                .putIfAbsent(point.fix().recordedAtMs(), point);
    }

    @Override
    public void flush() {}

    @Override
    public synchronized List<ClassifiedFix> listBetween(String driver, long fromMs, long untilMs, int max) {
        return drivers.getOrDefault(driver, new TreeMap<>()).subMap(fromMs, true, untilMs, true).values().stream()
                .limit(max)
                .toList();
    }

    @Override
    public synchronized List<Fix> listNewest(long sinceMs, int max) {
        return drivers.values().stream()
                .flatMap(points -> points.descendingMap().values().stream()
                        .filter(point -> point.status() == FixStatus.ACCEPTED)
                        .limit(1))
                .map(ClassifiedFix::fix)
                .filter(fix -> fix.recordedAtMs() >= sinceMs)
                .sorted(Comparator.comparingLong(Fix::recordedAtMs).reversed().thenComparing(Fix::driver))
                .limit(max)
                .toList()
                .reversed();
    }

    @Override
    public synchronized List<Fix> listLive(LiveFixPage page) {
        return drivers.values().stream()
                .flatMap(points -> points.values().stream())
                .filter(point -> point.status() == FixStatus.ACCEPTED)
                .map(ClassifiedFix::fix)
                .filter(page::includes)
                .sorted(Comparator.comparingLong(Fix::recordedAtMs).thenComparing(Fix::driver))
                .limit(page.max())
                .toList();
    }

    @Override
    public synchronized TrackLogStats stats() {
        return new TrackLogStats(
                drivers.values().stream().mapToLong(TreeMap::size).sum(), 0, 0, true);
    }

    @Override
    public Map<String, TrackLogStats> statsBySink() {
        return Map.of("memory", stats());
    }

    @Override
    public void maintain() {}
}
