package waybill.tracking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import waybill.geo.Position;

/// Where every driver was last, in memory. A monitor, held for no longer than it takes to judge a fix or a batch: safe
/// from any thread.
public final class LastKnown {

    /// How many drivers to remember, unless told otherwise.
    public static final int DRIVERS_MAX = 100_000;

    /// How far back to look after a restart for where a driver was last.
    public static final Duration RECALLED_FOR = Duration.ofDays(1);

    /// A driver who is near, and how near.
    public record Near(Fix fix, double metres) {}

    private final int driversMax;
    private final double speedMax;
    private final LinkedHashMap<String, Track> tracks = new LinkedHashMap<>(); // who was not heard of longest is first

    /// Remembers `driversMax` drivers. For one more, who was not heard of for longest is forgotten, and is
    /// believed at once when heard again. `speedMax` is as in [Track#next].
    public LastKnown(int driversMax, double speedMax) {
        this.driversMax = driversMax;
        this.speedMax = speedMax;
    }

    /// Judges a fix and remembers it. The verdict is in the answer.
    public synchronized Track hear(Fix fix) {
        var before = tracks.get(fix.driver());
        return remember(fix.driver(), before == null ? Track.begin(fix) : before.next(fix, speedMax));
    }

    /// The same for a fix that its phone did not date, as in [Track#nextUndated].
    public synchronized Track hearUndated(Fix fix) {
        var before = tracks.get(fix.driver());
        return remember(fix.driver(), before == null ? Track.begin(fix) : before.nextUndated(fix, speedMax));
    }

    /// Judges a batch and remembers its newest fix.
    public synchronized Batch.Outcome hear(Batch batch) {
        var driver = batch.fixes().getFirst().driver();
        var outcome = batch.judge(tracks.get(driver), speedMax);
        remember(driver, outcome.after());
        return outcome;
    }

    /// Takes up again where a driver was before a restart, unless it was heard of since.
    public synchronized void recall(Fix fix) {
        if (!tracks.containsKey(fix.driver())) {
            remember(fix.driver(), Track.begin(fix));
        }
    }

    /// The track of a driver, if remembered.
    public synchronized Optional<Track> of(String driver) {
        return Optional.ofNullable(tracks.get(driver));
    }

    /// At most `max` drivers who were last within `radiusMetres` of `place`, the nearest first. Looks at every driver
    /// there is, so it is nothing for an event loop.
    public List<Near> near(Position place, double radiusMetres, int max) {
        return all().stream()
                .map(track ->
                        new Near(track.newest(), place.metresTo(track.newest().position())))
                .filter(near -> near.metres <= radiusMetres)
                .sorted(Comparator.comparingDouble(Near::metres))
                .limit(max)
                .toList();
    }

    private synchronized List<Track> all() {
        return new ArrayList<>(tracks.values());
    }

    private Track remember(String driver, Track track) {
        tracks.putLast(driver, track);
        if (tracks.size() > driversMax) {
            tracks.pollFirstEntry();
        }
        return track;
    }
}
