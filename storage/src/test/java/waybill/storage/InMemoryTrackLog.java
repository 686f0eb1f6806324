package waybill.storage;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import waybill.tracking.Fix;
import waybill.tracking.Judged;
import waybill.tracking.TrackLog;
import waybill.tracking.Verdict;

/// Where drivers were, in maps. A monitor.
final class InMemoryTrackLog implements TrackLog {

    private final Map<String, TreeMap<Long, Judged>> drivers = new HashMap<>();

    @Override
    public synchronized void keep(Judged point) {
        drivers.computeIfAbsent(point.fix().driver(), _ -> new TreeMap<>())
                .putIfAbsent(point.fix().recordedAtMs(), point);
    }

    @Override
    public void settle() {}

    @Override
    public synchronized List<Judged> between(String driver, long fromMs, long untilMs, int max) {
        return drivers.getOrDefault(driver, new TreeMap<>()).subMap(fromMs, true, untilMs, true).values().stream()
                .limit(max)
                .toList();
    }

    @Override
    public synchronized List<Fix> newest(long sinceMs, int max) {
        return drivers.values().stream()
                .flatMap(points -> points.descendingMap().values().stream()
                        .filter(point -> point.verdict() == Verdict.ACCEPTED)
                        .limit(1))
                .map(Judged::fix)
                .filter(fix -> fix.recordedAtMs() >= sinceMs)
                .sorted(Comparator.comparingLong(Fix::recordedAtMs).reversed().thenComparing(Fix::driver))
                .limit(max)
                .toList()
                .reversed();
    }

    @Override
    public synchronized Figures figures() {
        return new Figures(drivers.values().stream().mapToLong(TreeMap::size).sum(), 0, 0, true);
    }
}
