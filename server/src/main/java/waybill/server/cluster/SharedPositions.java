package waybill.server.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import waybill.geo.Position;
import waybill.tracking.DriverPositions;
import waybill.tracking.DriverTrack;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;

/// The positions of the drivers of all nodes, in the memory of each. What is reported to this node is published to the
/// others twice a second, the newest of each driver alone; so a position that was reported to another node is half a
/// second old at least, or as old as when Redis went away. Searches for nearby drivers need no answer of another node,
/// nor of Redis.
///
/// Thread-safe, as what it wraps.
final class SharedPositions implements DriverPositions {

    /// Drivers of one message.
    static final int BATCH_MAX = 500;

    /// Drivers that are published at a time; the others follow the next time.
    static final int FLUSH_MAX = 20_000;

    private final DriverPositions own;
    private final Set<String> reported = ConcurrentHashMap.newKeySet(); // drivers, at most as many as there are
    private final List<Consumer<DriverTrackState>> followers = new CopyOnWriteArrayList<>();

    SharedPositions(DriverPositions own) {
        this.own = own;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a fix that was accepted is another object
    public <T> T update(String driver, Function<DriverTrack, T> update) {
        return own.update(driver, track -> {
            var before = track.stateOrNone();
            var result = update.apply(track);
            var after = track.stateOrNone();
            if (after != null && after != before && (before == null || after.newest() != before.newest())) {
                reported.add(driver);
            }
            return result;
        });
    }

    /// The other nodes have it, or restore it too.
    @Override
    public void restore(Fix fix) {
        own.restore(fix);
    }

    @Override
    public Optional<DriverTrackState> find(String driver) {
        return own.find(driver);
    }

    @Override
    public List<NearbyDriver> findNearby(Position place, double radiusMetres, long sinceMs, int max) {
        return own.findNearby(place, radiusMetres, sinceMs, max);
    }

    @Override
    public void forEachSince(long sinceMs, Consumer<Fix> action) {
        own.forEachSince(sinceMs, action);
    }

    @Override
    public void onClockSetBack(long nowMs) {
        own.onClockSetBack(nowMs);
    }

    @Override
    public void onFollowed(Consumer<DriverTrackState> listener) {
        followers.add(listener);
    }

    // ---- for the node

    /// Passes on the newest positions of the drivers that have reported to this node since, in batches.
    void flush(Consumer<List<Fix>> publish) {
        var batch = new ArrayList<Fix>();
        var count = 0;
        for (var drivers = reported.iterator(); drivers.hasNext() && count < FLUSH_MAX; count++) {
            var driver = drivers.next();
            drivers.remove(); // first, or a report in between would be lost
            own.find(driver).ifPresent(state -> batch.add(state.newest()));
            if (batch.size() == BATCH_MAX) {
                publish.accept(List.copyOf(batch));
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            publish.accept(batch);
        }
    }

    /// Passes on all positions since then, in batches: for a node that has none.
    void forAllSince(long sinceMs, Consumer<List<Fix>> publish) {
        var batch = new ArrayList<Fix>();
        own.forEachSince(sinceMs, fix -> {
            batch.add(fix);
            if (batch.size() == BATCH_MAX) {
                publish.accept(List.copyOf(batch));
                batch.clear();
            }
        });
        if (!batch.isEmpty()) {
            publish.accept(batch);
        }
    }

    /// Another node has accepted these.
    void onPositions(List<Fix> fixes) {
        for (var fix : fixes) {
            own.update(fix.driver(), track -> {
                if (track.follow(fix)) {
                    track.state().ifPresent(state -> followers.forEach(follower -> follower.accept(state)));
                }
                return fix;
            });
        }
    }
}
