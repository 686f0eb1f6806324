package waybill.hub.position;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import waybill.geo.Position;
import waybill.tracking.DriverPositions;
import waybill.tracking.DriverTrack;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;

/// The positions of the drivers of one node. Each driver has an entry with a lock of its own, which an update
/// holds; reads take no lock.
public final class InMemoryDriverPositions implements DriverPositions {

    /// Of so many drivers one is evicted at once when there are too many, because all are looked at for it.
    private static final int EVICTED_PART = 64;

    private static final long NO_CELL = -1;

    private final int driversMax;
    private final double speedMax;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final PositionGrid<Entry> grid = new PositionGrid<>();
    private final AtomicLong updates = new AtomicLong();
    private final AtomicBoolean isEvicting = new AtomicBoolean();

    /// Stores `driversMax` drivers. Beyond that, the least recently updated drivers are evicted, and the next fix
    /// of each is accepted unchecked. `speedMax` is as in [DriverTrackState#next].
    public InMemoryDriverPositions(int driversMax, double speedMax) {
        this.driversMax = driversMax;
        this.speedMax = speedMax;
    }

    /// One driver. The monitor guards all but the volatile fields. It stays in its former cell until it comes to a
    /// third one: a search that meets the new cell too early meets it in the former one, and a driver on the
    /// border of two cells changes neither.
    private static final class Entry {

        private final String driver;
        private final DriverTrack track;
        private volatile long updatedAt; // the number of the last update
        private boolean isEvicted;
        private long cell = NO_CELL;
        private long formerCell = NO_CELL;

        Entry(String driver, double speedMax) {
            this.driver = driver;
            this.track = new DriverTrack(speedMax);
        }
    }

    @Override
    public <T> T update(String driver, Function<DriverTrack, T> update) {
        try {
            while (true) {
                var known = entries.get(driver);
                var entry = known == null ? entries.computeIfAbsent(driver, id -> new Entry(id, speedMax)) : known;
                synchronized (entry) {
                    if (!entry.isEvicted) { // or another thread has removed it from the map meanwhile
                        return update(entry, update);
                    }
                }
            }
        } finally {
            evictOverflow();
        }
    }

    @SuppressWarnings("ReferenceEquality") // every fix leads to a state of its own, even one that equals the last one
    private <T> T update(Entry entry, Function<DriverTrack, T> update) {
        var before = entry.track.stateOrNone();
        try {
            return update.apply(entry.track);
        } finally {
            var after = entry.track.stateOrNone();
            if (after == null) {
                evict(entry);
            } else if (after != before) {
                entry.updatedAt = updates.incrementAndGet();
                moveTo(PositionGrid.cell(after.newest().position()), entry);
            }
        }
    }

    private void moveTo(long cell, Entry entry) {
        if (cell == entry.cell) {
            return;
        }
        if (cell != entry.formerCell) {
            grid.add(cell, entry);
            if (entry.formerCell != NO_CELL) {
                grid.remove(entry.formerCell, entry);
            }
        }
        entry.formerCell = entry.cell;
        entry.cell = cell;
    }

    /// The caller holds the monitor of the entry.
    private void evict(Entry entry) {
        entry.isEvicted = true;
        entries.remove(entry.driver, entry);
        for (var cell : List.of(entry.cell, entry.formerCell)) {
            if (cell != NO_CELL) {
                grid.remove(cell, entry);
            }
        }
    }

    /// While one thread evicts, others may add as many drivers as they are.
    private void evictOverflow() {
        var over = entries.size() - driversMax;
        if (over <= 0 || !isEvicting.compareAndSet(false, true)) {
            return;
        }
        try {
            var numbers = entries.values().stream()
                    .mapToLong(entry -> entry.updatedAt)
                    .sorted()
                    .toArray();
            var last = numbers[Math.min(numbers.length, over + driversMax / EVICTED_PART) - 1];
            evictIf(entry -> entry.updatedAt <= last);
        } finally {
            isEvicting.set(false);
        }
    }

    private void evictIf(Predicate<Entry> condition) {
        for (var entry : entries.values()) {
            if (condition.test(entry)) {
                synchronized (entry) {
                    if (!entry.isEvicted && condition.test(entry)) {
                        evict(entry);
                    }
                }
            }
        }
    }

    @Override
    public Optional<DriverTrackState> find(String driver) {
        var entry = entries.get(driver);
        return entry == null ? Optional.empty() : entry.track.state();
    }

    @Override
    public List<NearbyDriver> findNearby(Position place, double radiusMetres, long sinceMs, int max) {
        var found = new HashMap<Entry, NearbyDriver>();
        grid.forEachNear(place, radiusMetres, entry -> {
            var state = entry.track.stateOrNone();
            if (state == null || state.newest().recordedAtMs() < sinceMs) {
                return;
            }
            var metres = place.metresTo(state.newest().position());
            if (metres <= radiusMetres) {
                found.put(entry, new NearbyDriver(state.newest(), metres));
            }
        });
        return found.values().stream()
                .sorted(Comparator.comparingDouble(NearbyDriver::metres)
                        .thenComparing(near -> near.fix().driver()))
                .limit(max)
                .toList();
    }

    @Override
    public void forEachSince(long sinceMs, Consumer<Fix> action) {
        for (var entry : entries.values()) {
            var state = entry.track.stateOrNone();
            if (state != null && state.newest().recordedAtMs() >= sinceMs) {
                action.accept(state.newest());
            }
        }
    }

    @Override
    public void onClockSetBack(long nowMs) {
        evictIf(entry -> {
            var state = entry.track.stateOrNone();
            return state != null && state.newest().receivedAtMs() > nowMs;
        });
    }
}
