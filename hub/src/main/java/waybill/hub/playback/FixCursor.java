package waybill.hub.playback;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import waybill.tracking.Fix;
import waybill.tracking.LiveFixPage;
import waybill.tracking.TrackLog;

/// The positions of drivers from a time on, in order of arrival. They are read in order of recording, some time at
/// once:
/// a fix that arrived late is held until its turn. Of fixes that arrived together, from a phone that was offline, the
/// newest counts, as when they were published. For one thread at a time.
final class FixCursor {

    /// Fixes of one page.
    static final int PAGE_MAX = 2_000;

    /// Fixes that are held for their turn; with more, the first of them come early.
    static final int HELD_MAX = 50_000;

    private static final long WINDOW_MIN_MS = 1_000;
    private static final long WINDOW_MAX_MS = 6 * 60 * 60 * 1_000L;

    private final TrackLog tracks;
    private final Set<String> drivers;
    private final long endMs;
    private final TreeMap<Arrival, Fix> held =
            new TreeMap<>(Comparator.comparingLong(Arrival::atMs).thenComparing(Arrival::driver));
    private final List<Fix> newest;
    private long windowMs = 60_000;
    private long readUpToMs;
    private @Nullable Fix after;

    /// When the fixes of a driver arrived.
    private record Arrival(long atMs, String driver) {}

    /// @param drivers whose positions are read; none are those of all drivers
    /// @param startMs the time from which positions are read, by their arrival
    FixCursor(TrackLog tracks, Set<String> drivers, long startMs, long untilMs) {
        this.tracks = tracks;
        this.drivers = drivers;
        endMs = untilMs + Fix.CLOCK_AHEAD_MAX_MS;
        readUpToMs = startMs - Fix.LIVE_AGE_MAX_MS;
        tracks.flush();
        newest = readNewest(startMs);
    }

    /// A cursor without positions.
    static FixCursor none(TrackLog tracks) {
        return new FixCursor(tracks);
    }

    private FixCursor(TrackLog tracks) {
        this.tracks = tracks;
        drivers = Set.of();
        endMs = 0;
        newest = List.of();
    }

    private List<Fix> readNewest(long startMs) {
        Map<String, Fix> byDriver = new HashMap<>();
        while (readUpToMs < startMs) {
            readWindow(startMs);
            for (var first = held.firstEntry();
                    first != null && first.getKey().atMs < startMs;
                    first = held.firstEntry()) {
                held.pollFirstEntry();
                byDriver.merge(first.getKey().driver, first.getValue(), FixCursor::newer);
            }
        }
        return byDriver.values().stream()
                .sorted(Comparator.comparing(Fix::driver))
                .toList();
    }

    private static Fix newer(Fix one, Fix other) {
        return one.recordedAtMs() > other.recordedAtMs() ? one : other;
    }

    /// The position of each driver at the start.
    List<Fix> newest() {
        return newest;
    }

    /// Removes and returns the next fix, if it arrived before `beforeMs`.
    Optional<Fix> poll(long beforeMs) {
        while (!isFirstKnown() && readUpToMs < Math.min(beforeMs, endMs)) {
            readWindow(endMs);
        }
        var first = held.firstEntry();
        if (first == null || first.getKey().atMs >= beforeMs) {
            return Optional.empty();
        }
        held.pollFirstEntry();
        return Optional.of(first.getValue());
    }

    /// Whether all fixes that arrived before the first held one have been read: none arrived before it was recorded.
    private boolean isFirstKnown() {
        return !held.isEmpty() && (held.firstKey().atMs < readUpToMs || held.size() > HELD_MAX);
    }

    private void readWindow(long limitMs) {
        var untilMs = Math.min(limitMs, readUpToMs + windowMs);
        var page = tracks.listLive(new LiveFixPage(drivers, readUpToMs, untilMs, after, PAGE_MAX));
        for (var fix : page) {
            held.merge(new Arrival(fix.receivedAtMs(), fix.driver()), fix, FixCursor::newer);
        }
        if (page.size() == PAGE_MAX) {
            after = page.getLast();
            readUpToMs = after.recordedAtMs();
            windowMs = Math.max(WINDOW_MIN_MS, windowMs / 2);
        } else {
            after = null;
            readUpToMs = untilMs;
            windowMs = page.size() < PAGE_MAX / 4 ? Math.min(WINDOW_MAX_MS, windowMs * 4) : windowMs;
        }
    }
}
